"""Practicals that come with sample courses: a requirement and the draft of its form."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from app.core.courses import BegunSample, sample_mark
from app.core.journal import Unit
from app.core.training.kinds import EvidenceRule, RequirementType, Validity
from app.core.training.models import RequirementRow
from app.core.training.practicals.errors import FormUnreadable
from app.core.training.practicals.form_service import keep_draft
from app.core.training.practicals.forms import MOST_TEXT, FormContent
from app.core.training.requirements.queries import free_code
from app.core.training.requirements.service import say_terms
from app.core.training.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePractical:
    """What a file of a sample says."""

    valid_months: int
    form: FormContent


def read_sample(path: Path) -> SamplePractical:
    """Return the practical of a sample. Raises FormUnreadable."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=SamplePractical)
    except msgspec.MsgspecError as error:
        raise FormUnreadable(str(error)) from error


def bring_sample(unit: Unit, begun: BegunSample, today: date) -> None:
    """Add the practical of a sample course: what is asked for, and its form, marked as a sample."""
    sample = begun.sample
    if sample.practical is None:
        return
    unit.take_turn("requirements")
    found = read_sample(sample.practical)
    row = RequirementRow(
        code=free_code(unit, f"{begun.code[-32:]}-P"),
        title=found.form.title,
        type=RequirementType.PRACTICAL,
        description=sample_mark(sample.as_of, found.form.language),
    )
    unit.add(row)
    unit.flush()
    terms = Terms(
        from_on=today,
        validity=Validity.MONTHS,
        valid_count=found.valid_months,
        evidence=EvidenceRule.NOT_BY_HAND,
    )
    say_terms(unit, row.id, terms)
    keep_draft(unit, row, _marked(found.form, sample.as_of))


def _marked(form: FormContent, as_of: date) -> FormContent:
    def told(text: str, language: str) -> str:
        return f"{sample_mark(as_of, language)} {text}".strip()[:MOST_TEXT]

    notes = {language: told(text, language) for language, text in form.notes.items()}
    return replace(form, note=told(form.note, form.language), notes=notes)
