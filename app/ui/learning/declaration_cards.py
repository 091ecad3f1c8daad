"""Declarations on a learner's home: what is to be declared, and what was, one line each."""

from collections.abc import Callable
from datetime import date

from app.core.base.words import _
from app.core.training.declaring import MyDeclaration
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.chips import CountChip
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone
from app.ui.learning.own_work import about, look_of

OpenDeclaration = Callable[[MyDeclaration], None]
_DONE_ROWS = 6


class DeclarationsCard(Card):
    """What is to be declared first, by its due date; each line opens its wording."""

    def __init__(self, open_declaration: OpenDeclaration) -> None:
        super().__init__(_("Declarations"), gap=6)
        self._open = open_declaration
        self._count = CountChip("0", Tone.WARNING)
        self.add_action(self._count)
        self._rows = column(gap=2)
        self.body.addLayout(self._rows)
        self.hide()

    def show_declarations(self, found: tuple[MyDeclaration, ...], today: date) -> None:
        """Show all that are to be made, and some of those that were."""
        clear(self._rows)
        to_make = [one for one in found if not one.is_done]
        made = [one for one in found if one.is_done]
        self._count.set_status(str(len(to_make)), Tone.WARNING)
        self._count.setVisible(bool(to_make))
        self.setVisible(bool(found))
        for one in [*to_make, *made[:_DONE_ROWS]]:
            self._rows.addWidget(declaration_row(one, today, self._open))


def declaration_row(
    one: MyDeclaration, today: date, open_declaration: OpenDeclaration
) -> RowButton:
    """Return a declaration as a line."""
    tone, icon = look_of(one, today)
    words = about_declaration(one, today)
    made = RowButton(one.title, words, icon="signature", tone=tone, about_icon=icon)
    made.clicked.connect(lambda _on=False: open_declaration(one))
    return made


def about_declaration(one: MyDeclaration, today: date) -> str:
    """Return what it is, why it is there, and by when."""
    return about(one, _("To be declared"), _("On record"), today)
