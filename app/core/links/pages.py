"""The `more` link: everything about the next page, in the link itself, so that nothing is kept."""

import base64
import binascii
from typing import Any

import msgspec

from app.core.learning import (
    LONGEST_PAGE,
    AgentKey,
    Place,
    StatementFormat,
    StatementInvalid,
    StatementQuery,
    parse_timestamp,
    read_agent,
    read_uuid,
    written_instant,
)
from app.core.links.messages import bad_request


class _Link(msgspec.Struct, array_like=True):
    """A query as it stands in a link. Untrusted again when it comes back."""

    agent: str
    verb: str | None
    activity: str | None
    registration: str
    flags: list[bool]
    since: str
    until: str
    limit: int
    format: str
    languages: list[str]
    stored: str
    statement_id: str


def page_link(query: StatementQuery, *, with_attachments: bool) -> str:
    """Return the link's last part for the page that begins after `query.after`. Raises ValueError."""
    place = query.after
    if place is None:
        raise ValueError("the first page needs no link")
    link = _Link(
        agent="" if query.agent is None else query.agent.text,
        verb=query.verb,
        activity=query.activity,
        registration="" if query.registration is None else str(query.registration),
        flags=[
            query.related_activities,
            query.related_agents,
            query.ascending,
            with_attachments,
        ],
        since="" if query.since is None else written_instant(query.since),
        until="" if query.until is None else written_instant(query.until),
        limit=query.limit,
        format=query.format.value,
        languages=list(query.languages),
        stored=written_instant(place.stored),
        statement_id=str(place.statement_id),
    )
    return base64.urlsafe_b64encode(msgspec.json.encode(link)).decode("ascii").rstrip("=")


def place_of(untrusted_link: str) -> tuple[StatementQuery, bool]:
    """Return the query of a link and whether it wants attachments. Raises HttpError (400)."""
    try:
        padded = untrusted_link + "=" * (-len(untrusted_link) % 4)
        link = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=_Link)
        related_activities, related_agents, ascending, with_attachments = link.flags
        query = StatementQuery(
            agent=_agent(link.agent),
            verb=link.verb,
            activity=link.activity,
            registration=_known(read_uuid(link.registration)) if link.registration else None,
            related_activities=related_activities,
            related_agents=related_agents,
            since=_known(parse_timestamp(link.since)) if link.since else None,
            until=_known(parse_timestamp(link.until)) if link.until else None,
            limit=max(1, min(link.limit, LONGEST_PAGE)),
            ascending=ascending,
            after=Place(_known(parse_timestamp(link.stored)), _known(read_uuid(link.statement_id))),
            format=StatementFormat(link.format),
            languages=tuple(link.languages),
        )
    except (binascii.Error, msgspec.DecodeError, ValueError, StatementInvalid) as error:
        raise bad_request("this is not a link to a further page") from error
    return query, with_attachments


def _agent(text: str) -> AgentKey | None:
    return read_agent(text) if text else None


def _known(value: Any) -> Any:  # the type of what came, without None
    if value is None:
        raise ValueError("missing")
    return value
