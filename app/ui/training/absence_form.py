"""From when to when somebody is away, and why: their due dates stand still."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from app.core.base.clock import local_day
from app.core.base.words import _
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.screen import Screen


def ask_absence(
    host: Screen[Services],
    people: Sequence[UUID],
    who: str,
    then: Callable[[], object] = lambda: None,
) -> None:
    """Ask from when until when people are away; `who` names them, `then` is done once it is noted."""
    form = Form()
    begins = DateField(_("Away from"), local_day(host.desk.clock), required=True)
    ends = DateField(_("Back on"), hint=_("Empty: not known yet."))
    reason = TextField(_("Why"), required=True, hint=_("Such as leave: no illness by name."))
    for field in (begins, ends, reason):
        form.add(field)
    absences, actor = host.desk.services.training.assignments.absences, host.desk.actor

    def wish() -> Wish[tuple[UUID, ...]]:
        days = begins.value() or date.max, ends.value()
        note = partial(absences.note_of, actor, people, *days, reason.value())
        return Wish(note, _("Until then no due date of theirs counts."))

    def done(_ids: tuple[UUID, ...]) -> None:
        then()

    open_form(host, _("Away"), form, wish, done=done, subtitle=who)
