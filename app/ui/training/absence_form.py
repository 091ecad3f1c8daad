"""From when to when somebody is away, and why: their due dates stand still; and taking that back."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.training import AbsenceFarBack
from app.core.training.assignments import Absence
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField
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
    form = AbsenceForm(local_day(host.desk.clock))
    absences, actor = host.desk.services.training.assignments.absences, host.desk.actor

    def wish() -> Wish[tuple[UUID, ...]]:
        days = form.begins.value() or date.max, form.ends.value()
        why, is_sure = form.reason.value(), form.sure.value()
        note = partial(absences.note_of, actor, people, *days, why, is_sure=is_sure)
        return Wish(note, _("Until then no due date of theirs counts."))

    def done(_ids: tuple[UUID, ...]) -> None:
        then()

    open_form(host, _("Away"), form, wish, done=done, refused=form.ask_again, subtitle=who)


class AbsenceForm(Form):
    """From when to when, and why; a day far back is asked for again before it is believed."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.begins = DateField(_("Away from"), today, required=True)
        self.ends = DateField(_("Back on"), hint=_("Empty: not known yet."))
        hint = _("Such as leave: no illness by name.")
        self.reason = TextField(_("Why"), required=True, hint=hint)
        self.sure = CheckField(_("The days are right, though they lie far back"))
        for field in (self.begins, self.ends, self.reason, self.sure):
            self.add(field)
        self.sure.hide()
        self.begins.edited.connect(self._forget_that_it_is_sure)

    def ask_again(self, refused: UserFacingError) -> None:
        """Offer to say that the days are right, where they lie far back."""
        if isinstance(refused, AbsenceFarBack):
            self.sure.show()
            self.sure.setFocus()

    def _forget_that_it_is_sure(self) -> None:
        """Ask about another day anew."""
        self.sure.set_value(False)
        self.sure.hide()


def ask_take_back(host: Screen[Services], person_id: UUID, name: str) -> None:
    """Ask which absence of somebody was noted wrongly, and why; due dates go back by its days."""
    absences, actor = host.desk.services.training.assignments.absences, host.desk.actor

    def ask(found: tuple[Absence, ...]) -> None:
        stand = [one for one in found if not one.is_taken_back]
        if not stand:
            host.desk.toast(_("No absence of {name} is noted.").format(name=name))
            return
        form = Form()
        which = ComboField(_("Absence"), [(one.id, _called(one)) for one in stand], required=True)
        reason = TextField(_("Why"), required=True)
        form.add(which)
        form.add(reason)

        def wish() -> Wish[int]:
            wrong = which.value() or stand[0].id
            back = partial(absences.take_back, actor, wrong, reason.value())
            return Wish(back, _("The absence was taken back."))

        def moved(count: int) -> None:
            host.desk.toast(
                plural("{count} due date moved back.", "{count} due dates moved back.", count)
            )

        open_form(host, _("Take back an absence"), form, wish, done=moved, subtitle=name)

    host.act(lambda _progress: absences.of_person(actor, person_id), ask)


def _called(one: Absence) -> str:
    if one.to_on is None:
        return _("since {day}: {reason}").format(day=day(one.from_on), reason=one.reason)
    return _("from {first}, back on {back}: {reason}").format(
        first=day(one.from_on), back=day(one.to_on), reason=one.reason
    )
