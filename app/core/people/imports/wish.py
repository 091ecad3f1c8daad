"""What somebody wishes of a dry run: how the file is read, and what is to become of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.people.imports.absence import Terms
from app.core.people.imports.fields import AUTO, Field, Preset
from app.core.people.imports.mapping import Coverage, HrMapping
from app.core.people.imports.rows import Fixes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A cell that somebody mended: by part, line and field."""

    part: int
    line: int
    field: Field
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWish:
    """How a file is to be looked at."""

    preset: Preset = AUTO
    mapping: HrMapping | None = None
    """None: a saved one that is like the file, else the columns are guessed."""
    coverage: Coverage | None = None
    """None: as the mapping says."""
    fixes: tuple[Fix, ...] = ()
    leavers: Mapping[str, date] | None = None
    """Terms.leavers."""
    returning: frozenset[str] | None = None
    """Terms.returning."""
    new_places: bool = True
    accounts: bool = False
    without: frozenset[int] = field(default=frozenset())
    """Parts that are not to be read."""

    def fixed(self, fix: Fix) -> "ImportWish":
        """Return this wish with one more mended cell."""
        others = [
            one
            for one in self.fixes
            if (one.part, one.line, one.field) != (fix.part, fix.line, fix.field)
        ]
        return replace(self, fixes=(*others, fix))

    @property
    def cells(self) -> Fixes:
        """Return the mended cells by part and line."""
        found: dict[tuple[int, int], dict[Field, str]] = {}
        for one in self.fixes:
            found.setdefault((one.part, one.line), {})[one.field] = one.text
        return found

    def terms(self, mapping: HrMapping, today: date) -> Terms:
        """Return what is decided of people, with a mapping, on a day."""
        return Terms(
            today=today,
            coverage=mapping.coverage if self.coverage is None else self.coverage,
            threshold=mapping.threshold,
            leavers=self.leavers,
            returning=self.returning,
            new_places=self.new_places,
            accounts=self.accounts,
            owns=mapping.owns,
        )
