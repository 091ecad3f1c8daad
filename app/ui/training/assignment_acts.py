"""What is done with an assignment from its row: each act asks for its reason."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar

from app.core.base.clock import local_day
from app.core.base.words import _, plural
from app.core.training.assignments import AssignmentSummary, State
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.screen import Screen
from app.ui.kit.tables.menus import RowAction
from app.ui.training.absence_form import ask_absence, ask_take_back
from app.ui.training.correcting import ToMend, ask_correction
from app.ui.training.evidence_form import ask_evidence
from app.ui.training.waiver_acts import WaiverActs

T = TypeVar("T")


class AssignmentActs:
    """The acts on `host`, a screen that shows assignments."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host, self._desk = host, host.desk
        self._acts = host.desk.services.training.assignments
        self._waiving = WaiverActs(host)

    def for_row(self, one: AssignmentSummary) -> list[RowAction]:
        """Return what can be done with an assignment as it stands."""
        enter = partial(ask_evidence, self._host, one)
        evidence = RowAction(_("Enter evidence"), enter, "file-check")
        wrong = ToMend(one.person_id, frozenset({one.requirement_id}), f"{one.name} · {one.title}")
        mend = partial(ask_correction, self._host, wrong)
        correct = RowAction(_("Correct a record"), mend, "square-pen")
        retrain = partial(self._desk.open, "retrain", numbers=one.number, code=one.code)
        ordered = RowAction(_("Order retraining"), retrain, "repeat")
        if one.closed_at is not None:
            again = partial(self._ask_again, one)
            return [
                evidence,
                RowAction(_("Ask for it again"), again, "rotate-ccw"),
                ordered,
                correct,
            ]
        if one.stands.state is State.WAIVED:
            waiver = RowAction(_("End the waiver"), partial(self._ask_end, one), "rotate-ccw")
        else:
            waiver = RowAction(_("Waive"), partial(self._waiving.ask, one), "calendar-x")
        if one.stands.state is State.PAUSED:
            away = RowAction(_("Back again"), partial(self._ask_back, one), "log-in")
        else:
            away = RowAction(_("Away"), partial(self._ask_absence, one), "log-out")
        cancel = RowAction(_("Cancel the assignment"), partial(self._ask_cancel, one), "ban")
        wrong_days = partial(ask_take_back, self._host, one.person_id, one.name)
        take_back = RowAction(_("Take back an absence"), wrong_days, "undo-2")
        move = RowAction(_("Change the due date"), partial(self._ask_due, one), "calendar-clock")
        return [evidence, waiver, away, take_back, move, ordered, cancel, correct]

    def _ask_absence(self, one: AssignmentSummary) -> None:
        ask_absence(self._host, (one.person_id,), one.name)

    def _ask_back(self, one: AssignmentSummary) -> None:
        form = Form()
        on = DateField(_("Back on"), self._today(), required=True)
        form.add(on)

        def wish() -> Wish[int]:
            absences, actor = self._acts.absences, self._desk.actor
            day = on.value() or date.max

            def end() -> int:
                return absences.end(actor, absences.lasting(actor, one.person_id).id, day)

            return Wish(end, _("{name} is back.").format(name=one.name))

        def moved(count: int) -> None:
            words = plural("{count} due date moved on.", "{count} due dates moved on.", count)
            self._desk.toast(words)

        open_form(self._host, _("Back again"), form, wish, done=moved, subtitle=one.name)

    def _ask_due(self, one: AssignmentSummary) -> None:
        form = Form()
        on = DateField(_("Due on"), one.due_on, required=True)
        reason = TextField(_("Reason"), required=True, hint=_("The person and auditors read it."))
        form.add(on)
        form.add(reason)

        def wish() -> Wish[None]:
            actor, day, why = self._desk.actor, on.value() or date.min, reason.value()
            return Wish(lambda: self._acts.move_due(actor, one.id, day, why), _("Done."))

        open_form(self._host, _("Change the due date"), form, wish, subtitle=one.title)

    def _ask_end(self, one: AssignmentSummary) -> None:
        self._confirm(
            _("End the waiver?"),
            _("{name} has to meet “{title}” again.").format(name=one.name, title=one.title),
            _("End the waiver"),
            lambda reason: self._acts.waivers.end(self._desk.actor, one.id, reason),
        )

    def _ask_cancel(self, one: AssignmentSummary) -> None:
        self._confirm(
            _("Cancel “{title}”?").format(title=one.title),
            _("{name} no longer has to meet it. What was done stays on record.").format(
                name=one.name
            ),
            _("Cancel the assignment"),
            lambda reason: self._acts.cancel(self._desk.actor, one.id, reason),
        )

    def _ask_again(self, one: AssignmentSummary) -> None:
        self._confirm(
            _("Ask for “{title}” again?").format(title=one.title),
            _("What {name} holds counts no more: only evidence from now on does.").format(
                name=one.name
            ),
            _("Ask for it again"),
            lambda reason: self._acts.ask_again(self._desk.actor, one.id, reason=reason),
        )

    def _confirm(self, title: str, text: str, yes: str, act: Callable[[str], object]) -> None:
        question = Question(title=title, text=text, yes=yes, ask_reason=True)
        self._host.act_on_yes(question, act, _("Done."))

    def _today(self) -> date:
        return local_day(self._desk.clock)
