"""What documents and revisions are called, and the texts that are signed. Signed words name every fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.base.figures import day
from app.core.base.words import _, mark, plural
from app.core.training.controlled.kinds import (
    Ask,
    AskFrom,
    ChangeClass,
    ReviewOutcome,
    RevisionState,
)
from app.core.training.controlled.review_types import NewReview
from app.core.training.controlled.types import Impact, ImpactDecision, PlannedImpact, Revision

REVISION_STATES = {
    RevisionState.DRAFT: mark("Draft"),
    RevisionState.IN_REVIEW: mark("In review"),
    RevisionState.APPROVED: mark("Approved"),
    RevisionState.EFFECTIVE: mark("In force"),
    RevisionState.SUPERSEDED: mark("Superseded"),
    RevisionState.RETIRED: mark("Retired"),
}
CHANGE_CLASSES = {ChangeClass.MINOR: mark("Minor change"), ChangeClass.MAJOR: mark("Major change")}
ASKS = {
    Ask.ALL: mark("Everybody who has it"),
    Ask.SOME: mark("Some job roles or departments"),
    Ask.NONE: mark("Nobody"),
}

BEGINS = {
    AskFrom.APPROVED: mark("As soon as it is approved"),
    AskFrom.EFFECTIVE: mark("On the day on which it is in force"),
}

OUTCOMES = {
    ReviewOutcome.STAYS: mark("Stays as it is"),
    ReviewOutcome.REVISE: mark("A new revision is needed"),
}


def called(number: str, label: str) -> str:
    """Return what a revision is called: SOP-123, revision 5."""
    if not label:
        return number
    return _("{number}, revision {label}").format(number=number, label=label)


def asked_because(number: str, label: str) -> str:
    """Return why a revision is asked for: revision 5 of SOP-123."""
    return _("revision {label} of {number}").format(label=label, number=number)


def statement_of(number: str, title: str, label: str) -> str:
    """Return what somebody says who acknowledges a revision."""
    return _(
        "I have read and understood {number} “{title}”, revision {label}, and will work as it says."
    ).format(number=number, title=title, label=label)


def approval_text(number: str, title: str, revision: Revision) -> str:
    """Return what is signed with an approval: all that is fixed by it."""
    lines = [
        called(number, revision.label),
        title,
        _("In force from {day}").format(day=day(revision.effective_from)),
        _(CHANGE_CLASSES[revision.change_class]),
        revision.summary,
        *([] if revision.impact is None else planned_lines(revision.impact)),
        *(f"{one.language}: {one.name}, SHA-256 {one.sha256}" for one in revision.files),
        f"SHA-256 {revision.content_sha256}",
    ]
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The revision in force that somebody looked at, and when that was due."""

    number: str
    title: str
    revision: Revision
    due_on: date | None


def review_text(one: Reviewed, new: NewReview, remark: str) -> str:
    """Return what is signed with a review: which file was looked at, what came of it, and until when it holds."""
    due = _("No day of a review was said.")
    if one.due_on is not None:
        due = _("Its review is due on {day}.").format(day=day(one.due_on))
    lines = [
        called(one.number, one.revision.label),
        one.title,
        _("In force from {day}").format(day=day(one.revision.effective_from)),
        due,
        _("Reviewed: {outcome}").format(outcome=_(OUTCOMES[new.outcome])),
        *([] if new.next_due is None else [next_review(new.next_due)]),
        remark,
        f"SHA-256 {one.revision.content_sha256}",
    ]
    return "\n".join(lines)


def next_review(on: date) -> str:
    """Return until when the next review is to be."""
    return _("Next review by {day}").format(day=day(on))


def withdrawal_text(
    number: str, title: str, revision: Revision, *, after: str, asked: int, reason: str
) -> str:
    """Return what is signed when an approved revision is withdrawn; `after` is what is in force then."""
    lines = [
        called(number, revision.label),
        title,
        _("In force from {day}").format(day=day(revision.effective_from)),
        _("It is withdrawn for good."),
        _in_force(_("In force after it: {revision}"), number, after),
        _asked_no_more(asked),
        reason,
    ]
    return "\n".join(lines)


def retirement_text(
    number: str, title: str, label: str, *, on: date, asked: int, reason: str
) -> str:
    """Return what is signed when a document is retired; `label` is of the revision in force."""
    lines = [
        called(number, label),
        title,
        _("Retired from {day} on: no revision of it is in force then.").format(day=day(on)),
        _asked_no_more(asked),
        reason,
    ]
    return "\n".join(lines)


