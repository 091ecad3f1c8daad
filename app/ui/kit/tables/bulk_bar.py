"""What to do with the chosen rows: how many they are, all, none, and the actions of the list."""

from typing import Generic, TypeVar

from PySide6.QtWidgets import QFrame, QWidget

from app.core.base.figures import number
from app.core.base.words import _
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, row
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.theme import TextRole, Tone, current_theme

T = TypeVar("T")


class BulkBar(QFrame, Generic[T]):
    """Shows itself while rows are chosen."""

    def __init__(self, model: PagedModel[T], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("banner", Tone.PRIMARY.value)
        line = row(self, gap=8, margin=6)
        self._chosen = PlainLabel("", TextRole.STRONG)
        line.addSpacing(current_theme().px(6))
        line.addWidget(self._chosen)
        self._all_button = Button("", Kind.LINK).on_press(model.select_everything)
        line.addWidget(self._all_button)
        self._actions: list[Button] = []
        self.actions_row = FlowLayout(gap=8, right=True)
        line.addLayout(self.actions_row, 1)
        self._none_button = Button(_("Choose none"), Kind.GHOST, dense=True)
        line.addWidget(self._none_button.on_press(model.select_nothing))
        self.hide()
        model.selection_changed.connect(self._show_selection)

    def add(self, button: Button) -> None:
        """Offer something to do with the chosen rows."""
        self.actions_row.addWidget(button)
        self._actions.append(button)

    def controls(self) -> list[QWidget]:
        """Return what can be pressed, from left to right."""
        return [self._all_button, *self._actions, self._none_button]

    def all_or_none(self) -> None:
        """Choose every row, or none when some are chosen."""
        if self._model.selection.count:
            self._model.select_nothing()
        else:
            self._model.select_everything()

    def _show_selection(self) -> None:
        chosen, total = self._model.selection.count, self._model.total()
        self.setVisible(bool(chosen))
        words = _("{count} chosen of {total}").format(count=number(chosen), total=number(total))
        self._chosen.setText(words)
        self._all_button.set_words(_("Choose all {total}").format(total=number(total)))
        self._all_button.setVisible(chosen < total)
