"""One question looked at: what was answered, and who would cross the mark if it did not count."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.approvals import SubjectState
from app.core.assessments import plain_text
from app.core.base.actor import Capability
from app.core.base.figures import percent
from app.core.base.words import _, mark, plural
from app.core.reports import Crossing, GivenAnswer, QuestionLook
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.progress import ProgressBar
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 50
_LEFT_OUT = {
    SubjectState.IN_REVIEW: mark("That it be left out of results waits for an approval."),
    SubjectState.APPROVED: mark("It is left out of results."),
    SubjectState.EFFECTIVE: mark("It is left out of results."),
}


class QuestionLookScreen(Screen[Services]):
    """Opened with `question_id`."""

    topics = frozenset({"attempt_result", "question", "question_rescore", "approval_step"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(desk, title=_("How it was answered"))
        self._question_id: UUID | None = None
        self._look: QuestionLook | None = None
        self.withdraw_button = plain(_("Withdraw"), "archive").on_press(self._ask)
        self.leave_out_button = plain(_("Leave out of results"), "git-compare")
        self.leave_out_button.on_press(self._ask_to_leave_out)
        self.header.add_action(self.withdraw_button)
        self.header.add_action(self.leave_out_button)
        self.stem = PlainLabel("", TextRole.H2, wrap=True)
        self.body.addWidget(self.stem)
        self.answers, self.crossings = column(gap=12), column(gap=4)
        left, right = Card(_("What was answered")), Card(_("If it did not count"))
        for card, lines in ((left, self.answers), (right, self.crossings)):
            card.body.addLayout(lines)
            card.body.addStretch(1)
        self.body.addWidget(SideBySide(left, right, side_width=420))
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        key = args.get("question_id")
        if isinstance(key, UUID) and key != self._question_id:
            self._question_id, self._look = key, None
            self.withdraw_button.hide()
            self.leave_out_button.hide()

    @override
    def refresh(self) -> None:
        looks, actor, key = self.desk.services.question_looks, self.desk.actor, self._question_id
        if key is not None:
            self.load(lambda _progress: looks.look(actor, key), self._show)

    def _show(self, look: QuestionLook) -> None:
        self._look = look
        asked = plural("asked {count} time", "asked {count} times", look.asked)
        right = _("{share} right").format(share=percent(look.right, look.asked))
        self.header.set_words(_("How it was answered"), f"{asked} · {right}")
        self.stem.setText(plain_text(look.question.stem))
        may = self.desk.actor.may(Capability.AUTHOR_COURSES)
        self.withdraw_button.setVisible(may and not look.is_withdrawn)
        self.leave_out_button.setVisible(may and look.left_out is SubjectState.DRAFT)
        self._show_answers(look)
        self._show_crossings(look)

    def _show_answers(self, look: QuestionLook) -> None:
        clear(self.answers)
        for answer in look.answers[:_SHOWN]:
            self.answers.addWidget(_answer(answer, look.asked))
        if not look.answers:
            nothing = _("Nobody has handed in an answer to it yet.")
            self.answers.addWidget(PlainLabel(nothing, TextRole.MUTED, wrap=True))

    def _show_crossings(self, look: QuestionLook) -> None:
        clear(self.crossings)
        if look.left_out in _LEFT_OUT:
            words, tone = _(_LEFT_OUT[look.left_out]), Tone.INFO
            self.crossings.addWidget(Banner(words, tone, icon="git-compare"))
        for words, crossed in (
            (_pass_words(look), [one for one in look.crossings if one.would_pass]),
            (_fail_words(look), [one for one in look.crossings if not one.would_pass]),
        ):
            self._add_crossings(words, crossed)
        if not look.crossings:
            nobody = _("Nobody would cross the mark.")
            self.crossings.addWidget(PlainLabel(nobody, TextRole.MUTED, wrap=True))

    def _add_crossings(self, words: str, crossed: list[Crossing]) -> None:
        if not crossed:
            return
        self.crossings.addWidget(Banner(words, Tone.WARNING, icon="git-compare"))
        for one in crossed[:_SHOWN]:
            line = RowButton(one.name, one.number, icon="user")
            line.clicked.connect(partial(self._open, one))
            self.crossings.addWidget(line)
        left = len(crossed) - _SHOWN
        if left > 0:
            more = plural("and {count} more", "and {count} more", left)
            self.crossings.addWidget(PlainLabel(more, TextRole.MUTED))

    def _open(self, one: Crossing, _checked: bool = False) -> None:
        self.desk.open("person", person_id=one.person_id)

    def _ask(self) -> None:
        banks, actor, key = self.desk.services.banks, self.desk.actor, self._question_id
        if key is None:
            return
        question = Question(
            title=_("Withdraw this question?"),
            text=_(
                "Published quizzes ask it until they are published anew. What was scored stays as it "
                "is, unless the question is left out of results."
            ),
            yes=_("Withdraw"),
            careful=True,
        )
        self.desk.confirm(
            question,
            lambda _reason: self.act(
                lambda _progress: banks.withdraw(actor, key),
                lambda _none: self.desk.toast(
                    _("Withdrawn. Published quizzes ask it until they are published anew.")
                ),
            ),
        )

    def _ask_to_leave_out(self) -> None:
        rescoring, actor = self.desk.services.quizzes.rescoring, self.desk.actor
        key, look = self._question_id, self._look
        if key is None or look is None:
            return
        parts = [
            _pass_words(look),
            _(
                "Somebody else signs it under “To approve”. Then it counts in no result, at any site: "
                "who passes without it has passed on the day they answered, and nobody loses a pass. "
                "Once signed it cannot be taken back."
            ),
        ]
        question = Question(
            title=_("Leave this question out of results?"),
            text=" ".join(parts),
            yes=_("Ask for approval"),
            careful=True,
            ask_reason=True,
        )
        self.act_on_yes(
            question,
            lambda reason: rescoring.propose(actor, key, reason),
            _("It waits for an approval."),
        )


def _answer(answer: GivenAnswer, asked: int) -> QWidget:
    made = QWidget()
    lines = column(made, gap=4)
    head = row(gap=8)
    head.addWidget(PlainLabel(answer.words, TextRole.STRONG, wrap=True), 1)
    if answer.is_right:
        head.addWidget(StatusChip(_("Right"), Tone.SUCCESS))
    lines.addLayout(head)
    tone = Tone.SUCCESS if answer.is_right else Tone.PRIMARY
    bar = ProgressBar(answer.words, answer.count / max(asked, 1), tone, with_text=True)
    lines.addWidget(bar)
    return made


def _pass_words(look: QuestionLook) -> str:
    count = sum(one.would_pass for one in look.crossings)
    return plural("{count} person would pass.", "{count} people would pass.", count)


def _fail_words(look: QuestionLook) -> str:
    count = sum(not one.would_pass for one in look.crossings)
    return plural(
        "{count} person passed by it alone, and keeps that.",
        "{count} people passed by it alone, and keep that.",
        count,
    )


SPEC = ScreenSpec(
    key="question_look",
    title=mark("How it was answered"),
    icon="chart-column",
    needs=Capability.VIEW_RECORDS,
    factory=QuestionLookScreen,
    in_navigation=False,
    beneath="question_banks",
)
