"""`/statements` and the further pages of its answers (xAPI Communication 2.1)."""

from collections.abc import Sequence
from dataclasses import replace

from app.core.learning import (
    LONGEST_PAGE,
    Attached,
    StatementFormat,
    StatementPage,
    StatementQuery,
    Submission,
    preferred_languages,
    read_filter_agent,
    read_json,
    to_text,
)
from app.core.links.messages import JSON_TYPE, Request, Response, bad_request
from app.core.links.multipart import Part, read_parts, write_parts
from app.core.links.pages import page_link, place_of
from app.core.links.parameters import (
    count_of,
    flag_of,
    instant_of,
    iri_of,
    require_known,
    uuid_of,
)
from app.core.links.resources.call import NO_CONTENT, Call, Methods, http_date, told

_MULTIPART = "multipart/mixed"
_HASH = "x-experience-api-hash"
_ONE_STATEMENT = ("statementId", "voidedStatementId")
_TELLING = ("attachments", "format")
_FILTERS = (
    "agent",
    "verb",
    "activity",
    "registration",
    "related_activities",
    "related_agents",
    "since",
    "until",
    "limit",
    "ascending",
)


def put(call: Call) -> Response:
    """Record one statement under the id in the query."""
    require_known(call.request, ("statementId",))
    statement_id = uuid_of(call.request, "statementId")
    if statement_id is None:
        raise bad_request("the parameter statementId must be given")
    submission = _submission(call)
    if len(submission.untrusted_statements) != 1:
        raise bad_request("PUT takes one statement")
    statement = submission.untrusted_statements[0]
    if isinstance(statement, dict):
        given = statement.get("id", str(statement_id))
        if not isinstance(given, str) or given.lower() != str(statement_id):
            raise bad_request("the statement has another id than the parameter says")
        submission = replace(
            submission, untrusted_statements=({**statement, "id": str(statement_id)},)
        )
    call.statements.record(call.access.actor, submission, call.access.reach)
    return NO_CONTENT


def post(call: Call) -> Response:
    """Record one statement or a list of them, all or none; answer with their ids."""
    require_known(call.request, ())
    ids = call.statements.record(call.access.actor, _submission(call), call.access.reach)
    return told(to_text([str(one) for one in ids]))


def get(call: Call) -> Response:
    """Tell one statement by its id, or a page of those that match."""
    request = call.request
    require_known(request, (*_ONE_STATEMENT, *_TELLING, *_FILTERS))
    if not any(name in request.query for name in _ONE_STATEMENT):
        return page(call, _query(request), with_attachments=flag_of(request, "attachments"))
    if len(request.query.keys() - set(_TELLING)) > 1:
        raise bad_request("a statement that is asked for by its id has no other filters")
    found = _one_statement(call)
    return _with_attachments(call, found, found.texts[0], _changed(found))


def more(call: Call) -> Response:
    """Tell the next page of an answer."""
    query, with_attachments = place_of(call.request.path[-1])
    return page(call, query, with_attachments=with_attachments)


def page(call: Call, query: StatementQuery, *, with_attachments: bool) -> Response:
    """Tell a page of statements as a StatementResult."""
    found = call.statements.find(call.access.actor, query, call.access.reach)
    link = ""
    if found.next is not None:
        further = replace(query, after=found.next)
        link = f"{call.base}/more/{page_link(further, with_attachments=with_attachments)}"
    headers = _changed(found)
    text = f'{{"statements":[{",".join(found.texts)}],"more":{to_text(link)}}}'
    if not with_attachments:
        return told(text, headers)
    return _multipart(text, call.statements.attached(found), headers)


def _one_statement(call: Call) -> StatementPage:
    request = call.request
    voided = uuid_of(request, "voidedStatementId")
    statement_id = voided or uuid_of(request, "statementId")
    if statement_id is None:
        raise bad_request("an id must be given")
    return call.statements.statement(
        call.access.actor,
        statement_id,
        voided=voided is not None,
        told_as=_format(request),
        languages=preferred_languages(request.header("accept-language")),
        reach=call.access.reach,
    )


def _query(request: Request) -> StatementQuery:
    agent = request.query.get("agent")
    key = None if agent is None else read_filter_agent(agent)
    limit = count_of(request, "limit")
    return StatementQuery(
        agent=key,
        nobody=agent is not None and key is None,
        verb=iri_of(request, "verb"),
        activity=iri_of(request, "activity"),
        registration=uuid_of(request, "registration"),
        related_activities=flag_of(request, "related_activities"),
        related_agents=flag_of(request, "related_agents"),
        since=instant_of(request, "since"),
        until=instant_of(request, "until"),
        limit=min(limit or LONGEST_PAGE, LONGEST_PAGE),
        ascending=flag_of(request, "ascending"),
        format=_format(request),
        languages=preferred_languages(request.header("accept-language")),
    )


def _format(request: Request) -> StatementFormat:
    try:
        return StatementFormat(request.query.get("format", StatementFormat.EXACT))
    except ValueError:
        raise bad_request("the format is exact, ids or canonical") from None


def _submission(call: Call) -> Submission:
    request = call.request
    if request.media_type == JSON_TYPE:
        return Submission(untrusted_statements=_statements(request.body), version=call.version)
    if request.media_type != _MULTIPART:
        raise bad_request(f"statements come as {JSON_TYPE} or {_MULTIPART}")
    first, *others = read_parts(request.header("content-type"), request.body)
    if first.header("content-type").partition(";")[0].strip().lower() != JSON_TYPE:
        raise bad_request("the first part holds the statements, as JSON")
    return Submission(
        untrusted_statements=_statements(first.content),
        version=call.version,
        attached=_attached(others),
    )


def _statements(body: bytes) -> tuple[object, ...]:
    found = read_json(body, "body")
    return tuple(found) if isinstance(found, list) else (found,)


def _attached(parts: Sequence[Part]) -> tuple[Attached, ...]:
    from hashlib import sha256

    found = {}
    for part in parts:
        if part.header("content-transfer-encoding").lower() != "binary":
            raise bad_request("an attached part has Content-Transfer-Encoding: binary")
        sha2 = part.header(_HASH).lower()
        if sha2 != sha256(part.content).hexdigest():
            raise bad_request("X-Experience-API-Hash is not the SHA-256 of its part")
        media_type = part.header("content-type") or "application/octet-stream"
        found[sha2] = Attached(sha2=sha2, media_type=media_type, content=part.content)
    return tuple(found.values())


def _with_attachments(
    call: Call, found: StatementPage, text: str, headers: dict[str, str]
) -> Response:
    if not flag_of(call.request, "attachments"):
        return told(text, headers)
    return _multipart(text, call.statements.attached(found), headers)


def _changed(found: StatementPage) -> dict[str, str]:
    return {} if found.newest is None else {"Last-Modified": http_date(found.newest)}


def _multipart(text: str, attached: Sequence[Attached], headers: dict[str, str]) -> Response:
    parts = [Part({"Content-Type": JSON_TYPE}, text.encode())]
    parts += [
        Part(
            {
                "Content-Type": one.media_type,
                "Content-Transfer-Encoding": "binary",
                "X-Experience-API-Hash": one.sha2,
            },
            one.content,
        )
        for one in attached
    ]
    media_type, body = write_parts(parts)
    return Response(body=body, media_type=media_type, headers=headers)


METHODS: Methods = {"GET": get, "PUT": put, "POST": post}
MORE_METHODS: Methods = {"GET": more}
