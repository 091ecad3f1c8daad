"""One assignment in a sheet: why somebody has it, where it stands, and everything that happened to it."""

from collections.abc import Callable, Sequence
from functools import partial

from app.core.base.figures import day, moment
from app.core.base.words import _, plural
from app.core.training import ASSIGNMENT_EVENTS, SOURCES, CheckedBy
from app.core.training.assignments import CHECKED_BY, AssignmentDetail, Evidence, PastAct
from app.core.training.legacy import OldRecord
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import FactRow
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import add_signatures
from app.ui.kit.tables.menus import RowAction
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.waiting import FoundAssignment
from app.ui.training.words import status_of


class AssignmentSheet(SideSheet):
    """Tells; what can be done stands below."""

    def __init__(
        self, host: Screen[Services], found: FoundAssignment, actions: Sequence[RowAction]
    ) -> None:
        detail = found.detail
        one = detail.summary
        super().__init__(host, one.title, subtitle=f"{one.name} · {one.number}")
        self._tell_why(detail)
        self._tell_state(detail)
        self._tell_evidence(detail.evidence)
        self._tell_old(found.old)
        self._tell_acts(detail.acts)
        if found.signatures:
            self._part(_("Signatures"))
            add_signatures(host, self.body, found.signatures)
        self.buttons = [
            plain(action.words, action.icon).on_press(partial(self._leave, action.act))
            for action in actions
        ]
        for button in self.buttons:
            self.body.addWidget(button)
        self.close_button = plain(_("Close")).on_press(self.dismiss)
        self.foot.addWidget(self.close_button)

    def _leave(self, act: Callable[[], None]) -> None:
        self.dismiss()
        act()

    def _tell_why(self, found: AssignmentDetail) -> None:
        why = found.why
        self._part(_("Why"))
        self._fact(why.origin, _(SOURCES[why.source]), "info")
        if why.rule and why.rule != why.origin:
            self._fact(why.rule, _("The rule"), "sliders-horizontal")
        if why.given:
            self._fact(why.given, _("Whose act it was"), "users")
        self._fact(
            moment(why.assigned_at),
            _("Assigned, cycle {cycle}").format(cycle=why.cycle),
            "calendar",
        )
        for law in why.laws:
            self._fact(law, _("The law of that day"), "scale")
        if found.summary.is_stuck:
            words = _("Whoever supervises quizzes gives another one, on the page of the person.")
            self._fact(_("No attempt is left at the quiz"), words, "lock", Tone.WARNING)
        for title in why.prerequisites:
            self._fact(title, _("Comes first, and is not held"), "list-ordered", Tone.WARNING)

    def _tell_state(self, found: AssignmentDetail) -> None:
        one = found.summary
        words, tone = status_of(one)
        self._part(_("Now"))
        due = _("No due date") if one.due_on is None else _("Due {day}").format(day=day(one.due_on))
        if one.late_after is not None:
            due = _("{due}, grace to {day}").format(due=due, day=day(one.late_after))
        self._fact(words, due, "circle-dot", tone)
        if one.is_held or one.valid_until is not None:
            until = _("For good") if one.valid_until is None else day(one.valid_until)
            self._fact(until, _("Valid until"), "calendar-check")

    def _tell_evidence(self, evidence: Sequence[Evidence]) -> None:
        if evidence:
            self._part(_("Evidence entered by hand"))
        for one in evidence:
            about = _("{number}, obtained {day}, entered by {name}").format(
                number=one.certificate or "–", day=day(one.obtained_on), name=one.by_name
            )
            if one.verdict:
                about = f"{about} · {one.verdict}"
            if one.how is not CheckedBy.NOT_SAID:
                about = f"{about} · {_(CHECKED_BY[one.how])}"
            if one.scans:
                scans = plural("{count} scan", "{count} scans", one.scans)
                about = f"{about} · {scans}"
            refused = one.is_accepted is False
            self._fact(one.issuer, about, "file-x" if refused else "file-check")

    def _tell_old(self, old: Sequence[OldRecord]) -> None:
        if old:
            self._part(_("Old training (migrated)"))
        for one in old:
            facts = (one.batch, one.score, one.trainer, one.source)
            self._fact(day(one.trained_on), " · ".join(filter(None, facts)), "archive")

    def _tell_acts(self, acts: Sequence[PastAct]) -> None:
        if acts:
            self._part(_("What happened"))
        for one in acts:
            about = f"{moment(one.at)} · {one.by_name} · {one.reason}"
            self._fact(_(ASSIGNMENT_EVENTS[one.event]), about, "history")

    def _part(self, words: str) -> None:
        if self.body.count():
            self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(words, TextRole.H2))

    def _fact(self, title: str, about: str, icon: str, tone: Tone = Tone.NEUTRAL) -> None:
        self.body.addWidget(FactRow(title, about, icon=icon, tone=tone))
