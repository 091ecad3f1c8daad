"""What newer programs say must not be passed over: kept, heeded and told to others (ADR 75)."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.core.journal.critical import MOST_KINDS, CriticalKind, declared_kinds
from app.core.journal.held import HELD
from app.core.journal.making_up import hold_anew
from app.core.journal.projection.critical import kinds_known
from app.core.journal.projection.models import CriticalKindRow
from app.core.journal.service import index_mentions
from app.core.journal.site import Site


def critical_kinds(connection: sa.Connection) -> tuple[str, ...]:
    """Return what goes along with every file: what this program declares, and what others said."""
    return tuple(sorted({*declared_kinds(), *kinds_known(connection)}))


def learn_critical(site: Site, untrusted_words: Iterable[str]) -> None:
    """Keep what a program says must not be passed over, and hold what is here of it already."""
    said = {word: kind for word in untrusted_words if (kind := CriticalKind.read(word))}
    with site.read() as session:
        known = kinds_known(session.connection())
    new = sorted(said.keys() - known)[: max(0, MOST_KINDS - len(known))]
    if not new:
        return
    index_mentions(site)
    with site.database.write() as connection:
        connection.execute(sa.insert(CriticalKindRow), [{"word": word} for word in new])
        hold_anew(connection, sorted({said[word].table for word in new}))
    site.announce(frozenset({HELD}))
