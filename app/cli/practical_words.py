"""Forms, assessors and practicals as the command line tells them."""

from typing import Any

from app.core.base.figures import day, moment
from app.core.base.words import _, plural
from app.core.signatures import SignatureLine, as_read, meaning_in_words
from app.core.training.practicals import (
    STAGES_IN_WORDS,
    AssessorLine,
    FormSummary,
    PracticalRecord,
    ResultFact,
    WaitingPractical,
    revised_in_words,
)


def form_line(one: FormSummary) -> str:
    """Return a form on a line."""
    steps = plural("{count} step", "{count} steps", one.steps)
    draft = _("draft") if one.has_draft else ""
    return f"{one.code}\t{one.title}\t{one.version or '–'}\t{steps}\t{draft}".rstrip()


def form_data(one: FormSummary) -> dict[str, Any]:
    """Return a form for scripts."""
    return {
        "code": one.code,
        "title": one.title,
        "version": one.version,
        "steps": one.steps,
        "critical": one.critical,
        "draft": one.has_draft,
        "assessors": one.assessors,
        "assessors_hold": one.assessor_holds,
    }


def assessor_line(one: AssessorLine) -> str:
    """Return somebody of the register on a line."""
    until, since = one.qualification.until, one.qualification.since
    told = "" if until is None and since is None else day(until or since or until)  # type: ignore[arg-type]  # one of them is there
    return f"{one.number}\t{one.name}\t{one.code}\t{one.kind.value}\t{one.state.value}\t{told}".rstrip()


def assessor_data(one: AssessorLine) -> dict[str, Any]:
    """Return somebody of the register for scripts."""
    return {
        "number": one.number,
        "name": one.name,
        "requirement": one.code,
        "kind": one.kind.value,
        "state": one.state.value,
        "until": _text(one.qualification.until),
        "since": _text(one.qualification.since),
        "appointments": [
            {
                "from": each.from_on.isoformat(),
                "counts_from": each.counts_from.isoformat() if each.ever_counts else None,
                "until": _text(each.until_on),
                "ended": _text(each.ended_on),
                "by": each.by_name,
                "reason": each.reason,
            }
            for each in one.appointments
        ],
    }


def waiting_line(one: WaitingPractical) -> str:
    """Return who has a practical before them on a line."""
    stage = _(STAGES_IN_WORDS[one.stands.stage])
    due = "" if one.due_on is None else day(one.due_on)
    return (
        f"{one.number}\t{one.name}\t{one.code}\t{one.stands.state.value}\t"
        f"{stage} {one.stands.done}/{one.stands.needed}\t{moment(one.since)}\t{due}"
    ).rstrip()


def waiting_data(one: WaitingPractical) -> dict[str, Any]:
    """Return who has a practical before them for scripts."""
    return {
        "number": one.number,
        "name": one.name,
        "requirement": one.code,
        "run": one.run,
        "state": one.stands.state.value,
        "stage": one.stands.stage.value,
        "done": one.stands.done,
        "needed": one.stands.needed,
        "since": one.since.isoformat(),
        "due": _text(one.due_on),
        "asked": None if one.request is None else one.request.at.isoformat(),
        "wanted": None if one.request is None else _text(one.request.wanted_on),
    }


def record_text(found: PracticalRecord, signed: tuple[SignatureLine, ...]) -> str:
    """Return a record in lines: where it stands, then the signatures."""
    stage = _(STAGES_IN_WORDS[found.stands.stage])
    head = (found.number, found.name, found.code, found.stands.state.value)
    lines = ["\t".join((*head, f"{stage} {found.stands.done}/{found.stands.needed}"))]
    told = (revised_in_words(found, one) for one in found.facts.rounds)
    lines += dict.fromkeys(filter(None, told))
    lines += [
        f"{line.name} ({line.number})\t{meaning_in_words(line.meaning)}\t{as_read(line)}"
        for line in signed
    ]
    return "\n".join(lines)


def record_data(found: PracticalRecord, signed: tuple[SignatureLine, ...]) -> dict[str, Any]:
    """Return a record for scripts."""
    return {
        "number": found.number,
        "name": found.name,
        "requirement": found.code,
        "run": found.run,
        "state": found.stands.state.value,
        "stage": found.stands.stage.value,
        "held_until": _text(found.held_until),
        "form": found.form
        and {"version": found.form.number, "since": found.form.published_at.isoformat()},
        "rounds": [
            {
                "stage": one.stage.value,
                "at": one.at.isoformat(),
                "by": one.by_name,
                "counts": found.facts.counts(one),
                "version": one.version,
                "revised_since": found.is_revised_since(one),
            }
            for one in found.facts.rounds
        ],
        "results": [_result_data(found, one) for one in found.all_results],
        "signatures": [_signature_data(line) for line in signed],
    }


def _result_data(found: PracticalRecord, one: ResultFact) -> dict[str, Any]:
    seen = found.round_of(one)
    return {
        "id": str(one.id),
        "verdict": one.verdict.value,
        "at": one.at.isoformat(),
        "by": one.by_name,
        "hands": sorted(hand.value for hand in one.hands),
        "retry_on": _text(one.retry_on),
        "version": seen.version,
        "revised_since": found.is_revised_since(seen),
    }


def _signature_data(line: SignatureLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "name": line.name,
        "number": line.number,
        "meaning": meaning_in_words(line.meaning),
        "signed_at": line.signed_at,
        "record": str(line.record_id),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
