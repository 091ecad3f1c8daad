"""Fields for choices, numbers and ticks."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.forms.field import Field
from app.ui.kit.icons import paint_icon
from app.ui.kit.painted import fill_round, frame_round
from app.ui.kit.theme import Ink, current_theme

T = TypeVar("T")


_LEAST_WIDTH = 160


class ComboBox(QComboBox):
    """A choice from a short list; the wheel over it scrolls the page, not the choice.

    Where the words do not fit they are cut with an ellipsis, and the tooltip has the whole.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = option.currentText.lstrip()  # set in, as a tree is, in its list alone

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + current_theme().px(16), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        """Give way where there is no room: one long choice would push a sheet's fields over its edge."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().px(_LEAST_WIDTH)), hint.height())

    def keep_width(self, letters: int) -> None:
        """Stay so wide whatever is offered later; the list opens as wide as its words."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)

    @override
    def showPopup(self) -> None:
        long = max((self._width_of(place) for place in range(self.count())), default=0)
        self.view().setMinimumWidth(max(long + current_theme().px(40), self.width()))
        super().showPopup()

    def _width_of(self, place: int) -> int:
        icon = 0 if self.itemIcon(place).isNull() else self.iconSize().width()
        return icon + self.fontMetrics().horizontalAdvance(self.itemText(place))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option, painter = QStyleOptionComboBox(), QStylePainter(self)
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        beside = 0 if option.currentIcon.isNull() else self.iconSize().width() + 4
        whole, room = option.currentText, field.width() - beside
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(whole if shown != whole else "")
        option.currentText = shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        _paint_chevron(self)


def _paint_chevron(widget: QWidget) -> None:
    theme, painter = current_theme(), QPainter(widget)
    side = theme.px(16)
    spot = QRect(widget.width() - side - theme.px(10), 0, side, widget.height())
    ink = Ink.TEXT2 if widget.isEnabled() else Ink.TEXT3
    paint_icon(painter, spot, "chevron-down", theme.hex(ink))


class ComboField(Field, Generic[T]):
    """One of several values, each under its words."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[T, str]] = (),
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.combo = ComboBox(label)
        self._values: list[T] = []
        Field.__init__(self, label, self.combo, required=required, hint=hint, parent=parent)
        self.set_choices(choices)
        self.combo.activated.connect(lambda _index: self.edited.emit())

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer other values; the chosen one stays chosen where it is still offered."""
        chosen = self.value()
        self._values = [value for value, _words in choices]
        self.combo.clear()
        for _value, words in choices:
            self.combo.addItem(words)
        if chosen in self._values:
            self.combo.setCurrentIndex(self._values.index(chosen))

    def value(self) -> T | None:
        """Return the value chosen; None when nothing is offered."""
        index = self.combo.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: T) -> None:
        """Choose a value. Raises ValueError when it is not offered."""
        self.combo.setCurrentIndex(self._values.index(value))

    @override
    def is_blank(self) -> bool:
        return self.value() in {None, ""}


class _SpinBox(QSpinBox):
    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberField(Field):
    """A whole number within bounds, with the word for its unit behind it."""

    def __init__(
        self,
        label: str,
        value: int = 0,
        *,
        least: int = 0,
        most: int = 1_000_000,
        suffix: str = "",
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.spin = _SpinBox()
        self.spin.setRange(least, most)
        self.spin.setValue(value)
        self.spin.setSuffix(suffix)
        # The style sheet's padding does not reach the editor inside a spin box.
        self.spin.lineEdit().setTextMargins(10, 0, 10, 0)
        super().__init__(label, self.spin, required=required, hint=hint, parent=parent)
        self.spin.valueChanged.connect(lambda _value: self.edited.emit())

    def value(self) -> int:
        """Return the number."""
        return self.spin.value()

    def set_value(self, value: int) -> None:
        """Show another number."""
        self.spin.setValue(value)


class CheckBox(QCheckBox):
    """A box to tick, painted in the theme's colours. All of its line can be pressed, not the words alone."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box = self.style().subElementRect(part, option, self).toRectF().adjusted(1, 1, -1, -1)
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ticked = self.checkState() != Qt.CheckState.Unchecked
        fill_round(painter, box, theme.px(5), theme.colour(Ink.PRIMARY if ticked else Ink.SURFACE))
        if not ticked:
            frame_round(painter, box, theme.px(5), theme.colour(Ink.BORDER_STRONG), 1.5)
        if ticked:
            partly = self.checkState() == Qt.CheckState.PartiallyChecked
            mark = "minus" if partly else "check"
            inner = box.adjusted(3, 3, -3, -3).toRect()
            paint_icon(painter, inner, mark, theme.hex(Ink.ON_PRIMARY))
        if self.hasFocus():
            ring = self.rect().toRectF()
            frame_round(painter, ring, theme.px(6), theme.colour(Ink.FOCUS), 2)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + current_theme().px(6), hint.height())


class CheckField(Field):
    """A box to tick; its words stand beside it."""

    def __init__(
        self,
        label: str,
        checked: bool = False,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.box = CheckBox(label)
        super().__init__(label, self.box, required=required, hint=hint, parent=parent)
        self._label.hide()
        self.box.setChecked(checked)
        self.box.toggled.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        """Tell whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, checked: bool) -> None:
        """Tick it or take the tick away."""
        self.box.setChecked(checked)

    @override
    def is_blank(self) -> bool:
        return not self.value()
