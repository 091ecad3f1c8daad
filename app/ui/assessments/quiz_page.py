"""What is on screen during an attempt: the strip on top, one question, the map, and the way on."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.core.assessments import AskedQuestion
from app.core.base.words import _
from app.ui.assessments.answer_keeper import Keeping
from app.ui.assessments.countdown import TimeChip
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.question_map import QuestionMap
from app.ui.assessments.question_view import QuestionView, critical_chip
from app.ui.assessments.sitting import Sitting
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.focus import lead_through, tab_stops
from app.ui.kit.labels import ElidedLabel, PlainLabel
from app.ui.kit.layouts import FlowLayout, ScrollPage, SideBySide, clear, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Theme, Tone, current_theme
from app.ui.kit.top_bar import AccessMenu, PersonBox


class QuizStrip(QFrame):
    """The way out, which quiz, the time left, and who is taking it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("top", True)
        self._line = row(self, gap=14)
        self._line.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        self.leave = Button(_("Back to the course"), Kind.GHOST, icon="arrow-left", dense=True)
        self.leave.setToolTip(_("Your answers are saved. You can go on later."))
        self._title = ElidedLabel("", TextRole.H2)
        self._line.addWidget(self.leave)
        self._line.addWidget(self._title, 1)
        self._time = QWidget()
        row(self._time, gap=0)
        self._line.addWidget(self._time)
        self._access_menu = AccessMenu(theme, self)
        self._access = IconButton("accessibility", _("Size and colours"))
        self._access.on_press(self._open_access_menu)
        self._line.addWidget(self._access)
        self.person = PersonBox()
        self._line.addWidget(self.person)
        self.not_me = Button(_("Not you?"), Kind.GHOST, dense=True)
        self.not_me.setToolTip(_("Your answers are saved. You can go on later."))
        self._line.addWidget(self.not_me)

    def show_sitting(self, title: str, sitting: Sitting | None) -> None:
        """Show which quiz it is, and the time it has left."""
        self._title.setText(title)
        layout = self._time.layout()
        if layout is None:
            return
        clear(layout)
        if sitting is not None:
            chip = TimeChip(sitting.countdown)
            layout.addWidget(chip)
            chip.refresh()

    def _open_access_menu(self) -> None:
        self._access_menu.popup(self._access.mapToGlobal(self._access.rect().bottomLeft()))


