"""A sample course brings its practical: a requirement, and the draft of a form in two languages."""

from dataclasses import replace

import pytest

from app.core.base.ids import new_id
from app.core.courses import BegunSample, CourseSample, course_samples
from app.core.training import RequirementType, Validity
from app.core.training.practicals.forms import publishing_problems
from app.core.training.practicals.samples import read_sample
from tests.support.practicals import SYSTEM, TODAY, Floor

WITH = [one for one in course_samples() if one.practical is not None]


def named(sample: CourseSample) -> str:
    return sample.key


def begun(sample: CourseSample, code: str) -> BegunSample:
    return BegunSample(
        sample=sample,
        actor=SYSTEM,
        course_id=new_id(),
        code=code,
        title=sample.file.title,
        valid_months=None,
    )


def test_three_samples_bring_one() -> None:
    assert [one.key for one in WITH] == ["fire", "loto", "gmp"]


@pytest.mark.parametrize("sample", WITH, ids=named)
def test_a_sample_could_be_published_as_it_is_and_speaks_hindi(sample: CourseSample) -> None:
    assert sample.practical is not None
    found = read_sample(sample.practical)

    assert publishing_problems(found.form) == ()
    assert found.valid_months == 12
    assert found.form.titles["hi"]
    assert all(step.texts.get("hi") for step in found.form.steps)
    assert all(section.titles.get("hi") for section in found.form.sections)
    assert 5 <= sum(step.is_critical for step in found.form.steps) < len(found.form.steps)


@pytest.mark.parametrize("sample", WITH, ids=named)
def test_bringing_it_in_makes_the_requirement_and_the_draft(
    floor: Floor, sample: CourseSample
) -> None:
    site = floor.door.pc.opened.site
    with site.transaction(SYSTEM, "course.import") as unit:
        floor.practicals.bring_sample(unit, begun(sample, "EHS-101"))
        floor.practicals.bring_sample(unit, begun(sample, "EHS-101"))  # twice: another code
        floor.practicals.bring_sample(unit, begun(replace(sample, practical=None), "GST"))

    first = floor.training.catalogue.coded(SYSTEM, "EHS-101-P")
    assert first.summary.type is RequirementType.PRACTICAL
    assert (first.summary.terms.validity, first.summary.terms.valid_count) == (Validity.MONTHS, 12)
    assert first.summary.terms.from_on == TODAY
    assert "Sample of" in first.description
    detail = floor.practicals.forms.coded(SYSTEM, "EHS-101-P2")
    assert (detail.summary.version, detail.summary.has_draft, detail.problems) == (0, True, ())
    assert detail.draft.note.startswith("Sample of")
    assert floor.practicals.forms.publish(SYSTEM, detail.summary.requirement_id) == 1
