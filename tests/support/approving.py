"""Submitting, approving and rejecting things of no kind in particular, as features do it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from app.core.approvals import (
    Approval,
    Approvals,
    Subject,
    approval_text,
    approve,
    reject,
    submit,
    withdraw,
)
from app.core.base.actor import Actor, system_actor
from app.core.base.clock import local_day
from app.core.base.ids import new_id
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonRow
from app.core.signatures import Proof, Undersigned
from tests.support.in_touch import Pc
from tests.support.signers import PASSWORD, SECOND, SECOND_PASSWORD, Door

KIND = "document_revision"
SHA = "a" * 64
SYSTEM = system_actor()
AUTHOR = replace(system_actor("Asha"), account_id=new_id())


def entered_again(pc: Pc, actor: Actor) -> Actor:
    """Put somebody on record a second time, with an account; return them as they come in by it."""
    twin, account = new_id(), new_id()
    with pc.opened.site.transaction(SYSTEM, "test") as unit:
        unit.add(PersonRow(id=twin, number="E-1b", name="Meera Joshi", search_text="meera"))
        unit.flush()
        unit.add(AccountRow(id=account, person_id=twin, login="meera2", name=""))
    return replace(actor, account_id=account, person_id=twin)


def found_to_be_one(pc: Pc, *entered: Actor) -> None:
    """Merge those whom somebody put on record more than once."""
    with pc.opened.site.transaction(SYSTEM, "test") as unit:
        together = new_id()
        for one in entered:
            assert one.person_id is not None
            unit.edit_anywhere(PersonRow, one.person_id, {"merged_as_id": together})


def subject_of(key: UUID) -> Subject:
    return Subject(KIND, key)


def submitted(pc: Pc, key: UUID, actor: Actor = AUTHOR, sha256: str = SHA) -> UUID:
    """Let somebody submit a thing; return the step."""
    site = pc.opened.site
    with site.transaction(actor, "course.edit") as unit:
        return submit(
            unit,
            actor,
            subject_of(key),
            site_id=site.site_id,
            sha256=sha256,
            now=site.clock.now(),
        )


def approved(
    door: Door, actor: Actor, key: UUID, *, on: date | None = None, sha256: str = SHA
) -> UUID:
    """Let somebody approve a thing and sign; return the step."""
    site = door.pc.opened.site
    pen = door.signatures.pen(actor, Proof(name="meera", password=PASSWORD))
    day = on or local_day(site.clock)
    signed = Undersigned(pen, "What was read")
    approval = Approval(sha256=sha256, effective_on=day, signed=signed)
    with site.transaction(actor, "course.edit") as unit:
        return approve(unit, actor, subject_of(key), approval, "What was read", site.clock.now())


def rejected(pc: Pc, actor: Actor, key: UUID, reason: str = "step 3 is wrong") -> None:
    site = pc.opened.site
    with site.transaction(actor, "course.edit") as unit:
        reject(unit, actor, subject_of(key), reason=reason, now=site.clock.now())


def withdrawn(pc: Pc, actor: Actor, key: UUID, reason: str = "not ready") -> None:
    site = pc.opened.site
    with site.transaction(actor, "course.edit") as unit:
        withdraw(unit, actor, subject_of(key), reason=reason, now=site.clock.now())


def approve_less(
    approvals: Approvals, door: Door, actor: Actor, subject: Subject, *, days: int = 0
) -> None:
    """Let somebody review a proposal to ask for less and sign it, effective today or some days later."""
    acts = approvals.acts(subject.kind)
    review = acts.review(actor, subject)
    login, password = (
        ("meera", PASSWORD) if actor.name == "Meera Joshi" else (SECOND, SECOND_PASSWORD)
    )
    on = approvals.today + timedelta(days=days)
    approval = Approval(
        sha256=review.sha256,
        effective_on=on,
        signed=Undersigned(
            door.signatures.pen(actor, Proof(name=login, password=password)),
            approval_text(review, on),
        ),
    )
    acts.approve(actor, subject, approval)
