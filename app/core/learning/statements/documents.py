"""Documents that content keeps: states, and profiles of activities and agents.

A state changes with every slide, so it is a local row, on disk before its writer is answered; when
a launch ends, and when the program does, the last version becomes a fact and travels with the
person's records. Profiles change seldom: each version is a fact at once.
"""

from datetime import datetime
from hashlib import sha1
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit
from app.core.learning.statements.errors import (
    ConditionMissing,
    DocumentChanged,
    DocumentConflict,
    DocumentTooLarge,
    StatementInvalid,
)
from app.core.learning.statements.exact_json import Json, read_json, to_text
from app.core.learning.statements.models import DocumentKind, DocumentRow, DocumentVersionRow
from app.core.learning.statements.types import Condition, Document, DocumentPlace
from app.core.learning.statements.versions import XapiVersion
from app.core.storage.columns import canonical_json

LONGEST_DOCUMENT = 4 << 20
"""Bytes: a state is where somebody stopped, not a file store."""

JSON_TYPE = "application/json"
_DOCUMENTS = UUID("4b0f6e0c-6c2f-5f0a-9c5b-2f7a3b1d9e64")


def find(session: Session, place: DocumentPlace) -> Document | None:
    """Return the document at a place, or None."""
    row = session.get(DocumentRow, document_id(place))
    if row is None or row.content is None:
        return None
    return Document(
        content=row.content, media_type=row.media_type, etag=row.etag, updated_at=row.updated_at
    )


def names(
    session: Session, place: DocumentPlace, since: datetime | None
) -> list[tuple[str, datetime]]:
    """Return the names of the documents at a place, and when each changed last, by name."""
    statement = _at(place).where(DocumentRow.content.is_not(None)).order_by(DocumentRow.name)
    if since is not None:
        statement = statement.where(DocumentRow.updated_at > since)
    return [(row.name, row.updated_at) for row in session.scalars(statement)]


def put(
    unit: Unit,
    place: DocumentPlace,
    fresh: Document,
    condition: Condition,
    version: XapiVersion,
) -> None:
    """Replace or make a document. Raises DocumentChanged, DocumentConflict, DocumentTooLarge, ConditionMissing."""
    known = find(unit, place)
    _check(known, condition)
    is_profile = place.kind is not DocumentKind.STATE
    if condition == Condition() and (is_profile or version is XapiVersion.TWO):
        if known is not None:
            raise DocumentConflict
        if version is XapiVersion.ONE:
            raise ConditionMissing
    keep(unit, place, fresh)


def keep(unit: Unit, place: DocumentPlace, fresh: Document) -> None:
    """Make or replace a document, whatever was there. Raises DocumentTooLarge."""
    if len(fresh.content) > LONGEST_DOCUMENT:
        raise DocumentTooLarge(LONGEST_DOCUMENT)
    key = document_id(place)
    row = unit.get(DocumentRow, key)
    if row is None:
        row = DocumentRow(
            id=key,
            kind=place.kind,
            activity=place.activity,
            agent="" if place.agent is None else place.agent.text,
            registration=place.registration,
            name=place.name,
        )
        unit.add(row)
    row.content = fresh.content
    row.media_type = fresh.media_type
    row.etag = fresh.etag
    row.updated_at = fresh.updated_at
    row.is_settled = False
    unit.flush()


def merge(unit: Unit, place: DocumentPlace, fresh: Document, condition: Condition) -> None:
    """Lay the properties of a JSON document over those of the one before; without one, make it.

    Raises StatementInvalid when one of both is not a JSON object, and what `put` raises.
    """
    known = find(unit, place)
    _check(known, condition)
    given = _json_object(fresh) if is_json(fresh.media_type) else None
    if known is None:
        keep(unit, place, fresh)
        return
    before = _json_object(known) if is_json(known.media_type) else None
    if given is None or before is None:
        raise StatementInvalid("document", "only JSON documents can be merged")
    content = to_text({**before, **given}).encode()
    keep(unit, place, document_of(content, JSON_TYPE, fresh.updated_at))


