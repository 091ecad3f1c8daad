"""What somebody told of how a file is to be read: kept under a name, and found again by its headings."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.base.words import mark
from app.core.people.imports.fields import Field
from app.core.people.imports.headings import Chosen
from app.core.people.imports.rows import Words
from app.core.spreadsheets import DayOrder


class Coverage(StrEnum):
    """Whom a file would name if they were still here: who of those is not in it may have left."""

    ADDITIONS = "additions"
    """Nobody: it only adds and changes."""
    SITE = "site"
    DEPARTMENTS = "departments"
    """Everybody of the departments that it names."""
    CONTRACTORS = "contractors"


COVERAGES = {
    Coverage.ADDITIONS: mark("Only additions and changes: who is missing stays"),
    Coverage.SITE: mark("Everybody of the site"),
    Coverage.DEPARTMENTS: mark("Everybody of the departments in it"),
    Coverage.CONTRACTORS: mark("All contractors"),
}
"""Marked words for each."""


_FEW_MISSING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """How many people a file may change or miss before somebody has to type their number."""

    percent: int = 10
    """Of the people who are here."""
    most: int = 500
    few: int = 10
    """So many are never asked about: in a small site one is many percent."""

    def is_passed_by_missing(self, count: int, people: int) -> bool:
        """Tell whether so many who are missing are more than leave unasked: half of what else is asked about."""
        return count > _FEW_MISSING and (count > self.most or 200 * count > self.percent * people)

    def is_passed(self, count: int, people: int) -> bool:
        """Tell whether so many of so many people are more than pass unasked."""
        return count > self.few and (count > self.most or 100 * count > self.percent * people)


@dataclass(frozen=True, slots=True, kw_only=True)
class HrMapping:
    """How the files of one HR system are read."""

    name: str = ""
    columns: tuple[tuple[str, Field | None], ...] = ()
    """What is taken from each heading, as `normal_heading` gives it; None: nothing."""
    order: DayOrder | None = None
    words: tuple[tuple[Field, str, str], ...] = ()
    """Field, word of the file in small letters, what it means; "": nothing."""
    coverage: Coverage = Coverage.ADDITIONS
    threshold: Threshold = field(default_factory=Threshold)
    owns: bool = True
    """Whether what is changed by hand in its fields is overwritten by the next file."""
    is_from_before: bool = False
    """Whether it was made when nobody could say that a column holds the last day of work."""
    headings: tuple[str, ...] = ()
    """All headings of the file it was made with."""

    @property
    def chosen(self) -> Chosen:
        """Return what is taken from each heading."""
        return dict(self.columns)

    @property
    def meanings(self) -> Words:
        """Return what words mean."""
        return {(of, word): means for of, word, means in self.words}
