"""Two people sign in turn: who asks proves it with their own password, who confirms with theirs."""

from collections.abc import Callable
from functools import partial

from app.core.base.words import _
from app.core.people.erasing import ErasurePlan, ErasureRequest
from app.services import Services
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole

_LEAST, _MOST = 1, 100


class AskSheet(FormSheet):
    """Asks that somebody be erased: a reason, and the password of whoever asks."""

    def __init__(self, host: Screen[Services], plan: ErasurePlan) -> None:
        self.reason = _reason_field()
        self.secret = PasswordField(_("Your PIN or password"), required=True)
        form = Form()
        form.add(self.reason)
        form.add(self.secret)
        super().__init__(
            host,
            _("Ask for erasure"),
            form,
            save=_("Ask for it"),
            subtitle=_(
                "{name} · {number}. Nothing happens until another person confirms it."
            ).format(name=plan.name, number=plan.number),
        )
        services, actor = host.desk.services, host.desk.actor

        def ask() -> None:
            services.sign_in.verify_again(actor, self.secret.value())
            services.people.erasures.request(actor, plan.person_id, self.reason.value())

        words = _("Asked for. Another administrator confirms it.")
        self.save_asked.connect(lambda: _carry_out(self, host, ask, words))


class ConfirmSheet(FormSheet):
    """Confirms what another asked for; whoever is signed in lets the second person sign here."""

    def __init__(self, host: Screen[Services], request: ErasureRequest) -> None:
        self.login = TextField(_("Number or login of the second person"), required=True)
        self.secret = PasswordField(_("Their PIN or password"), required=True)
        form = Form()
        form.add_part(
            PlainLabel(
                _(
                    "Asked for by {who}: {reason}. Somebody else signs here. Nothing can undo it."
                    " What was signed goes on naming them: its words are what it proves."
                ).format(who=request.by_name, reason=request.reason),
                TextRole.BODY2,
                wrap=True,
            )
        )
        form.add(self.login)
        form.add(self.secret)
        super().__init__(
            host,
            _("Erase for good"),
            form,
            save=_("Erase"),
            subtitle=f"{request.name} · {request.number}",
        )
        services = host.desk.services

        def confirm() -> None:
            second = services.sign_in.with_password(self.login.value(), self.secret.value())
            try:
                services.people.erasures.confirm(second, request.id)
            finally:
                services.sign_in.sign_out(second)

        words = _("Erased. Other PCs and sites do so when the next sync file comes.")
        self.save_asked.connect(lambda: _carry_out(self, host, confirm, words))


class RetentionSheet(FormSheet):
    """For how long personal data is kept after somebody left."""

    def __init__(self, host: Screen[Services], years: int) -> None:
        self.years = NumberField(_("Years after somebody left"), years, least=_LEAST, most=_MOST)
        self.reason = _reason_field()
        form = Form()
        form.add(self.years)
        form.add(self.reason)
        form.mark_saved()
        super().__init__(
            host,
            _("How long data is kept"),
            form,
            subtitle=_("Nobody is erased before. Ask your law and your customers for the least."),
        )
        erasures, actor = host.desk.services.people.erasures, host.desk.actor

        def save() -> None:
            erasures.set_retention(actor, self.years.value(), self.reason.value())

        self.save_asked.connect(lambda: _carry_out(self, host, save, _("Saved.")))


def _reason_field() -> TextAreaField:
    return TextAreaField(
        _("Reason"),
        rows=2,
        required=True,
        hint=_("It stays in the records for good: leave names out of it."),
    )


def _carry_out(
    sheet: FormSheet, host: Screen[Services], act: Callable[[], None], words: str
) -> None:
    def done(_none: None) -> None:
        sheet.saved()
        host.desk.toast(words)
        host.refresh()

    work = partial(_without_progress, act)
    host.desk.jobs.run(work, done=done, failed=sheet.refused, owner=host)


def _without_progress(act: Callable[[], None], _progress: object) -> None:
    act()
