"""Options as large cards: a letter, the words or the picture, a sound, and whether it is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.assessments import Chosen, Option, Response, RichText
from app.core.base.words import _, mark
from app.ui.assessments.media import QuestionMedia, SoundButton, has_picture, sounds_of
from app.ui.assessments.question_types.base import AnswerWidget, BodyT, Mark, Review, as_form
from app.ui.assessments.rich_view import RichView
from app.ui.kit.chips import StatusChip
from app.ui.kit.icons import paint_icon
from app.ui.kit.layouts import CardGrid, column, row
from app.ui.kit.painted import PaintedButton, draw_text, fill_round, frame_round, smooth
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_BADGE, _PICTURE_COLUMN, _LEAST_HEIGHT = 32, 300, 56
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a card offers."""

    key: str
    text: RichText


def letter(index: int) -> str:
    """Return the letter of the option at `index`: A, B, C."""
    return chr(ord("A") + index) if index < 26 else str(index + 1)  # noqa: PLR2004  letters there are


class OptionCard(PaintedButton):
    """One option. Space and click choose it; Enter is left to the page, arrows go on."""

    stepped = Signal(int)

    def __init__(self, index: int, choice: Choice, media: QuestionMedia, *, one_only: bool) -> None:
        super().__init__()
        self.key = choice.key
        self._letter = letter(index)
        self._round = one_only
        self.setCheckable(True)
        self.setAutoExclusive(one_only)
        self._line = row(self, gap=14)
        tallest = 170 if has_picture(choice.text) else 340
        self._view = RichView(choice.text, media, tallest_picture=tallest)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._line.addWidget(self._view, 1)
        for ref in sounds_of(choice.text):
            self._line.addWidget(SoundButton(ref, media))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()
        self.words = self._view.words() or _("Sound")
        self.setAccessibleName(f"{self._letter}. {self.words}")
        if index < 9:  # noqa: PLR2004  digits on a keyboard
            self.setToolTip(_("Key {number}").format(number=index + 1))
        self.toggled.connect(lambda _on: self.update())

    def set_chosen(self, chosen: bool) -> None:
        """Show whether it is chosen, without telling anybody."""
        alone = self.autoExclusive()
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(alone)

    def set_mark(self, mark: Mark | None) -> None:
        """Show how a review marks it; it cannot be chosen any more."""
        said = [self.accessibleName()]
        if self.isChecked():
            said.append(_("Your answer"))
            own = StatusChip(_("Your answer"), Tone.PRIMARY)
            self._line.addWidget(own)
        if mark is not None:
            chip = mark.chip()
            self._line.addWidget(chip)
            said.append(chip.text())
        self.setAccessibleName(", ".join(said))
        self.setToolTip("")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def restyle(self) -> None:
        theme = current_theme()
        edge = theme.px(12)
        self._line.setContentsMargins(edge + theme.px(_BADGE + 14), edge, edge, edge)
        self.setMinimumHeight(theme.px(_LEAST_HEIGHT))

    @override
    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        area, radius, chosen = QRectF(self.rect()), theme.px(12), self.isChecked()
        ground = Ink.PRIMARY_SOFT if chosen else Ink.SURFACE
        if not chosen and (self.isDown() or self.underMouse()):
            ground = Ink.SURFACE2
        fill_round(painter, area, radius, theme.colour(ground))
        edge = Ink.PRIMARY if chosen else Ink.BORDER_STRONG
        frame_round(painter, area, radius, theme.colour(edge))
        if self.hasFocus():
            frame_round(painter, area, radius, theme.colour(Ink.FOCUS), 2)
        self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        theme, chosen = current_theme(), self.isChecked()
        side = theme.px(_BADGE)
        spot = QRect(theme.px(12), (self.height() - side) // 2, side, side)
        radius = side / 2 if self._round else theme.px(8)
        fill_round(
            painter, QRectF(spot), radius, theme.colour(Ink.PRIMARY if chosen else Ink.SURFACE2)
        )
        frame_round(
            painter,
            QRectF(spot),
            radius,
            theme.colour(Ink.PRIMARY if chosen else Ink.BORDER_STRONG),
        )
        if chosen:
            inner = spot.adjusted(theme.px(7), theme.px(7), -theme.px(7), -theme.px(7))
            paint_icon(painter, inner, "check", theme.hex(Ink.ON_PRIMARY))
            return
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, spot, self._letter, theme.font(TextRole.STRONG), Ink.TEXT2, middle)


