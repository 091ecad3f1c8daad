"""Requirements and their terms as the command line writes them: a line for people, objects for scripts."""

from datetime import date
from typing import Any

from app.core.training import LinkKind, RequirementType, Terms, gives_certificate
from app.core.training.requirements import RequirementDetail, RequirementSummary


def line(found: RequirementDetail) -> str:
    """Return a requirement on a line: code, type, title."""
    one = found.summary
    return f"{one.code}\t{one.type.value}\t{one.title}"


def summary_data(one: RequirementSummary) -> dict[str, Any]:
    """Return a requirement of the list, with the terms of today."""
    return {
        "id": str(one.id),
        "code": one.code,
        "title": one.title,
        "type": one.type.value,
        "retired_on": _text(one.retired_on),
        "awaits_publishing": one.awaits_publishing,
        "open": one.open_assignments,
        "terms": _terms(one.terms, one.type),
    }


def detail_data(found: RequirementDetail) -> dict[str, Any]:
    """Return a requirement with all its terms, what comes before it, what stands in, and its laws."""
    return {
        **summary_data(found.summary),
        "description": found.description,
        "titles": dict(found.titles),
        "wording": found.wording,
        "wordings": dict(found.wordings),
        "all_terms": [_terms(one, found.summary.type) for one in found.all_terms],
        "after": [one.code for one in found.linked(LinkKind.PREREQUISITE)],
        "substitutes": [one.code for one in found.linked(LinkKind.SUBSTITUTE)],
        "laws": [
            {
                "act": one.act,
                "clause": one.clause,
                "from": _text(one.from_on),
                "to": _text(one.to_on),
            }
            for one in found.laws
        ],
    }


def _terms(terms: Terms, kind: RequirementType) -> dict[str, Any]:
    return {
        "from": None if terms.from_on == date.min else terms.from_on.isoformat(),
        "validity": terms.validity.value,
        "count": terms.valid_count,
        "until": _text(terms.valid_until_on),
        "keeps_anniversary": terms.keeps_anniversary,
        "window_days": terms.window_days,
        "due": terms.due_rule.value,
        "due_days": terms.due_days,
        "due_day": _text(terms.due_day),
        "renewal_due_days": terms.renewal_due_days,
        "grace_days": terms.grace_days,
        "evidence": terms.evidence.value,
        "substitutes": terms.substitutes.value,
        "prior_days": terms.prior_days,
        "signed": terms.signed,
        "certificate": gives_certificate(terms, kind),
        "template": terms.template,
        "trainer_registered": terms.trainer_registered,
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
