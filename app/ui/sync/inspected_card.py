"""What lies in a file that somebody brought, before it is taken in."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.core.base.figures import moment, number, size
from app.core.base.words import _, plural
from app.core.reports import table_in_words
from app.core.sync import (
    Content,
    Inspected,
    Inspection,
    changes_in_words,
    files_in_words,
    newer_inside_in_words,
    scope_in_words,
    seals_in_words,
)
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.standing import entries

_SHOWN = 12
_SHOWN_OF_A_HASH = 16


class InspectedCard(Card):
    """The outside, which anybody may read; and the content, where a key of this PC opens it."""

    def __init__(self, seen: Inspected, parent: QWidget | None = None) -> None:
        super().__init__(_("What lies in it"), subtitle=_("Nothing was taken in."), parent=parent)
        for value, under, icon in (
            (seen.sender, _("From, as the sender calls itself"), "send"),
            (seen.sender_words, _("The words of the key that signed it"), "key-round"),
            (", ".join(seen.recipients), _("For"), "lock"),
            (
                f"{size(seen.size)} · {seen.sha256[:_SHOWN_OF_A_HASH]}",
                _("Size and SHA-256"),
                "hash",
            ),
        ):
            self.body.addWidget(FactRow(value, under, icon=icon))
        for one in seen.stamps.inspections:
            self.body.addWidget(FactRow(one.words, statement_in_words(one), icon="stamp"))
        if seen.stamps.trouble:
            self.body.addWidget(Banner(seen.stamps.trouble, Tone.WARNING))
        if seen.content is None:
            if seen.refusal:
                self.body.addWidget(Banner(seen.refusal, Tone.WARNING, icon="lock"))
            return
        self._add_content(seen.content)

    def _add_content(self, content: Content) -> None:
        for value, under, icon in _content(content):
            self.body.addWidget(FactRow(value, under, icon=icon))
        more = len(content.logs) - _SHOWN
        if more > 0:
            words = plural("and {count} more stretch", "and {count} more stretches", more)
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))
        if content.is_newer:
            self.body.addWidget(Banner(newer_inside_in_words(), Tone.INFO))
        told = "\n".join(
            f"{table_in_words(one.table)}: {changes_in_words(one)}"
            for one in content.tables
            if one.is_known
        )
        if told:
            self.body.addWidget(FactRow(_("What the entries tell of"), told, icon="table"))


def statement_in_words(one: Inspection) -> str:
    """Return what is shown below a stamp's words: whose statement it is, and the scanner's own words."""
    told = _("A statement of whoever stamped it, no proof.")
    return f"{told} {one.said}" if one.said else told


def _content(content: Content) -> Iterator[tuple[str, str, str]]:
    yield (
        _("File {number}, written {time}").format(
            number=number(content.number), time=moment(content.made_at)
        ),
        f"{entries(content.entries)} · {_papers(content.keys)} · {seals_in_words(content)}",
        "file-text",
    )
    if content.volumes:
        yield files_in_words(content), _("Beside it, in files of their own"), "book-open"
    for one in content.logs[:_SHOWN]:
        yield (
            _("Written on {station}").format(station=one.station),
            f"{scope_in_words(one.scope)} · {number(one.first)}–{number(one.last)} · {size(one.size)}",
            "monitor",
        )


def _papers(count: int) -> str:
    return plural("{count} paper about keys", "{count} papers about keys", count)
