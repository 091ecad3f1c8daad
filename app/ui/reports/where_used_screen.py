"""Where something is used: what a change of a course, a bank or a question would touch."""

from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.approvals import called
from app.core.base.actor import Capability
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.reports import USE_KINDS, Use, UseKind, Uses
from app.services import Services
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.chips import CountChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 200
_LOOKS = {
    UseKind.LESSON: ("book-open", Tone.PRIMARY),
    UseKind.QUIZ: ("list-checks", Tone.PRIMARY),
    UseKind.REQUIREMENT: ("clipboard-list", Tone.INFO),
    UseKind.RULE: ("sliders-horizontal", Tone.NEUTRAL),
}


class WhereUsedScreen(Screen[Services]):
    """Opened with `course_id`, `bank_id` or `question_id`."""

    topics = frozenset({"course", "course_version", "question", "requirement", "enrolment_rule"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Where used"),
            subtitle=_("What a change would touch: in force, in review, or as a draft."),
        )
        self._of: tuple[str, UUID] | None = None
        self.lines: list[RowButton | FactRow] = []
        self.card = Card(_("Used by"), gap=4)
        self._count = CountChip("")
        self.card.add_action(self._count)
        self._rows = column(gap=4)
        self.card.body.addLayout(self._rows)
        self.card.hide()
        self.body.addWidget(self.card)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        for name in ("course_id", "bank_id", "question_id"):
            key = args.get(name)
            if isinstance(key, UUID):
                self._of = name, key
                self.card.hide()

    @override
    def refresh(self) -> None:
        if self._of is not None:
            self.load(self._look, self._show)

    def _look(self, _progress: Progress) -> Uses:
        if self._of is None:
            raise LookupError(self._of)
        used, (name, key) = self.desk.services.reports.where_used, self._of
        ways = {"course_id": used.course, "bank_id": used.bank, "question_id": used.question}
        return ways[name](self.desk.actor, key)

    def _show(self, found: Uses) -> None:
        self.header.set_words(_("Where used"), called(found.code, found.title))
        self._count.set_status(number(len(found.uses)), Tone.NEUTRAL)
        clear(self._rows)
        self.lines = [self._line(one) for one in found.uses[:_SHOWN]]
        for line in self.lines:
            self._rows.addWidget(line)
        if len(found.uses) > _SHOWN:
            words = _("{count} more; the command line lists all of them.")
            left = number(len(found.uses) - _SHOWN)
            self._rows.addWidget(PlainLabel(words.format(count=left), TextRole.MUTED))
        if not found.uses:
            self._rows.addWidget(EmptyState(_("It is used nowhere."), icon="link"))
        self.card.show()

    def _line(self, one: Use) -> RowButton | FactRow:
        icon, tone = _LOOKS[one.kind]
        title, about = called(one.code, one.title), f"{_(USE_KINDS[one.kind])} · {one.where}"
        key, args = _road(one)
        if not key or not self._may_open(key):
            return FactRow(title, about, icon=icon, tone=tone)
        line = RowButton(title, about, icon=icon, tone=tone)
        line.clicked.connect(partial(self._go, key, args))
        return line

    def _may_open(self, key: str) -> bool:
        needed = Capability.VIEW_COURSES if key == "course_editor" else Capability.ASSIGN
        return self.desk.actor.may(needed)

    def _go(self, key: str, args: dict[str, object], _checked: bool = False) -> None:
        self.desk.open(key, **args)


def _road(one: Use) -> tuple[str, dict[str, object]]:
    """Return the screen on which a use is seen, and with what it is opened."""
    if one.kind in {UseKind.LESSON, UseKind.QUIZ}:
        return "course_editor", {"course_id": one.id}
    if one.kind is UseKind.REQUIREMENT:
        return "assignments", {"requirement": str(one.id)}
    return "rules", {}


SPEC = ScreenSpec(
    key="where_used",
    title=mark("Where used"),
    icon="link",
    needs=Capability.VIEW_COURSES,
    factory=WhereUsedScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="courses",
)
