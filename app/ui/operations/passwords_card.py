"""The site's rule about passwords: how long one may be used, and which may not come again."""

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import LONGEST_DAYS, MOST_REMEMBERED, PasswordRule, password_rule_in_words
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen


class PasswordsCard(Card):
    """Says what is asked, and lets it be changed with a reason."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(_("Passwords"))
        self._screen = screen
        self._rule = PasswordRule()
        self.says = PlainLabel("", wrap=True)
        self.body.addWidget(self.says)
        self.button = plain(_("Change the rule"), "key-round").on_press(self.ask)
        self.body.addWidget(self.button)

    def refresh(self) -> None:
        """Look what is asked now."""
        rules = self._screen.desk.services.sign_in.password_rules

        def work(_progress: Progress) -> PasswordRule:
            return rules.now()

        self._screen.load(work, self._show, what="passwords")

    def ask(self) -> None:
        """Ask for another rule, and why."""
        form = PasswordRuleForm(self._rule)
        desk = self._screen.desk

        def wish() -> Wish[None]:
            rule, reason = form.rule(), form.reason.value()
            return Wish(
                lambda: desk.services.sign_in.password_rules.say(desk.actor, rule, reason),
                password_rule_in_words(rule),
            )

        open_form(self._screen, _("Passwords"), form, wish, done=lambda _none: self.refresh())

    def _show(self, rule: PasswordRule) -> None:
        self._rule = rule
        self.says.setText(password_rule_in_words(rule))


class PasswordRuleForm(Form):
    """Two numbers, and why."""

    def __init__(self, rule: PasswordRule) -> None:
        super().__init__()
        self.days = NumberField(
            _("Days until another is asked for"),
            rule.days,
            most=LONGEST_DAYS,
            hint=_("0: never. It is asked for at the next sign-in after that."),
        )
        self.remembered = NumberField(
            _("How many do not come again"),
            rule.remembered,
            least=1,
            most=MOST_REMEMBERED,
            hint=_("The one in use is among them."),
        )
        self.reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        for field in (self.days, self.remembered, self.reason):
            self.add(field)

    def rule(self) -> PasswordRule:
        """Return what was typed."""
        return PasswordRule(days=self.days.value(), remembered=self.remembered.value())
