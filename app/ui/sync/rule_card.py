"""Whether a sync file with personal data takes two people: how it stands, and a form to change it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from app.core.approvals import REVIEW_SCREEN, Subject
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.words import _
from app.core.sync import ExportTerms
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import link
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole


class RuleForm(Form):
    """One box, the first day, why; and what was said before."""

    def __init__(self, told: tuple[ExportTerms, ...], today: date) -> None:
        super().__init__()
        self.two_persons = CheckField(
            _("A second person signs before a sync file is written"),
            _terms_on(told, today).two_persons,
            hint=_(
                "For files that hold personal data. The shared folder of this site goes on. To let "
                "one person write again takes somebody else, who also says from when."
            ),
        )
        self.begins = DateField(_("From"), today, required=True)
        self.reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        for field in (self.two_persons, self.begins, self.reason):
            self.add(field)
        self.edited.connect(self._follow)
        self._follow()
        for one in told:
            about = _("From {day}: {reason}").format(day=day(one.from_on), reason=one.reason)
            self.add_part(FactRow(about, _in_words(one), icon="history"))

    def _follow(self) -> None:
        """Ask for a day where whoever says it says the day, too."""
        self.begins.setVisible(self.two_persons.value())

    def terms(self) -> ExportTerms:
        """Return what was told."""
        return ExportTerms(
            from_on=self.begins.value() or date.min, two_persons=self.two_persons.value()
        )


class RuleCard(Card):
    """How sync files are written at this site."""

    def __init__(self, host: Screen[Services]) -> None:
        super().__init__(_("Who writes sync files"))
        self._host = host
        self.change = link(_("Change"), "users").on_press(self.ask)
        self.change.setAccessibleName(_("Change who writes sync files"))
        self.add_action(self.change)
        self.proposal = link(_("Look at the proposal"), "eye").on_press(self._look)
        self.proposal.setAccessibleName(_("Look at the proposal that one person writes sync files"))
        self.proposal.hide()
        self.words = PlainLabel("", TextRole.MUTED, wrap=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.proposal, 0, Qt.AlignmentFlag.AlignLeft)
        self._told: tuple[ExportTerms, ...] = ()
        self._proposed: Subject | None = None

    def show_terms(self, told: tuple[ExportTerms, ...], proposed: Subject | None) -> None:
        """Show what holds today, what comes, and whether it waits for somebody else that less is asked for."""
        self._told, self._proposed = told, proposed
        self.proposal.setVisible(proposed is not None)
        today = local_day(self._host.desk.clock)
        lines = [_in_words(_terms_on(told, today))]
        lines += [
            _("From {day}: {what}").format(day=day(one.from_on), what=_in_words(one))
            for one in told
            if one.from_on > today
        ]
        if proposed is not None:
            lines.append(_("It is proposed that one person writes them; somebody else decides."))
        self.words.setText("\n".join(lines))

    def _look(self) -> None:
        if self._proposed is not None:
            self._host.desk.open(
                REVIEW_SCREEN, subject=self._proposed, subject_id=self._proposed.id
            )

    def ask(self) -> None:
        """Ask what is to hold."""
        rule, actor = self._host.desk.services.sync.rule, self._host.desk.actor
        form = RuleForm(self._told, local_day(self._host.desk.clock))

        def wish() -> Wish[Subject | None]:
            say = partial(rule.say, actor, form.terms(), form.reason.value())
            if form.two_persons.value():
                return Wish(say, _("It is on record."))
            return Wish(say, _("Proposed: it holds once somebody else signs."))

        open_form(
            self._host,
            _("Who writes sync files"),
            form,
            wish,
            done=lambda _none: self._host.refresh(),
        )


def _terms_on(told: tuple[ExportTerms, ...], today: date) -> ExportTerms:
    begun = [one for one in told if one.from_on <= today]
    return begun[-1] if begun else ExportTerms()


def _in_words(terms: ExportTerms) -> str:
    if terms.two_persons:
        return _("Two people: one prepares, another administrator reads what goes and signs.")
    return _("One person writes them, without a signature.")
