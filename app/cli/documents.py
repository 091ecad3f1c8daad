"""`training document`: the register, its revisions, what a new one asks of people, who has read it."""

from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli import document_words as words
from app.cli.days import day_of
from app.cli.document_called import labelled, revision_called
from app.cli.document_comparing import compare
from app.cli.document_reviewing import keeper, review, reviews
from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.core.base.errors import NotFound
from app.core.base.words import _, plural
from app.core.training.controlled import (
    REVISION_STATES,
    Ask,
    AskFrom,
    ChangeClass,
    DocumentChange,
    DocumentDetail,
    ImpactDecision,
    ImpactSubject,
    NewDocument,
    NewRevision,
    Reach,
    ReadingTerms,
    Revision,
    RevisionState,
)

commands = typer.Typer(
    name="document", help=_("Documents: list, add, revise, release, review, ask again, retire.")
)

_Number = Annotated[str, typer.Argument(help=_("Its number, as SOP-123."))]
_Label = Annotated[str, typer.Argument(help=_("Label of the revision, as 5."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]

for command in (compare, review, reviews, keeper):
    commands.command()(command)


@commands.command("list")
def list_all(
    context: typer.Context,
    text: Annotated[str, typer.Option(help=_("Only those that have these words."))] = "",
    review: Annotated[bool, typer.Option(help=_("Only those whose review is due."))] = False,
) -> None:
    """List the documents by number: number, revision in force, title."""
    frame = frame_of(context)
    found = frame.services.documents.all(frame.actor(), text)
    shown = [one for one in found if one.is_review_due or not review]
    frame.tell(
        "\n".join(f"{one.number}\t{_label(one.in_force)}\t{one.title}" for one in shown)
        or _("There are no documents."),
        {"documents": [words.summary(one) for one in shown]},
    )


@commands.command()
def show(context: typer.Context, number: _Number) -> None:
    """Show one with its revisions, who points at it, and what was decided."""
    frame = frame_of(context)
    _tell(frame, frame.services.documents.numbered(frame.actor(), number))


@commands.command()
def add(
    context: typer.Context,
    number: _Number,
    title: Annotated[str, typer.Argument(help=_("Its title."))],
    owner: Annotated[str, typer.Option(help=_("Department or function that answers for it."))],
    unit: Annotated[
        str | None, typer.Option(help=_("Code of where it applies; all of it."))
    ] = None,
    requirement: Annotated[
        list[str] | None, typer.Option(help=_("Code of a requirement that wants it read."))
    ] = None,
    page_seconds: Annotated[int, typer.Option(help=_("How long each page is looked at."))] = 2,
    least_seconds: Annotated[int, typer.Option(help=_("How long the whole is read."))] = 0,
    may_print: Annotated[bool, typer.Option(help=_("Whether learners may print it."))] = False,
) -> None:
    """Add a document; its first revision follows."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    wanted = _requirements(frame, requirement or [])
    new = NewDocument(
        number=number,
        title=title,
        owner=owner,
        org_unit_id=None if unit is None else _unit(frame, unit),
        terms=ReadingTerms(
            page_seconds=page_seconds, least_seconds=least_seconds, may_print=may_print
        ),
    )
    added = documents.add(actor, new)
    if wanted:
        documents.change(actor, added, DocumentChange(requirements=wanted))
    _tell(frame, documents.detail(actor, added))


@commands.command()
def require(
    context: typer.Context,
    number: _Number,
    requirement: Annotated[list[str], typer.Argument(help=_("Codes; all that want it read."))],
    reason: _Reason = "",
) -> None:
    """Say which requirements want it read; signed where one of them wanted another read, or wants it no more."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    found = documents.numbered(actor, number)
    change = DocumentChange(requirements=_requirements(frame, requirement))
    text = documents.change_text(actor, found.summary.id, change, reason)
    signed = undersigned(frame, text) if text else None
    documents.change(actor, found.summary.id, change, reason, signed)
    _tell(frame, documents.detail(actor, found.summary.id))


@commands.command()
def revise(
    context: typer.Context,
    number: _Number,
    label: _Label,
    file: Annotated[
        list[str],
        typer.Argument(
            help=_("PDF, PNG, JPEG, Markdown, HTML or text; or LANGUAGE=FILE, as hi=sop.pdf.")
        ),
    ],
    effective: Annotated[
        str | None, typer.Option(help=_("First day in force; the next that is free."))
    ] = None,
    review: Annotated[str | None, typer.Option(help=_("Day by which it is reviewed."))] = None,
    summary: Annotated[str, typer.Option(help=_("What changed."))] = "",
    change: Annotated[ChangeClass, typer.Option(help=_("minor or major."))] = ChangeClass.MAJOR,
    submit: Annotated[bool, typer.Option(help=_("Submit it for approval at once."))] = False,
) -> None:
    """Add a revision as a draft."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    found = documents.numbered(actor, number)
    new = NewRevision(
        label=label,
        effective_from=day_of(effective) or found.free_from,
        review_due=day_of(review),
        summary=summary,
        change_class=change,
        files=dict(_named_file(one) for one in file),
    )
    added = documents.add_revision(actor, found.summary.id, new, frame.progress())
    if submit:
        documents.steps.submit(actor, added)
    _tell(frame, documents.detail(actor, found.summary.id))


@commands.command()
def submit(
    context: typer.Context,
    number: _Number,
    label: _Label,
    note: _Reason = "",
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Submit it although places are left to be filled in."))
    ] = False,
) -> None:
    """Give a draft to whoever approves."""
    frame = frame_of(context)
    found, revision = revision_called(frame, number, label)
    steps, actor = frame.services.documents.steps, frame.actor()
    confirmed = steps.places_left(actor, revision.id) if yes else ()
    steps.submit(actor, revision.id, note, confirmed)
    _tell(frame, frame.services.documents.detail(frame.actor(), found.summary.id))


@commands.command()
def approve(context: typer.Context, number: _Number, label: _Label, remark: _Reason = "") -> None:
    """Approve what somebody else submitted; signed with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    found, revision = revision_called(frame, number, label)
    documents, actor = frame.services.documents, frame.actor()
    signed = undersigned(frame, documents.steps.approval_text(actor, revision.id))
    documents.steps.approve(actor, revision.id, signed, remark)
    _tell(frame, documents.detail(actor, found.summary.id))


@commands.command()
def reject(
    context: typer.Context,
    number: _Number,
    label: _Label,
    reason: Annotated[str, typer.Option(help=_("Why."))],
) -> None:
    """Send what was submitted back to its author."""
    frame = frame_of(context)
    found, revision = revision_called(frame, number, label)
    frame.services.documents.steps.reject(frame.actor(), revision.id, reason)
    _tell(frame, frame.services.documents.detail(frame.actor(), found.summary.id))


@commands.command()
def withdraw(
    context: typer.Context,
    number: _Number,
    label: _Label,
    reason: Annotated[str, typer.Option(help=_("Why."))],
) -> None:
    """End a revision: what was in force before goes on. One that is approved somebody else ends, and signs."""
    frame = frame_of(context)
    found, revision = revision_called(frame, number, label)
    steps, actor = frame.services.documents.steps, frame.actor()
    text = steps.withdrawal_text(actor, revision.id, reason)
    steps.withdraw(actor, revision.id, reason, undersigned(frame, text) if text else None)
    _tell(frame, frame.services.documents.detail(frame.actor(), found.summary.id))


@commands.command()
def impact(
    context: typer.Context,
    number: _Number,
    label: _Label,
    ask: Annotated[Ask | None, typer.Option(help=_("all, some or none; empty: only look."))] = None,
    role: Annotated[
        list[str] | None, typer.Option(help=_("Code of a job role that is asked."))
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option(help=_("Code of an org unit, with all below it."))
    ] = None,
    due: Annotated[str | None, typer.Option(help=_("Last day; the day it is in force."))] = None,
    begins: Annotated[
        AskFrom, typer.Option(help=_("Of a draft: asked once approved, or effective."))
    ] = AskFrom.EFFECTIVE,
    reason: _Reason = "",
    dry_run: Annotated[bool, typer.Option(help=_("Only say whom it would ask."))] = False,
) -> None:
    """Show whom a revision concerns; with --ask say who reads it again.

    Of a draft it is kept, and signed with the approval; of a revision that was approved without it is
    decided and signed at once.
    """
    frame = frame_of(context)
    impacts, actor = frame.services.documents.impacts, frame.actor()
    _found, revision = revision_called(frame, number, label)
    what = (ImpactSubject.REVISION, revision.id)
    found = impacts.assess(actor, *what)
    if ask is None:
        frame.tell(words.impact_text(found), words.impact(found))
        return
    reach = Reach(
        ask=ask,
        job_role_ids=frozenset(_role(frame, one) for one in role or []),
        org_unit_ids=frozenset(_unit(frame, one) for one in unit or []),
    )
    is_draft = revision.state is RevisionState.DRAFT
    due_on = day_of(due) or (None if is_draft else found.due_on)
    decision = ImpactDecision(reach=reach, due_on=due_on, reason=" ".join(reason.split()))
    count = impacts.count(actor, *what, reach)
    if is_draft and not dry_run:
        count = frame.services.documents.plans.keep(actor, revision.id, decision, begins).asked
    elif not dry_run:
        signed = undersigned(frame, impacts.text(actor, *what, decision))
        count = impacts.decide(actor, *what, decision, signed)
    told = plural("{count} person reads it again.", "{count} people read it again.", count)
    frame.tell(told, {**words.impact(found), "asked": count, "done": not dry_run})


@commands.command()
def status(
    context: typer.Context,
    number: _Number,
    label: Annotated[str | None, typer.Argument(help=_("Revision; the one in force."))] = None,
) -> None:
    """Tell who has read a revision, who has not, and how many days are left."""
    frame = frame_of(context)
    found = frame.services.documents.numbered(frame.actor(), number)
    revision = labelled(found, label) if label else found.summary.in_force or found.summary.coming
    if revision is None:
        raise NotFound(_("The revision"))
    one = frame.services.documents.statuses.of_revision(frame.actor(), revision.id)
    lines = (f"{who.number}\t{who.name}\t{words.text(who.due_on) or ''}" for who in one.missing)
    head = _("{trained} of {required} have read it.").format(
        trained=one.trained.trained, required=one.trained.required
    )
    frame.tell(
        "\n".join((head, *lines)),
        {
            "number": one.document,
            "revision": words.revision_data(one.revision),
            **words.trained(one.trained),
            "days_to_effective": one.days_to_effective,
            "missing": [
                {"number": who.number, "name": who.name, "due": words.text(who.due_on)}
                for who in one.missing
            ],
        },
    )


@commands.command()
def retire(
    context: typer.Context,
    number: _Number,
    reason: Annotated[str, typer.Option(help=_("Why."))],
    on: Annotated[str | None, typer.Option(help=_("First day; today."))] = None,
) -> None:
    """Let it be in force no more from a day on; signed by who did not write what is in force."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    found = documents.numbered(actor, number)
    asked = (actor, found.summary.id, day_of(on) or _today(frame), reason)
    signed = undersigned(frame, documents.retiring.retirement_text(*asked))
    documents.retiring.retire(*asked, signed)
    _tell(frame, documents.detail(actor, found.summary.id))


@commands.command("bring-back")
def bring_back(
    context: typer.Context,
    number: _Number,
    reason: Annotated[str, typer.Option(help=_("Why."))],
) -> None:
    """Let a retired document be in force again; signed by who did not write what comes in force."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    found = documents.numbered(actor, number)
    asked = (actor, found.summary.id, reason)
    signed = undersigned(frame, documents.retiring.return_text(*asked))
    documents.retiring.bring_back(*asked, signed)
    _tell(frame, documents.detail(actor, found.summary.id))


def _named_file(text: str) -> tuple[str, Path]:
    language, is_said, path = text.partition("=")
    return (language, Path(path)) if is_said else ("en", Path(text))


def _requirements(frame: Frame, codes: list[str]) -> tuple[UUID, ...]:
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    return tuple(catalogue.coded(actor, code).summary.id for code in codes)


def _unit(frame: Frame, code: str) -> UUID:
    for one in frame.services.people.organisation.org_units(frame.actor()):
        if one.code == code:
            return one.id
    raise NotFound(_("The org unit {code}").format(code=code))


def _role(frame: Frame, code: str) -> UUID:
    for one in frame.services.people.organisation.job_roles(frame.actor()):
        if one.code == code:
            return one.id
    raise NotFound(_("The job role {code}").format(code=code))


def _tell(frame: Frame, found: DocumentDetail) -> None:
    one = found.summary
    lines = [f"{one.number}\t{_label(one.in_force)}\t{one.title}"]
    lines += [
        f"  {each.label}\t{_(REVISION_STATES[each.state])}\t{each.effective_from.isoformat()}"
        for each in found.revisions
    ]
    frame.tell("\n".join(lines), words.detail(found))


def _label(one: Revision | None) -> str:
    return "" if one is None else one.label


def _today(frame: Frame) -> date:
    return frame.today()
