"""`approvals`: what waits, what this site asks for, and the review, approval or rejection of one."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.signing import undersigned
from app.core.approvals import (
    Approval,
    Comparison,
    Difference,
    Review,
    StepLine,
    Subject,
    SubjectState,
    WaitingLine,
    approval_text,
    called,
    comparison_lines,
    step_in_words,
    subject_state_in_words,
)
from app.core.base.errors import NotFound
from app.core.base.figures import day, moment
from app.core.base.words import _, plural
from app.core.signatures import as_read, meaning_in_words

commands = typer.Typer(name="approvals", help=_("What waits for an approval; what is asked for."))

_Which = Annotated[UUID, typer.Argument(help=_("Id of what waits, as `approvals list` says it."))]
Reason = Annotated[str, typer.Option(help=_("Why; it is kept in the records."))]
From = Annotated[
    str | None, typer.Option("--from", help=_("First day, as 2026-12-31; else today."))
]
Remark = Annotated[str, typer.Option(help=_("A remark that is kept with the signature."))]


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List what waits for an approval, the oldest first."""
    frame = frame_of(context)
    found = frame.services.approvals.waiting(frame.actor())
    frame.tell(
        "\n".join(map(_waiting_line, found)) or _("Nothing waits for an approval."),
        {"waiting": [_waiting_data(one) for one in found]},
    )


@commands.command()
def rules(context: typer.Context) -> None:
    """Say of which kinds of things this site asks for an approval before they are used."""
    frame = frame_of(context)
    found = frame.services.approvals.rules(frame.actor())
    asked, not_asked = _("asked for"), _("not asked for")
    frame.tell(
        "\n".join(
            f"{one.kind}  {one.title}: {asked if one.is_asked else not_asked}, {one.approvers}"
            for one in found
        ),
        {
            "rules": [
                {
                    "kind": one.kind,
                    "asked": one.is_asked,
                    "approvers": one.approvers,
                    "proposal": str(one.easing.id) if one.easing else None,
                }
                for one in found
            ]
        },
    )


@commands.command()
def ask(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=_("The kind, as `approvals rules` says it."))],
    reason: Reason,
    no: Annotated[bool, typer.Option("--no", help=_("Ask no longer."))] = False,
) -> None:
    """Ask for an approval of a kind of thing from now on; with --no propose to ask no longer.

    The proposal counts once somebody else has approved it (approvals approve).
    """
    frame = frame_of(context)
    found = frame.services.approvals.ask(frame.actor(), kind, is_asked=not no, reason=reason)
    words = _("No approval is asked for.") if no else _("An approval is asked for from now on.")
    _tell_rule(frame, kind, found, words)


@commands.command()
def approvers(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=_("The kind, as `approvals rules` says it."))],
    count: Annotated[int, typer.Argument(help=_("1 or 2."))],
    reason: Reason,
) -> None:
    """Let two people approve what is submitted of a kind from now on, or propose that one does.

    Its authors never do. The proposal counts once somebody else has approved it (approvals approve).
    """
    frame = frame_of(context)
    found = frame.services.approvals.count(frame.actor(), kind, count, reason)
    words = plural("{count} person approves.", "{count} people approve.", count)
    _tell_rule(frame, kind, found, words)


def _tell_rule(frame: Frame, kind: str, proposal: Subject | None, words: str) -> None:
    """Say what the site asks for of a kind now, and what was proposed."""
    if proposal is not None:
        words = _("Proposed: it holds once somebody else has approved it ({id}).").format(
            id=proposal.id
        )
    (rule,) = [one for one in frame.services.approvals.rules(frame.actor()) if one.kind == kind]
    told = {"kind": kind, "asked": rule.is_asked, "approvers": rule.approvers}
    frame.tell(words, {**told, "proposal": str(proposal.id) if proposal else None})


@commands.command()
def show(context: typer.Context, which: _Which) -> None:
    """Show one with its steps and signatures, and what differs from what is in force."""
    frame = frame_of(context)
    tell_review(frame, subject_of(frame, which))


@commands.command()
def approve(context: typer.Context, which: _Which, from_: From = None, remark: Remark = "") -> None:
    """Approve and sign what waits, effective from a day on. Asks for the password."""
    frame = frame_of(context)
    approve_subject(frame, subject_of(frame, which), day_of(from_), remark)


@commands.command()
def reject(context: typer.Context, which: _Which, reason: Reason) -> None:
    """Send what waits back to its authors."""
    frame = frame_of(context)
    reject_subject(frame, subject_of(frame, which), reason)


@commands.command()
def withdraw(context: typer.Context, which: _Which, reason: Reason) -> None:
    """Take back what was submitted."""
    frame = frame_of(context)
    withdraw_subject(frame, subject_of(frame, which), reason)


def subject_of(frame: Frame, which: UUID) -> Subject:
    """Return what an id means, waiting or decided already. Raises NotFound."""
    found = frame.services.approvals.subject_called(which)
    if found is None:
        raise NotFound(_("What is to be approved"))
    return found


