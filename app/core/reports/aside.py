"""What lies aside of a revoked PC, in words: what each entry says, as the audit trail would."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.words import _, plural
from app.core.journal.changes import BodyUnreadable, decode_changes
from app.core.journal.personal import LentKeyring, Opening
from app.core.reports.audit import WordedChange, worded_change
from app.core.reports.audit_actions import action_in_words
from app.core.sync import AsideEntry, scope_in_words

_MOST = 20
"""Changes of one entry that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedAside:
    """One entry."""

    entry: AsideEntry
    title: str
    author: str
    about: str
    """Of what its log tells, and which entry of it."""
    said: tuple[str, ...]
    """What it says, a line for each row that it changed."""

    @property
    def at(self) -> datetime:
        """Return when it was written, by the clock of that PC."""
        return self.entry.at


def worded_asides(
    session: Session, entries: Sequence[AsideEntry], authors: Mapping[UUID, str]
) -> tuple[WordedAside, ...]:
    """Return entries as somebody who decides over them reads them."""
    connection = session.connection()
    opening = Opening(LentKeyring(connection), connection)
    return tuple(
        WordedAside(
            entry=one,
            title=action_in_words(one.action),
            author=authors.get(one.account_id, "") if one.account_id else "",
            about=_("{scope}, entry {number}").format(
                scope=scope_in_words(one.scope), number=one.seq
            ),
            said=tuple(_said(one.body, opening)),
        )
        for one in entries
    )


def _said(body: bytes, opening: Opening) -> Iterator[str]:
    try:
        changes = decode_changes(body)
    except BodyUnreadable:
        yield _("It cannot be read.")
        return
    for change in opening.opened(changes[:_MOST]):
        yield _line(worded_change(change))
    more = len(changes) - _MOST
    if more > 0:
        yield plural("and {count} more change", "and {count} more changes", more)


def _line(change: WordedChange) -> str:
    said = "; ".join(
        f"{one.title}: {one.new}" if not one.old else f"{one.title}: {one.old} → {one.new}"
        for one in change.columns
        if one.old or one.new
    )
    return f"{change.title} – {said}" if said else change.title
