"""Documents on a learner's home: what is to be read, and what was, one line each."""

from collections.abc import Callable
from datetime import date

from app.core.base.words import _
from app.core.training.controlled import MyDocument
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.chips import CountChip
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone
from app.ui.learning.own_work import about, look_of

OpenDocument = Callable[[MyDocument], None]
_READ_ROWS = 6


class DocumentsCard(Card):
    """What is to be read first, by its due date; each line opens its document."""

    def __init__(self, open_document: OpenDocument) -> None:
        super().__init__(_("Documents"), gap=6)
        self._open = open_document
        self._count = CountChip("0", Tone.WARNING)
        self.add_action(self._count)
        self._rows = column(gap=2)
        self.body.addLayout(self._rows)

    def show_documents(self, documents: tuple[MyDocument, ...], today: date) -> None:
        """Show all that are to be read, and some of those that were."""
        clear(self._rows)
        to_read = [one for one in documents if not one.is_done]
        read = [one for one in documents if one.is_done]
        self._count.set_status(str(len(to_read)), Tone.WARNING)
        self._count.setVisible(bool(to_read))
        self.setVisible(bool(documents))
        for one in [*to_read, *read[:_READ_ROWS]]:
            self._rows.addWidget(document_row(one, today, self._open))


def document_row(one: MyDocument, today: date, open_document: OpenDocument) -> RowButton:
    """Return a document as a line."""
    tone, icon = look_of(one, today)
    made = RowButton(
        called(one), about_document(one, today), icon="scroll-text", tone=tone, about_icon=icon
    )
    made.clicked.connect(lambda _on=False: open_document(one))
    return made


def called(one: MyDocument) -> str:
    """Return what a document is called on the learner's home."""
    return f"{one.number} · {one.title}"


def about_document(one: MyDocument, today: date) -> str:
    """Return which revision it is, why it is there, and by when."""
    label = one.read_label or one.label
    read = _("Revision {label} acknowledged").format(label=label)
    return about(one, _("Revision {label}").format(label=one.label), read, today)