def approve_subject(frame: Frame, subject: Subject, on: date | None, remark: str) -> None:
    """Approve and sign, and say so. Raises what approving and signing do."""
    approvals, actor = frame.services.approvals, frame.actor()
    acts, effective_on = approvals.acts(subject.kind), on or approvals.today
    review = acts.review(actor, subject)
    approval = Approval(
        sha256=review.sha256,
        effective_on=effective_on,
        signed=undersigned(frame, approval_text(review, effective_on)),
        remark=remark,
    )
    acts.approve(actor, subject, approval)
    words = _("{code}, {detail}: approved, effective from {day} on.").format(
        code=review.code or review.title, detail=review.detail, day=day(effective_on)
    )
    if approvals.standing(subject).state is SubjectState.IN_REVIEW:
        words = _("Signed. Somebody else approves it, too, before it counts.")
    steps = approvals.steps(subject)
    told = "\n".join([words, *(line for one in steps for line in _signed(frame, one))])
    frame.tell(told, {"id": str(subject.id), **_standing_data(frame, subject)})


def reject_subject(frame: Frame, subject: Subject, reason: str) -> None:
    """Reject, and say so."""
    frame.services.approvals.acts(subject.kind).reject(frame.actor(), subject, reason)
    frame.tell(
        _("Rejected; it is a draft again."),
        {"id": str(subject.id), **_standing_data(frame, subject)},
    )


def withdraw_subject(frame: Frame, subject: Subject, reason: str) -> None:
    """Withdraw, and say so."""
    frame.services.approvals.acts(subject.kind).withdraw(frame.actor(), subject, reason)
    frame.tell(
        _("Taken back; it is a draft again."),
        {"id": str(subject.id), **_standing_data(frame, subject)},
    )


def tell_review(frame: Frame, subject: Subject) -> None:
    """Show a subject with everything that is looked at before it is approved."""
    approvals = frame.services.approvals
    review = approvals.acts(subject.kind).review(frame.actor(), subject)
    state = subject_state_in_words(review.standing.state)
    steps = approvals.steps(subject)
    name = f"{review.code}  {review.title}".strip()
    head = f"{name}, {review.detail}  ({state})"
    lines = [head, *(line for one in steps for line in _step_lines(frame, one)), review.against]
    if review.comparison is not None:
        lines += comparison_lines(review.comparison)
    frame.tell(
        "\n".join(line for line in [*lines, *review.warnings] if line),
        {**_review_data(review), "steps": [_step_data(frame, one) for one in steps]},
    )


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison for scripts."""
    return {
        "same": comparison.is_same,
        "whole": _differences(comparison.whole),
        "parts": [
            {
                "id": str(one.key),
                "title": one.title,
                "fate": one.fate.value,
                "moved": one.is_moved,
                "before": one.before,
                "after": one.after,
                "differences": _differences(one.differences),
            }
            for one in comparison.parts
        ],
    }


def _differences(found: Sequence[Difference]) -> list[dict[str, str]]:
    return [{"name": one.name, "before": one.before, "after": one.after} for one in found]


def _review_data(review: Review) -> dict[str, Any]:
    compared = review.comparison
    return {
        "id": str(review.subject.id),
        "kind": review.subject.kind,
        "code": review.code,
        "title": review.title,
        "detail": review.detail,
        "state": review.standing.state.value,
        "effective_on": review.standing.effective_on,
        "sha256": review.sha256,
        "note": review.note,
        "own": review.is_own,
        "warnings": list(review.warnings),
        "comparison": None if compared is None else comparison_data(compared),
    }


def _standing_data(frame: Frame, subject: Subject) -> dict[str, Any]:
    approvals = frame.services.approvals
    standing = approvals.standing(subject)
    return {
        "kind": subject.kind,
        "state": standing.state.value,
        "effective_on": standing.effective_on,
        "steps": [_step_data(frame, one) for one in approvals.steps(subject)],
    }


def _step_lines(frame: Frame, step: StepLine) -> list[str]:
    effective = (
        _("effective from {day}").format(day=day(step.effective_on)) if step.effective_on else ""
    )
    words = (step_in_words(step.step), moment(step.at), step.by_name, effective, step.reason)
    return ["  " + "  ".join(one for one in words if one), *_signed(frame, step)]


def _signed(frame: Frame, step: StepLine) -> list[str]:
    return [
        "    ".join(
            (
                "",
                _("Signed:"),
                f"{one.name} {one.number}".strip(),
                meaning_in_words(one.meaning),
                as_read(one),
            )
        )
        for one in frame.services.signatures.under(step.id)
    ]


def _step_data(frame: Frame, step: StepLine) -> dict[str, Any]:
    return {
        "id": str(step.id),
        "step": step.step.value,
        "at": step.at,
        "by": str(step.by) if step.by else None,
        "by_name": step.by_name,
        "reason": step.reason,
        "effective_on": step.effective_on,
        "sha256": step.sha256,
        "signatures": [
            {
                "id": str(one.id),
                "name": one.name,
                "number": one.number,
                "meaning": one.meaning,
                "signed_at": one.signed_at,
            }
            for one in frame.services.signatures.under(step.id)
        ],
    }


def _waiting_line(one: WaitingLine) -> str:
    words = (moment(one.submitted_at), one.submitted_by_name, one.note)
    about = "  ".join(word for word in words if word)
    return (
        f"{one.subject.id}  {one.kind_title}: {called(one.code, one.title)}, {one.detail}  {about}"
    )


def _waiting_data(one: WaitingLine) -> dict[str, Any]:
    return {
        "id": str(one.subject.id),
        "kind": one.subject.kind,
        "code": one.code,
        "title": one.title,
        "detail": one.detail,
        "submitted_at": one.submitted_at,
        "submitted_by": one.submitted_by_name,
        "note": one.note,
        "sha256": one.sha256,
        "own": one.is_own,
        "approvers": one.approvers,
        "approved": one.given,
    }