def remove(unit: Unit, place: DocumentPlace, condition: Condition, now: datetime) -> None:
    """Delete a document, or without a name all at the place. Raises DocumentChanged."""
    if place.name:
        _check(find(unit, place), condition)
    statement = _at(place).where(DocumentRow.content.is_not(None))
    if place.name:
        statement = statement.where(DocumentRow.id == document_id(place))
    for row in unit.scalars(statement):
        row.content = None
        row.updated_at = now
        row.is_settled = False
    unit.flush()


def document_of(content: bytes, media_type: str, now: datetime) -> Document:
    """Return a document with its hash."""
    etag = sha1(content, usedforsecurity=False).hexdigest()
    return Document(content=content, media_type=media_type, etag=etag, updated_at=now)


def document_id(place: DocumentPlace) -> UUID:
    """Return the id of the document at a place: the same on every PC."""
    registration = "" if place.registration is None else str(place.registration)
    agent = "" if place.agent is None else place.agent.text
    address = [place.kind.value, place.activity, agent, registration, place.name]
    return uuid5(_DOCUMENTS, canonical_json(address))


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON's."""
    return media_type.partition(";")[0].strip().lower() == JSON_TYPE


def unsettled() -> sa.Select[DocumentRow]:
    """Return the question for documents that changed since they were last made facts."""
    return sa.select(DocumentRow).where(DocumentRow.is_settled.is_(False))


def settle(unit: Unit, row: DocumentRow, person_id: UUID | None) -> None:
    """Make a fact of a document as it is now."""
    unit.add(
        DocumentVersionRow(
            document_id=row.id,
            kind=row.kind,
            activity=row.activity,
            agent=row.agent,
            registration=row.registration,
            name=row.name,
            person_id=person_id,
            at=row.updated_at,
            content=row.content,
            media_type=row.media_type,
        )
    )
    row.is_settled = True
    if row.content is None:
        unit.delete(row)


def rebuild_documents(unit: Unit) -> None:
    """Bring what is kept here up to the newest versions in the records: after a restore or import.

    What changed here and is not a fact yet stays when it is the newer of both.
    """
    newest = (
        sa.select(DocumentVersionRow.document_id, sa.func.max(DocumentVersionRow.at).label("at"))
        .group_by(DocumentVersionRow.document_id)
        .subquery()
    )
    statement = (
        sa.select(DocumentVersionRow)
        .join(
            newest,
            sa.and_(
                newest.c.document_id == DocumentVersionRow.document_id,
                newest.c.at == DocumentVersionRow.at,
            ),
        )
        .order_by(DocumentVersionRow.id)
    )
    for version in unit.scalars(statement):
        row = unit.get(DocumentRow, version.document_id)
        if row is not None and row.updated_at > version.at:
            continue
        if version.content is None:
            if row is not None:
                unit.delete(row)
        else:
            unit.merge(_row_of(version, version.content))
    unit.flush()


def _row_of(version: DocumentVersionRow, content: bytes) -> DocumentRow:
    return DocumentRow(
        id=version.document_id,
        kind=version.kind,
        activity=version.activity,
        agent=version.agent,
        registration=version.registration,
        name=version.name,
        content=content,
        media_type=version.media_type,
        etag=document_of(content, version.media_type, version.at).etag,
        updated_at=version.at,
        is_settled=True,
    )


def _at(place: DocumentPlace) -> sa.Select[DocumentRow]:
    statement = sa.select(DocumentRow).where(
        DocumentRow.kind == place.kind,
        DocumentRow.activity == place.activity,
        DocumentRow.agent == ("" if place.agent is None else place.agent.text),
    )
    if place.registration is not None:
        statement = statement.where(DocumentRow.registration == place.registration)
    return statement


def _check(known: Document | None, condition: Condition) -> None:
    """Raise DocumentChanged unless the document is as the writer takes it to be (RFC 9110 §13.1)."""
    if condition.if_match is not None and not _names(condition.if_match, known):
        raise DocumentChanged
    if condition.if_none_match is not None and _names(condition.if_none_match, known):
        raise DocumentChanged


def _names(untrusted_header: str, known: Document | None) -> bool:
    if known is None:
        return False
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in untrusted_header.split(",")]
    return tags == ["*"] or known.etag in tags


def _json_object(document: Document) -> Json:
    found = read_json(document.content, "document")
    if not isinstance(found, dict):
        raise StatementInvalid("document", "this must be an object")
    return found