class OptionCards(QWidget):
    """Cards under one another; side by side where they show pictures, or when asked."""

    chosen = Signal()

    def __init__(
        self,
        choices: Sequence[Choice],
        media: QuestionMedia,
        *,
        one_only: bool,
        beside: bool = False,
    ) -> None:
        super().__init__()
        self.cards = [
            OptionCard(index, choice, media, one_only=one_only)
            for index, choice in enumerate(choices)
        ]
        if any(has_picture(choice.text) for choice in choices):
            grid = CardGrid(_PICTURE_COLUMN, gap=10)
            column(self, gap=0).addWidget(grid)
            grid.set_cards(list(self.cards))
        else:
            lines = row(self, gap=10) if beside else column(self, gap=10)
            for card in self.cards:
                lines.addWidget(card)
        for place, card in enumerate(self.cards):
            card.clicked.connect(lambda _on=False: self.chosen.emit())
            card.stepped.connect(lambda step, place=place: self._step(place, step))

    def keys(self) -> tuple[str, ...]:
        """Return the keys chosen, in the order shown."""
        return tuple(card.key for card in self.cards if card.isChecked())

    def choose(self, keys: Iterable[str]) -> None:
        """Show these as chosen and no others, without telling anybody."""
        wanted = set(keys)
        for card in self.cards:
            card.set_chosen(card.key in wanted)

    def press(self, number: int) -> bool:
        """Choose the card with that number, as a click does; False when there is none."""
        if not 1 <= number <= len(self.cards):
            return False
        card = self.cards[number - 1]
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        card.click()
        return True

    def mark(self, given: Iterable[str], right: Iterable[str]) -> None:
        """Mark what was chosen and what is right; nothing can be chosen any more."""
        self.choose(given)
        wanted = set(right)
        for card in self.cards:
            is_right = card.key in wanted
            if card.isChecked():
                card.set_mark(Mark.RIGHT if is_right else Mark.WRONG)
            else:
                card.set_mark(Mark.MISSED if is_right else None)

    def first(self) -> QWidget | None:
        """Return the chosen card, or else the first one."""
        chosen = next((card for card in self.cards if card.isChecked()), None)
        return chosen or (self.cards[0] if self.cards else None)

    def _step(self, place: int, step: int) -> None:
        target = self.cards[(place + step) % len(self.cards)]
        target.setFocus(
            Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
        )


class CardAnswer(AnswerWidget[BodyT]):
    """Base of what is answered by choosing cards."""

    silence: ClassVar[Response] = Chosen(keys=())
    keys: ClassVar[str] = mark("Keys: 1–9 answer, F flag, Enter next")
    one_only: ClassVar[bool] = True
    beside: ClassVar[bool] = False

    def __init__(
        self,
        content: BodyT,
        order: tuple[str, ...],
        media: QuestionMedia,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, order, media, parent)
        self.options = OptionCards(
            self.choices(), media, one_only=self.one_only, beside=self.beside
        )
        self.options.chosen.connect(self.changed)
        self.lines.addWidget(self.options)

    def choices(self) -> list[Choice]:
        """Return what is offered, in the paper's order."""
        raise NotImplementedError

    @override
    def response(self) -> Response | None:
        keys = self.options.keys()
        return Chosen(keys=keys) if keys else None

    @override
    def show_response(self, response: Response | None) -> None:
        as_form(response, Chosen)
        self.options.choose(_keys(response))

    @override
    def show_review(self, review: Review) -> None:
        given, right = set(_keys(review.given)), set(_keys(review.best))
        self.options.mark(given, right | given if review.correct else right)

    @override
    def take_key(self, number: int) -> bool:
        return self.options.press(number)

    @override
    def first_control(self) -> QWidget | None:
        return self.options.first()


def in_order(options: Sequence[Option], order: Sequence[str]) -> list[Choice]:
    """Return the options as the paper orders them."""
    texts = {option.key: option.text for option in options}
    return [Choice(key, texts[key]) for key in order if key in texts]


def _keys(response: Response | None) -> tuple[str, ...]:
    return response.keys if isinstance(response, Chosen) else ()
