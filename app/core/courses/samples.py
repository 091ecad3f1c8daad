"""Courses that come with the program to begin from: dated, and marked as samples in what is made of them."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.figures import day
from app.core.base.resources import resource
from app.core.base.words import _, offered_languages, worded_in
from app.core.courses.course_file import COURSE_FILE, MAX_TEXT, CourseFile, read_course_file
from app.core.courses.sample_places import Place, places_of
from app.core.courses.types import ImportReport


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSample:
    """A course to begin from."""

    key: str
    """Of the folder; what the command line calls it."""
    path: Path
    as_of: date
    """The day on which the law and standards in it were looked at."""
    rests_on: str
    practical: Path | None
    """The form of what is done by hand, which comes with it (training.practicals)."""
    drill: Path | None
    """The drill that comes with it (training.drills)."""
    rule: Path | None
    """Who is to be given it, which comes with it as a rule (training.enrolment)."""
    file: CourseFile

    @property
    def places(self) -> tuple[Place, ...]:
        """Return what it leaves open for the plant to fill in."""
        return places_of(self.path)

    def title(self, language: str) -> str:
        """Return what it is called in a language, else in its own."""
        return self.file.titles.get(language, self.file.title)

    def description(self, language: str) -> str:
        """Return what it is about in a language, else in its own."""
        return self.file.descriptions.get(language, self.file.description)


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunSample:
    """A sample that has just become a draft: what those need who bring along what belongs to it."""

    sample: CourseSample
    actor: Actor
    course_id: UUID
    code: str
    """Of the course, as it is called here."""
    title: str
    valid_months: int | None


@cache
def course_samples() -> tuple[CourseSample, ...]:
    """Return what ships with the program, in the order it is offered."""
    with resource("samples", "samples.toml").open("rb") as file:
        listed = tomllib.load(file)["sample"]
    return tuple(_sample(**entry) for entry in listed)


def as_begun(report: ImportReport, sample: CourseSample, code: str) -> ImportReport:
    """Return the report of a sample as a course of the plant's own: under a free code, and marked."""
    course = report.plan.course
    marked = replace(
        course,
        code=code,
        description=_marked(course.description, sample.as_of, course.language),
        descriptions={
            language: _marked(text, sample.as_of, language)
            for language, text in course.descriptions.items()
        },
    )
    plan = replace(report.plan, course=marked)
    return replace(report, code=code, plan=plan, sample=sample.key)


def sample_called(key: str) -> CourseSample | None:
    """Return the sample with a key; None where there is none."""
    return next((one for one in course_samples() if one.key == key), None)


def brought_along(key: str) -> tuple[str, ...]:
    """Return in words what a sample brings beside its course; () for what is no sample."""
    sample = sample_called(key)
    if sample is None:
        return ()
    words = (
        (sample.practical, _("A practical, whose form is a draft")),
        (
            sample.drill,
            _("A drill, planned four weeks ahead, and how often it is due if that is not set yet"),
        ),
        (sample.rule, _("A rule that says who is given it: off, until you have tried it")),
    )
    return tuple(told for path, told in words if path is not None)


def sample_mark(as_of: date, language: str) -> str:
    """Return the sentence that says of something made of a sample what it is, in a language."""
    with worded_in(language if language in offered_languages() else "en"):
        mark = _("Sample of {day}: adapt it to your plant and have it approved before use.")
        return mark.format(day=day(as_of))


def _sample(folder: str, as_of: date, rests_on: str, **brings: str) -> CourseSample:
    path = resource(*folder.split("/"))
    along = {what: resource(*file.split("/")) for what, file in brings.items()}
    return CourseSample(
        key=path.name,
        path=path,
        as_of=as_of,
        rests_on=rests_on,
        practical=along.get("practical"),
        drill=along.get("drill"),
        rule=along.get("rule"),
        file=read_course_file(path / COURSE_FILE),
    )


def _marked(description: str, as_of: date, language: str) -> str:
    return f"{sample_mark(as_of, language)} {description}"[:MAX_TEXT]
