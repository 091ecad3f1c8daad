"""Items are to be put in order: up and down by buttons or by Ctrl and the arrow keys."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from app.core.assessments import Ordered, OrderingBody, OrderItem, Response
from app.core.base.words import _, mark
from app.ui.assessments.media import QuestionMedia, SoundButton, sounds_of
from app.ui.assessments.question_types.base import AnswerWidget, Mark, Review, as_form
from app.ui.assessments.rich_view import RichView
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import IconButton
from app.ui.kit.chips import CountChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, Tone

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OrderRow(QFrame):
    """One item with its place and the two buttons that move it."""

    move_asked = Signal(int)
    step_asked = Signal(int)

    def __init__(self, item: OrderItem, media: QuestionMedia) -> None:
        super().__init__()
        self.setProperty("banner", "neutral")
        self.key = item.key
        self._line = row(self, gap=12, margin=8)
        self._place = CountChip("", Tone.PRIMARY)
        self._line.addWidget(self._place)
        view = RichView(item.text, media, tallest_picture=120)
        self.words = view.words()
        self._line.addWidget(view, 1)
        for ref in sounds_of(item.text):
            self._line.addWidget(SoundButton(ref, media))
        up = _("Move up: {item}").format(item=self.words)
        down = _("Move down: {item}").format(item=self.words)
        self.up = IconButton("chevron-up", up).on_press(lambda: self.move_asked.emit(-1))
        self.down = IconButton("chevron-down", down).on_press(lambda: self.move_asked.emit(1))
        for button in (self.up, self.down):
            self._line.addWidget(button)
            button.installEventFilter(self)

    def set_place(self, place: int, count: int) -> None:
        """Show at which place of how many it stands."""
        self._place.set_status(str(place + 1), Tone.PRIMARY)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place + 1 < count)
        self.setAccessibleName(
            _("{item}, place {place} of {count}").format(
                item=self.words, place=place + 1, count=count
            )
        )

    def set_mark(self, right_place: int, *, is_right: bool) -> None:
        """Show whether it stands right, and where it belongs."""
        self.up.hide()
        self.down.hide()
        if not is_right:
            told = _("Belongs at {place}").format(place=right_place + 1)
            self._line.addWidget(PlainLabel(told, TextRole.MUTED))
        self._line.addWidget((Mark.RIGHT if is_right else Mark.WRONG).chip())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrow keys before a button makes them a change of focus."""
        step = _ARROWS.get(Qt.Key(event.key())) if isinstance(event, QKeyEvent) else None
        if step is None or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        is_moving = isinstance(event, QKeyEvent) and event.modifiers() & _CONTROL
        (self.move_asked if is_moving else self.step_asked).emit(step)
        return True


class OrderingWidget(AnswerWidget[OrderingBody]):
    """Rows that change places. Silent until something has been moved."""

    key: ClassVar[str] = "ordering"
    silence: ClassVar[Response] = Ordered(keys=())
    keys: ClassVar[str] = mark("Keys: ↑ ↓ go, Ctrl+↑ ↓ move, F flag")
    how: ClassVar[str] = mark("Put these in order. Move them with the arrows.")

    def __init__(
        self,
        content: OrderingBody,
        order: tuple[str, ...],
        media: QuestionMedia,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, order, media, parent)
        self._is_given = False
        items = {item.key: item for item in content.items}
        self.rows = [OrderRow(items[key], media) for key in order if key in items]
        self._list = column(gap=8)
        self.lines.addLayout(self._list)
        for line in self.rows:
            line.move_asked.connect(lambda step, line=line: self.move_item(line, step))
            line.step_asked.connect(lambda step, line=line: self._step(line, step))
            self._list.addWidget(line)
        self._number()

    def move_item(self, line: OrderRow, step: int) -> None:
        """Move an item by one place, as its buttons do."""
        place = self.rows.index(line)
        target = place + step
        if not 0 <= target < len(self.rows):
            return
        was_up = step < 0
        self.rows.insert(target, self.rows.pop(place))
        self._arrange()
        self._is_given = True
        wanted = line.up if was_up else line.down
        other = line.down if was_up else line.up
        (wanted if wanted.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, line.accessibleName())
        self.changed.emit()

    @override
    def response(self) -> Response | None:
        return Ordered(keys=tuple(line.key for line in self.rows)) if self._is_given else None

    @override
    def show_response(self, response: Response | None) -> None:
        as_form(response, Ordered)
        keys = response.keys if isinstance(response, Ordered) else ()
        by_key = {line.key: line for line in self.rows}
        self._is_given = sorted(keys) == sorted(by_key)
        wanted = keys if self._is_given else [key for key in self.order if key in by_key]
        self.rows = [by_key[key] for key in wanted]
        self._arrange()

    @override
    def show_review(self, review: Review) -> None:
        self.show_response(review.given)
        right = review.best.keys if isinstance(review.best, Ordered) else ()
        if not self._is_given:
            self.lines.insertWidget(0, PlainLabel(_("No answer. The right order:"), TextRole.BODY2))
            self.show_response(review.best)
        for place, line in enumerate(self.rows):
            belongs = right.index(line.key) if line.key in right else place
            if review.given is None:
                line.up.hide()
                line.down.hide()
            else:
                line.set_mark(belongs, is_right=belongs == place)

    @override
    def first_control(self) -> QWidget | None:
        return self.rows[0].down if self.rows else None

    def _arrange(self) -> None:
        for line in self.rows:
            self._list.removeWidget(line)
        for line in self.rows:
            self._list.addWidget(line)
        previous: QWidget | None = None
        for line in self.rows:
            for button in (line.up, line.down):
                if previous is not None:
                    QWidget.setTabOrder(previous, button)
                previous = button
        self._number()

    def _number(self) -> None:
        for place, line in enumerate(self.rows):
            line.set_place(place, len(self.rows))

    def _step(self, line: OrderRow, step: int) -> None:
        place = self.rows.index(line) + step
        if 0 <= place < len(self.rows):
            target = self.rows[place]
            wanted = target.down if target.down.isEnabled() else target.up
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
