"""Finding statements: filtered, sorted, counted and cut in SQL, along the index of keys."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.learning.statements.agents import AgentKey
from app.core.learning.statements.facets import find_key
from app.core.learning.statements.models import StatementKeyRow, StatementRow
from app.core.learning.statements.types import Place, StatementQuery


def matching(query: StatementQuery) -> sa.Select[StatementRow]:
    """Return the question for the statements of a query, in its order, one more than its limit.

    Voided statements are left out; what voids them is not, nor is what speaks of them.
    """
    order = sa.asc if query.ascending else sa.desc
    keys = _keys(query)
    found = (_by_keys(query, keys) if keys else _all(query)).limit(query.limit + 1).subquery()
    return (
        sa.select(StatementRow)
        .join(found, found.c.id == StatementRow.id)
        .order_by(order(StatementRow.stored), order(StatementRow.id))
    )


def _all(query: StatementQuery) -> sa.Select[Any, Any]:
    order = sa.asc if query.ascending else sa.desc
    one = aliased(StatementRow)
    return _within(
        sa.select(one.stored, one.id).where(_not_voided(one)), query, one.stored, one.id
    ).order_by(order(one.stored), order(one.id))


def _by_keys(query: StatementQuery, keys: list[bytes]) -> sa.Select[Any, Any]:
    """Walk the index of the first key; the others must hold for the same statement, or the same
    one it speaks of.
    """
    order = sa.asc if query.ascending else sa.desc
    one, first = aliased(StatementRow), aliased(StatementKeyRow)
    statement = _within(
        sa.select(first.stored, first.statement_id.label("id")),
        query,
        first.stored,
        first.statement_id,
    ).where(first.key == keys[0], one.id == first.statement_id, _not_voided(one))
    for key in keys[1:]:
        other = aliased(StatementKeyRow)
        same = sa.select(other.key).where(
            other.key == key,
            other.stored == first.stored,
            other.statement_id == first.statement_id,
            other.origin_id == first.origin_id,
        )
        statement = statement.where(_is_there(same))
    return statement.distinct().order_by(order(first.stored), order(first.statement_id))


def is_voided(session: Session, row: StatementRow) -> bool:
    """Tell whether a statement was taken back. What takes back is never taken back itself."""
    if row.voids is not None:
        return False
    return (
        session.scalar(sa.select(StatementRow.id).where(StatementRow.voids == row.id)) is not None
    )


def names_of(session: Session, key: AgentKey, limit: int) -> Iterator[StatementRow]:
    """Yield the newest statements that speak of an agent: they may tell a name."""
    query = StatementQuery(agent=key, related_agents=True, limit=limit)
    yield from session.scalars(matching(query))


def _keys(query: StatementQuery) -> list[bytes]:
    """Return the keys that all must be there, the rarest kind first: it leads the search."""
    found = []
    if query.registration is not None:
        found.append(find_key("registration", str(query.registration)))
    if query.agent is not None:
        kind = "related-agent" if query.related_agents else "agent"
        found.append(find_key(kind, query.agent.text))
    if query.activity is not None:
        kind = "related-activity" if query.related_activities else "activity"
        found.append(find_key(kind, query.activity))
    if query.verb is not None:
        found.append(find_key("verb", query.verb))
    return found


def _not_voided(one: type[StatementRow]) -> sa.ColumnElement[bool]:
    voiding = aliased(StatementRow)
    taking_back = sa.select(voiding.id).where(voiding.voids == one.id)
    return sa.or_(one.voids.is_not(None), ~_is_there(taking_back))


def _is_there(wanted: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """Return that something is there for a row, which is asked of each row that is reached.

    Without the offset PostgreSQL may ask it of all at once: it reads all that a verb is the verb of, or
    every statement, for a page of a hundred.
    """
    return wanted.offset(0).exists()


def _within(
    statement: sa.Select[Any, Any], query: StatementQuery, stored: Any, statement_id: Any
) -> sa.Select[Any, Any]:
    if query.nobody:
        statement = statement.where(sa.false())
    if query.since is not None:
        statement = statement.where(stored > query.since)
    if query.until is not None:
        statement = statement.where(stored <= query.until)
    if query.after is not None:
        statement = statement.where(_beyond(query.after, query.ascending, stored, statement_id))
    return statement


def _beyond(
    place: Place, ascending: bool, stored: Any, statement_id: Any
) -> sa.ColumnElement[bool]:
    if ascending:
        return sa.and_(
            stored >= place.stored,
            sa.or_(stored > place.stored, statement_id > place.statement_id),
        )
    return sa.and_(
        stored <= place.stored, sa.or_(stored < place.stored, statement_id < place.statement_id)
    )
