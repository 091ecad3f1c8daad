"""The demo plant's controlled documents: revisions in force, one that waits, who has read, and who signs."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app.bootstrap.demo_logins import PASSWORD, PIN
from app.bootstrap.demo_places import demo_course
from app.core.base.actor import Actor
from app.core.base.resources import resource
from app.core.people import AccountId, Audience, RoleName
from app.core.signatures import Proof, Undersigned
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.controlled import (
    Ask,
    DocumentChange,
    ImpactDecision,
    NewDocument,
    NewRevision,
    Pinned,
    Reach,
)
from app.core.training.requirements import NewRequirement
from app.services import Services


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Who keeps the documents, and who signs them."""

    services: Services
    actor: Actor
    signer: Actor
    today: date
    people: Mapping[str, Actor]


def furnish_documents(
    services: Services,
    actor: Actor,
    said: dict[str, Any],
    today: date,
    people: Mapping[str, Actor],
) -> None:
    """Keep the documents of the demo's file; `people` by number."""
    signer = make_signer(services, actor, people[said["signed_by"]], said["seen"])
    shelf = _Shelf(services, actor, signer, today, people)
    for one in said["documents"]:
        _add(shelf, one)


def make_signer(services: Services, actor: Actor, person: Actor, seen: str) -> Actor:
    """Let somebody approve, with a password of their own and the statement signed."""
    if person.account_id is None:
        raise LookupError("whoever signs has an account")
    account, signatures = AccountId(person.account_id), services.signatures
    services.sign_in.accounts.grant_role(actor, account, RoleName.APPROVER)
    signer = services.sign_in.choose_password(person, PIN, PASSWORD).actor
    signatures.check_signer(actor, account, seen)
    signatures.accept_statement(signer, Proof(name=person.number, password=PASSWORD))
    return signer


def _add(shelf: _Shelf, said: dict[str, Any]) -> None:
    """Add a document with its revisions, ask for it, and let people read it."""
    documents, actor = shelf.services.documents, shelf.actor
    new = NewDocument(number=said["number"], title=said["title"], owner=said["owner"])
    document = documents.add(actor, new)
    requirement = _require(shelf, said, document)
    first, *later = said["revisions"]
    _revise(shelf, document, first)
    _read(shelf, said, requirement)
    for one in later:
        _revise(shelf, document, one)


def _require(shelf: _Shelf, said: dict[str, Any], document: UUID) -> UUID:
    training, actor = shelf.services.training, shelf.actor
    terms = Terms(
        from_on=shelf.today,
        validity=Validity.FOR_GOOD,
        evidence=EvidenceRule.NOT_BY_HAND,
        signed=False,  # those of the demo have a PIN, and no password to sign with
    )
    asked = training.catalogue.add(
        actor,
        NewRequirement(
            code=said["requirement"],
            title=said["requirement_title"],
            type=RequirementType.READ_ACK,
            terms=terms,
        ),
    )
    shelf.services.documents.change(actor, document, DocumentChange(requirements=(asked,)))
    training.assign(
        actor,
        said["requirement"],
        Audience(role_codes=(said["job_role"],)),
        due_on=shelf.today + timedelta(days=said["due_days"]),
        origin=said["reason"],
    )
    return asked


def _revise(shelf: _Shelf, document: UUID, said: dict[str, Any]) -> None:
    """Add a revision and submit it; what says whom it asks again waits for its approval."""
    documents, actor = shelf.services.documents, shelf.actor
    with _files(said["files"]) as files:
        new = NewRevision(
            label=said["label"],
            effective_from=shelf.today + timedelta(days=said["in_days"]),
            review_due=shelf.today + timedelta(days=said["review_in_days"]),
            summary=said["summary"],
            files=files,
        )
        revision = documents.add_revision(actor, document, new)
    if "asks" in said:
        decision = ImpactDecision(reach=Reach(ask=Ask.ALL), due_on=None, reason=said["asks"])
        documents.plans.keep(actor, revision, decision)
    documents.steps.submit(actor, revision, said.get("note", ""))
    if "asks" not in said:
        pen = shelf.services.signatures.pen(shelf.signer, Proof(name=None, password=PASSWORD))
        text = documents.steps.approval_text(shelf.signer, revision)
        documents.steps.approve(shelf.signer, revision, Undersigned(pen, text))


def _read(shelf: _Shelf, said: dict[str, Any], requirement: UUID) -> None:
    readings = shelf.services.documents.readings
    for number in (*said["read_by"], *said["opened_by"]):
        reader = shelf.people[number]
        reading = readings.open(reader, requirement)
        if number not in said["read_by"]:
            continue
        pinned = Pinned(
            requirement_id=requirement,
            revision_id=reading.revision.id,
            language=reading.file.language,
        )
        seconds = said["page_seconds"]
        readings.trace(reader, pinned, dict.fromkeys(range(1, reading.file.pages + 1), seconds))
        readings.acknowledge(reader, pinned)


@contextmanager
def _files(said: Mapping[str, str]) -> Iterator[dict[str, Path]]:
    """Lay out the files of a revision by language; those of a course are filled in as in the course."""
    with ExitStack() as open_folders:
        laid: dict[str, Path] = {}
        for language, name in said.items():
            kind, *rest = name.split("/")
            if kind == "courses":
                slug, file = rest
                laid[language] = open_folders.enter_context(demo_course(slug)) / file
            else:
                laid[language] = resource("demo", kind, *rest)
        yield laid
