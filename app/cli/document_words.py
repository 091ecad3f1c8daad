"""Documents, revisions and impacts as the command line writes them for scripts."""

from datetime import date
from typing import Any

from app.core.base.words import _
from app.core.training.controlled import (
    DocumentDetail,
    DocumentSummary,
    Impact,
    PlannedImpact,
    Review,
    Revision,
    Trained,
)


def detail(found: DocumentDetail) -> dict[str, Any]:
    """Return a document with its revisions and decisions."""
    return {
        **summary(found.summary),
        "revisions": [revision_data(one) for one in found.revisions],
        "requirements": [one.code for one in found.requirements],
        "impacts": [
            {
                "revision": one.called,
                "ask": one.ask.value,
                "asked": one.asked,
                "people": one.people,
                "due": text(one.due_on),
                "reason": one.reason,
                "by": one.by_name,
                "at": one.at,
            }
            for one in found.impacts
        ],
        "reviews": [review(one) for one in found.reviews],
        "next_review": text(found.next_review),
    }


def summary(one: DocumentSummary) -> dict[str, Any]:
    """Return a document as the list has it."""
    return {
        "id": str(one.id),
        "number": one.number,
        "title": one.title,
        "owner": one.owner,
        "org_unit": one.org_unit,
        "in_force": None if one.in_force is None else revision_data(one.in_force),
        "coming": None if one.coming is None else revision_data(one.coming),
        "review_due": text(one.review_due),
        "last_review": None if one.last_review is None else review(one.last_review),
        "keepers": [{"number": each.number, "name": each.name} for each in one.keepers],
        "retired_on": text(one.retired_on),
        "page_seconds": one.terms.page_seconds,
        "least_seconds": one.terms.least_seconds,
        "may_print": one.terms.may_print,
        **trained(one.trained or Trained()),
    }


def review(one: Review) -> dict[str, Any]:
    """Return a review as it was made."""
    return {
        "id": str(one.id),
        "revision": one.label,
        "outcome": one.outcome.value,
        "remark": one.remark,
        "due": text(one.due_on),
        "next": text(one.next_due),
        "by": one.by_name,
        "at": one.at,
    }


def revision_data(one: Revision) -> dict[str, Any]:
    """Return a revision."""
    return {
        "id": str(one.id),
        "label": one.label,
        "state": one.state.value,
        "effective_from": one.effective_from.isoformat(),
        "review_due": text(one.review_due),
        "supersedes": one.supersedes,
        "summary": one.summary,
        "change": one.change_class.value,
        "sha256": one.content_sha256,
        "files": {
            each.language: {"name": each.name, "sha256": each.sha256, "pages": each.pages}
            for each in one.files
        },
        "impact": None if one.impact is None else planned_impact(one.impact),
        "approved_by": one.approved_by,
        "superseded_by": one.superseded_by,
    }


def planned_impact(one: PlannedImpact) -> dict[str, Any]:
    """Return who reads a revision again, as it was assessed with its draft."""
    return {
        "ask": one.ask.value,
        "begins": one.begins.value,
        "job_roles": [each.name for each in one.job_roles],
        "org_units": [each.name for each in one.org_units],
        "due": text(one.due_on),
        "reason": one.reason,
        "people": one.people,
        "held": one.held,
        "asked": one.asked,
    }


def trained(one: Trained) -> dict[str, Any]:
    """Return how many have read a revision."""
    return {
        "required": one.required,
        "trained": one.trained,
        "before_effective": one.before_effective,
        "percent": one.hundredths,
    }


def impact(one: Impact) -> dict[str, Any]:
    """Return what a change concerns."""
    return {
        "called": one.called,
        "requirements": [each.code for each in one.requirements],
        "people": one.people,
        "held": one.held,
        "open": one.open,
        "job_roles": {each.name: each.people for each in one.job_roles},
        "org_units": {each.name: each.people for each in one.org_units},
        "due": text(one.due_on),
        "proposed": one.proposed.value,
    }


def impact_text(one: Impact) -> str:
    """Return what a change concerns, for people."""
    told = _("{people} people have it, {held} hold it.").format(people=one.people, held=one.held)
    lines = (f"{each.name}\t{each.people}" for each in (*one.job_roles, *one.org_units))
    return "\n".join((one.called, told, *lines))


def text(day: date | None) -> str | None:
    """Return a day as scripts read it."""
    return None if day is None else day.isoformat()