class QuestionCard(Card):
    """Number, how its answer stands on disk, and the question itself."""

    save_asked = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=16, margin=24)
        self.view: QuestionView | None = None
        self._number = PlainLabel("", TextRole.H1)
        self._section = PlainLabel("", TextRole.MUTED, wrap=True)
        self._critical = critical_chip()
        self.saved = StatusChip("", Tone.NEUTRAL)
        chips = QWidget()
        flow = FlowLayout(chips, gap=8, right=True)
        flow.addWidget(self._critical)
        flow.addWidget(self.saved)
        head = row(gap=12)
        words = column(gap=2)
        words.addWidget(self._number)
        words.addWidget(self._section)
        head.addLayout(words, 1)
        head.addWidget(chips, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.add_action(_("Save again"), self.save_asked.emit)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._place = column(gap=0)
        self.body.addLayout(self._place)
        self.body.addStretch(1)

    def number(self) -> str:
        """Return the words over the question."""
        return self._number.text()

    def show_question(
        self, asked: AskedQuestion, number: str, section: str, media: QuestionMedia
    ) -> QuestionView:
        """Show a question in place of the one before it."""
        media.stop()
        clear(self._place)
        self._number.setText(number)
        self._section.setText(section)
        self._section.setVisible(bool(section))
        self._critical.setVisible(asked.question.critical)
        self.view = QuestionView(asked, media)
        self.view.changed.connect(self.changed)
        self._place.addWidget(self.view)
        media.play_first(asked.question.stem)
        return self.view

    def show_standing(self, standing: Keeping) -> None:
        """Show whether the answer is on disk."""
        words, tone = {
            Keeping.SILENT: (_("Not answered"), Tone.NEUTRAL),
            Keeping.SAVING: (_("Saving…"), Tone.PRIMARY),
            Keeping.SAVED: (_("Saved"), Tone.SUCCESS),
            Keeping.NOT_SAVED: (_("Not saved"), Tone.DANGER),
        }[standing]
        if words != self.saved.text():
            self.saved.set_status(words, tone)

    def show_trouble(self, sentence: str) -> None:
        """Say why an answer is not on disk; "" when all are."""
        if sentence and sentence != self.trouble.text():
            self.trouble.set_text(sentence)
        self.trouble.setVisible(bool(sentence))


class QuizPage(QWidget):
    """The question beside the map; flag, previous and next always at the foot. Takes the answers."""

    hand_in_asked = Signal()

    def __init__(self, media: QuestionMedia) -> None:
        super().__init__()
        theme = current_theme()
        self._media = media
        self._sitting: Sitting | None = None
        lines = column(self, gap=0)
        self._scroll = ScrollPage()
        self.card = QuestionCard()
        self.map = QuestionMap()
        sides = SideBySide(self.card, self.map, side_width=276, fold_below=780)
        inner = column(self._scroll.content, gap=0)
        inner.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        inner.addWidget(sides, 1)
        lines.addWidget(self._scroll, 1)
        self.flag = Button(_("Flag"), icon="flag").on_press(self.toggle_flag)
        self.flag.setToolTip(_("Mark this question to come back to it  (F)"))
        self.back = Button(_("Previous"), icon="arrow-left").on_press(lambda: self.step(-1))
        self.next = Button(_("Next"), Kind.PRIMARY, icon="arrow-right")
        self.next.on_press(lambda: self.step(1)).set_trailing()
        self.next.setToolTip(_("Next question  (Enter)"))
        self.hand_in = Button(_("Hand in"), Kind.PRIMARY, icon="send")
        lines.addLayout(self._foot())
        self._connect()

    def _foot(self) -> QHBoxLayout:
        theme = current_theme()
        foot = row(gap=10)
        foot.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(16))
        foot.addWidget(self.flag)
        self.keys = ElidedLabel("", TextRole.MUTED)
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        foot.addWidget(self.hand_in)
        return foot

    def _connect(self) -> None:
        for button in (self.hand_in, self.map.hand_in):
            button.on_press(self.hand_in_asked.emit)
        self.map.chosen.connect(self._go_to)
        self.card.changed.connect(self._take_answer)
        self.card.save_asked.connect(self._save_again)

    def take_sitting(self, sitting: Sitting | None) -> None:
        """Show an attempt from where it stands; None lets go of it."""
        self._sitting = sitting
        if sitting is not None:
            sitting.moved.connect(self._show_place)
            sitting.marked.connect(self._show_marks)
            self.setEnabled(True)
            self.map.set_count(sitting.count)
            self._show_place()

    def step(self, step: int) -> None:
        """Go to the next question or the one before; after the last one comes handing in."""
        sitting = self._sitting
        if sitting is None:
            return
        if step > 0 and sitting.is_last:
            self.hand_in.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_to(sitting.place + step)

    def toggle_flag(self) -> None:
        """Flag the question shown, or take its flag away."""
        sitting = self._sitting
        if sitting is not None:
            sitting.toggle_flag()
            announce(self.flag, sitting.spots()[sitting.place].words(sitting.place + 1))

    def press_key(self, key: int) -> bool:
        """Act on a key of the quiz; False when it is none."""
        view = self.card.view
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.step(1)
        elif key == Qt.Key.Key_F:
            self.toggle_flag()
        else:
            number = key - Qt.Key.Key_0
            return view is not None and 1 <= number <= 9 and view.answer.take_key(number)  # noqa: PLR2004  digits
        return True

    def focus_answer(self) -> None:
        """Put the focus where answering begins."""
        if self.card.view is not None:
            self.card.view.answer.focus_first()

    def _lead_on(self) -> None:
        """Let Tab go from the answer to the foot, and then to the map."""
        if self.card.view is not None:
            foot = (self.flag, self.back, self.next, self.hand_in)
            lead_through([*tab_stops(self.card.view), *foot, *tab_stops(self.map)])

    def _show_place(self) -> None:
        sitting = self._sitting
        if sitting is None:
            return
        asked = sitting.asked
        number = _("Question {number} of {count}").format(
            number=sitting.place + 1, count=sitting.count
        )
        titles = sitting.attempt.section_titles
        section = titles[asked.section] if asked.section < len(titles) else ""
        view = self.card.show_question(asked, number, section, self._media)
        QTimer.singleShot(0, view, self._lead_on)  # the answer's controls are shown by then
        view.answer.show_response(sitting.keeper.response(asked.question_id))
        self.keys.setText(_(view.answer.keys))
        self._scroll.verticalScrollBar().setValue(0)
        self.back.setEnabled(sitting.place > 0)
        self.next.setVisible(not sitting.is_last)
        self.hand_in.setVisible(sitting.is_last)
        self.map.hand_in.setVisible(not sitting.is_last)
        self._show_marks()
        self.focus_answer()
        announce(self, f"{number}. {view.stem_words()}")

    def _show_marks(self) -> None:
        sitting = self._sitting
        if sitting is None:
            return
        spots = sitting.spots()
        self.map.show_spots(spots, sitting.keeper.answered())
        here = spots[sitting.place]
        self.card.show_standing(here.standing)
        self.flag.set_words(_("Take the flag away") if here.is_flagged else _("Flag"))
        if not sitting.keeper.not_saved():
            self.card.show_trouble("")

    def _take_answer(self) -> None:
        view, sitting = self.card.view, self._sitting
        if view is not None and sitting is not None:
            answer = view.answer
            sitting.take(view.response(), answer.silence, is_typed=answer.is_typed)

    def _go_to(self, place: int) -> None:
        if self._sitting is not None:
            self._sitting.go_to(place)

    def _save_again(self) -> None:
        if self._sitting is not None:
            self._sitting.keeper.try_again()
