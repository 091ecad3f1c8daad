"""From what was sent to what may be recorded: checked, completed, its attachments paired up."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from app.core.base.ids import new_id
from app.core.learning.statements.errors import StatementInvalid
from app.core.learning.statements.exact_json import Json
from app.core.learning.statements.facets import inner_statement
from app.core.learning.statements.grammar import check_statement
from app.core.learning.statements.sameness import as_list
from app.core.learning.statements.scalars import in_utc
from app.core.learning.statements.signatures import SIGNATURE_TYPE, check_signature, is_signature
from app.core.learning.statements.types import Attached, Submission
from app.core.learning.statements.versions import XapiVersion, stamped_version


class Accepted(NamedTuple):
    """A checked statement, with an id."""

    id: UUID
    document: Json


def accepted(submission: Submission) -> list[Accepted]:
    """Return the statements of a submission, checked and each with an id. Raises StatementInvalid."""
    found = submission.untrusted_statements
    for position, statement in enumerate(found):
        check_statement(statement, submission.version, _name(position, len(found)))
    _check_attachments(submission)
    statements = [_completed(statement, submission.version) for statement in found]
    if len({one.id for one in statements}) != len(statements):
        raise StatementInvalid("id", "two statements have the same id")
    return statements


def attachments_of(statement: Json) -> Iterator[Json]:
    """Yield the descriptions of what is attached to a statement and to one inside it."""
    yield from statement.get("attachments", ())
    inner = inner_statement(statement)
    if inner is not None:
        yield from attachments_of(inner)


def _name(position: int, count: int) -> str:
    return "statement" if count == 1 else f"statement[{position}]"


def _completed(statement: Json, version: XapiVersion) -> Accepted:
    document = _normal(statement, version)
    statement_id = UUID(statement["id"]) if "id" in statement else new_id()
    document["id"] = str(statement_id)
    document.setdefault("version", stamped_version(version))
    return Accepted(statement_id, document)


def _normal(statement: Json, version: XapiVersion) -> Json:
    """Return a statement in the one form that a store gives out, whichever was sent."""
    normal = dict(statement)
    context = statement.get("context", {})
    if "contextActivities" in context:
        lists = {name: as_list(given) for name, given in context["contextActivities"].items()}
        normal["context"] = {**context, "contextActivities": lists}
    if version is XapiVersion.TWO and "timestamp" in statement:
        normal["timestamp"] = in_utc(statement["timestamp"])
    inner = inner_statement(statement)
    if inner is not None:
        normal["object"] = _normal(inner, version)
    return normal


def _check_attachments(submission: Submission) -> None:
    contents = {one.sha2: one for one in submission.attached}
    described: set[str] = set()
    for statement in submission.untrusted_statements:
        for attachment in attachments_of(statement):
            sha2 = attachment["sha2"].lower()
            described.add(sha2)
            if "fileUrl" not in attachment and sha2 not in contents:
                raise StatementInvalid("attachments", "the bytes of an attachment are missing")
        _check_signatures(statement, contents, submission.version)
    if not described.issuperset(contents):
        raise StatementInvalid("attachments", "there are bytes that no statement speaks of")


def _check_signatures(statement: Json, contents: dict[str, Attached], version: XapiVersion) -> None:
    for attachment in _signatures(statement.get("attachments", ())):
        content = contents.get(attachment["sha2"].lower())
        if content is None or attachment["contentType"] != SIGNATURE_TYPE:
            raise StatementInvalid("attachments", f"a signature comes as {SIGNATURE_TYPE}")
        check_signature(statement, content.content, version)


def _signatures(attachments: Iterable[Json]) -> list[Json]:
    return [one for one in attachments if is_signature(one)]
