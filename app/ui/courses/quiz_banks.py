"""The questions of the quiz that is open: where they are written, and what is newer than the quiz has."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.assessments import QUIZ_KIND, BankSummary, QuizBank
from app.core.base.paging import PageRequest, Sort
from app.core.base.words import _, plural
from app.core.courses import LessonPlan, change
from app.ui.courses.body_forms import QuizForm
from app.ui.courses.draft_in_hand import DraftInHand
from app.ui.courses.lesson_form import LessonForm
from app.ui.courses.services import CourseServices
from app.ui.kit.cards import RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone

_MOST_BANKS = 500


class QuizBanks(QObject):
    """Ties the open quiz lesson to its banks. What it changes is the draft, saved like all else."""

    def __init__(
        self,
        screen: Screen[CourseServices],
        draft: DraftInHand,
        form: LessonForm,
        save_then: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._draft = draft
        self._form = form
        self._save_then = save_then

    def look(self) -> None:
        """Ask how far the banks of the open quiz have moved on, and show it in its form."""
        lesson = self._draft.lesson
        if lesson is None or lesson.kind != QUIZ_KIND:
            return
        pools, actor = self._screen.desk.services.banks.pools, self._screen.desk.actor
        self._screen.load(
            lambda _progress: pools.banks_of(actor, lesson),
            lambda banks: self._show(lesson, banks),
            what="banks",
        )

    def _show(self, lesson: LessonPlan, banks: Sequence[QuizBank]) -> None:
        form = self._form.body_form
        if self._form.key == lesson.key and isinstance(form, QuizForm):
            form.show_banks(banks, edit=self.edit, renew=self.renew, split=self.split)

    def edit(self, bank_id: UUID) -> None:
        """Save the course, then go to a bank."""
        self._save_then(lambda: self._screen.desk.open("question_bank", bank_id=bank_id))

    def renew(self) -> None:
        """Let the open quiz take the present questions of its banks."""
        pools, actor = self._screen.desk.services.banks.pools, self._screen.desk.actor
        words = _("The quiz has the present questions. Learners get them when it is published.")
        self._change(lambda lesson: pools.renewed(actor, lesson), words)

    def split(self) -> None:
        """Make a section of the open quiz for each first tag of its questions."""
        pools, actor = self._screen.desk.services.banks.pools, self._screen.desk.actor
        words = _("Each first tag has a section now; say how many each draws.")
        self._change(lambda lesson: pools.by_tag(actor, lesson), words)

    def _change(self, turn: Callable[[LessonPlan], LessonPlan], words: str) -> None:
        lesson = self._draft.lesson
        if lesson is None:
            return

        def changed(plan: LessonPlan) -> None:
            if self._draft.lesson == lesson:
                self._draft.change(lambda outline: change(outline, plan))
                self._draft.rearranged.emit()
                self._screen.desk.toast(words)

        self._screen.act(lambda _progress: turn(lesson), changed)

    def ask_bank(self) -> None:
        """Ask which bank a new quiz asks."""
        banks, actor = self._screen.desk.services.banks, self._screen.desk.actor
        request = PageRequest(limit=_MOST_BANKS).sorted_by(Sort("title"))
        self._screen.load(
            lambda _progress: banks.list(actor, request).rows,
            lambda found: BankSheet(self._screen, found, self.add).open(),
            what="bank_sheet",
        )

    def add(self, bank_id: UUID) -> None:
        """Put a quiz over a bank behind the open lesson."""
        pools, actor = self._screen.desk.services.banks.pools, self._screen.desk.actor
        self._screen.act(
            lambda _progress: pools.lesson(actor, bank_id),
            lambda lesson: self._draft.add((lesson,)),
        )


class BankSheet(SideSheet):
    """The banks that have questions, to choose one from."""

    def __init__(
        self, host: QWidget, banks: Sequence[BankSummary], then: Callable[[UUID], None]
    ) -> None:
        about = _("The quiz asks all its questions; how many are drawn is set in its lesson.")
        super().__init__(host, _("Add a quiz"), subtitle=about)
        self.lines = [self._line(bank, then) for bank in banks if bank.questions]
        for line in self.lines:
            self.body.addWidget(line)
        if not self.lines:
            none = _("No bank has questions yet. Write some under “Questions”.")
            self.body.addWidget(PlainLabel(none, TextRole.BODY2, wrap=True))

    def _line(self, bank: BankSummary, then: Callable[[UUID], None]) -> RowButton:
        count = plural("{count} question", "{count} questions", bank.questions)
        about = count if bank.code == bank.title else f"{bank.code} · {count}"
        line = RowButton(bank.title, about, icon="file-question-mark", tone=Tone.PRIMARY)

        def chosen(_pressed: bool = False) -> None:
            self.dismiss()
            then(bank.id)

        line.clicked.connect(chosen)
        return line
