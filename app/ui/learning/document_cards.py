"""Documents on a learner's home: what is to be read, and what was, one line each."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.controlled import MyDocument
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.chips import CountChip
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone
from app.ui.learning.standings import due_words, first_in_words

OpenDocument = Callable[[MyDocument], None]
_READ_ROWS = 6
_SOON = timedelta(days=7)


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
    tone, icon = _look(one, today)
    made = RowButton(
        called(one), about_document(one, today), icon="scroll-text", tone=tone, about_icon=icon
    )
    made.clicked.connect(lambda _on=False: open_document(one))
    return made


def next_to_read(documents: Sequence[MyDocument]) -> MyDocument | None:
    """Return the document to read next: the first that nothing comes before, else the first."""
    to_read = [one for one in documents if not one.is_done]
    free = (one for one in to_read if not one.comes_first)
    return next(free, next(iter(to_read), None))


def is_pressing(one: MyDocument, today: date) -> bool:
    """Tell whether a document is to be read within a week, or should have been."""
    return not one.is_done and one.due_on is not None and one.due_on <= today + _SOON


def called(one: MyDocument) -> str:
    """Return what a document is called on the learner's home."""
    return f"{one.number} · {one.title}"


def about_document(one: MyDocument, today: date) -> str:
    """Return which revision it is, why it is there, and by when."""
    parts = []
    if one.is_done:
        label = one.read_label or one.label
        parts.append(_("Revision {label} acknowledged").format(label=label))
        if one.valid_until is not None:
            parts.append(_("valid to {day}").format(day=day(one.valid_until)))
        return " · ".join(parts)
    parts.append(_("Revision {label}").format(label=one.label))
    if one.comes_first:
        parts.append(first_in_words(one.comes_first))
    if one.due_on is not None:
        parts.append(due_words(one.due_on, today))
    if one.origin:
        parts.append(one.origin)
    return " · ".join(parts)


def _look(one: MyDocument, today: date) -> tuple[Tone, str]:
    if one.is_done:
        return Tone.SUCCESS, "circle-check"
    last = one.late_after or one.due_on
    if last is not None and last < today:
        return Tone.DANGER, "triangle-alert"
    if one.comes_first:
        return Tone.WARNING, "lock"
    return Tone.WARNING, "calendar-clock"