def return_text(number: str, title: str, label: str, codes: Iterable[str], reason: str) -> str:
    """Return what is signed when a document is brought back, with what wants it read again."""
    wanted = ", ".join(codes)
    lines = [
        called(number, label),
        title,
        _in_force(_("Brought back; in force again: {revision}"), number, label),
        *([_("Requirements: {codes}").format(codes=wanted)] if wanted else []),
        reason,
    ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A requirement, the document that it wants read, and how many people it concerns."""

    code: str
    title: str
    document: str
    """With its revision."""
    document_title: str
    people: int
    held: int


def requirement_end_text(one: Wanting, *, on: date, reason: str) -> str:
    """Return what is signed when a requirement to read a document is retired."""
    until = _("Assigned no more from {day} on: what is open ends, nobody reads it again.")
    return "\n".join([*_concerned(one), until.format(day=day(on)), reason])


def requirement_return_text(one: Wanting, reason: str) -> str:
    """Return what is signed when a requirement to read a document is brought back."""
    return "\n".join([*_concerned(one), _("It can be assigned again."), reason])


def pointing_text(moves: Iterable[tuple[Wanting, str]], reason: str) -> str:
    """Return what is signed when requirements want other documents read, each with what it wants then."""
    lines = []
    for one, then in moves:
        words = _("From now on it wants {document} read; who has it open reads that.")
        if not then:
            words = _("From now on it wants no document read.")
        lines += [*_concerned(one), words.format(document=then)]
    return "\n".join([*lines, reason])


def _concerned(one: Wanting) -> list[str]:
    return [
        f"{one.code}  {one.title}",
        _("To read until now: {document}").format(document=one.document),
        one.document_title,
        _("{people} people have it, {held} hold it.").format(people=one.people, held=one.held),
        _("Who holds it keeps it."),
    ]


def _in_force(words: str, number: str, label: str) -> str:
    if not label:
        return words.format(revision=_("no revision"))
    return words.format(revision=called(number, label))


def _asked_no_more(count: int) -> str:
    if not count:
        return _("Nobody had still to read it.")
    return plural(
        "{count} person is asked to read it no more.",
        "{count} people are asked to read it no more.",
        count,
    )


def planned_lines(plan: PlannedImpact) -> list[str]:
    """Return who reads a revision again, as its approval signs it."""
    lines = [
        _("Asked again: {who}").format(who=_(ASKS[plan.ask])),
        *(", ".join(one.name for one in some) for some in (plan.job_roles, plan.org_units) if some),
        _("{people} people have it, {held} hold it.").format(people=plan.people, held=plan.held),
        plural("{count} person reads it again.", "{count} people read it again.", plan.asked),
    ]
    if plan.ask is not Ask.NONE:
        lines.append(_(BEGINS[plan.begins]))
    if plan.due_on is not None:
        lines.append(_("Due on {day}").format(day=day(plan.due_on)))
    return [*lines, plan.reason]


def acknowledgement_text(statement: str, language: str, file_sha256: str) -> str:
    """Return what is signed with an acknowledgement: the statement, and which file was read."""
    return f"{statement}\n{language}: SHA-256 {file_sha256}"


def impact_text(impact: Impact, decision: ImpactDecision, asked: int) -> str:
    """Return what is signed with an impact assessment: what changed, of whom it is asked, and why."""
    reach = decision.reach
    lines = [
        impact.called,
        _("Requirements: {codes}").format(codes=", ".join(one.code for one in impact.requirements)),
        _("{people} people have it, {held} hold it.").format(
            people=impact.people, held=impact.held
        ),
        _("Asked again: {who}").format(who=_(ASKS[reach.ask])),
        *_chosen(impact, decision),
        _("{count} people read or learn it again.").format(count=asked),
    ]
    if decision.due_on is not None and reach.ask is not Ask.NONE:
        lines.append(_("Due on {day}").format(day=day(decision.due_on)))
    return "\n".join([*lines, " ".join(decision.reason.split())])


def _chosen(impact: Impact, decision: ImpactDecision) -> list[str]:
    reach = decision.reach
    roles = [one.name for one in impact.job_roles if one.id in reach.job_role_ids]
    units = [one.name for one in impact.org_units if one.id in reach.org_unit_ids]
    return [", ".join(some) for some in (roles, units) if some and reach.ask is Ask.SOME]
