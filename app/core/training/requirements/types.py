"""What the requirements' service takes and gives: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.training.kinds import LinkKind, RequirementType
from app.core.training.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementSummary:
    """A requirement as the list shows it, with the terms that are in force today."""

    id: UUID
    code: str
    title: str
    type: RequirementType
    course_id: UUID | None
    course_months: int | None
    """For how long the newest version of its course says that it holds."""
    retired_on: date | None
    awaits_publishing: bool
    """Whether it is a course of which nothing is published yet: it cannot be assigned."""
    terms: Terms
    open_assignments: int
    last_day: date | None = None
    """Its last valid day, near or gone by, where nothing says a later one: nobody can hold it after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another requirement, and what it is to this one."""

    id: UUID
    kind: LinkKind
    other_id: UUID
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReference:
    """The law that asks for it, from a day up to, but not on, a day. `id` is None for a new one."""

    act: str
    clause: str = ""
    from_on: date | None = None
    to_on: date | None = None
    id: UUID | None = None

    def is_in_force(self, day: date) -> bool:
        """Tell whether the law stood on a day."""
        has_begun = self.from_on is None or self.from_on <= day
        return has_begun and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementDetail:
    """A requirement with everything that is said of it."""

    summary: RequirementSummary
    description: str
    titles: Mapping[str, str]
    """In other languages, by their codes: what its certificates print."""
    wording: str
    """What is declared; "" where there is nothing to declare with."""
    wordings: Mapping[str, str]
    """The same in other languages, by their codes."""
    all_terms: tuple[Terms, ...]
    """Oldest first; those to come among them."""
    links: tuple[Linked, ...]
    laws: tuple[LegalReference, ...]

    def linked(self, kind: LinkKind) -> tuple[Linked, ...]:
        """Return the prerequisites, or the substitutes."""
        return tuple(one for one in self.links if one.kind is kind)

    def laws_on(self, day: date) -> tuple[LegalReference, ...]:
        """Return the laws that stood on a day: what a report of that day prints."""
        return tuple(one for one in self.laws if one.is_in_force(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequirement:
    """A requirement to be added; a course brings its own when it is published."""

    code: str
    title: str
    type: RequirementType
    description: str = ""
    wording: str = ""
    """What is declared, of a declaration alone."""
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementChange:
    """What is to be said of a requirement from now on; None leaves it as it is.

    The links and laws given are all that it has from then on.
    """

    title: str | None = None
    titles: Mapping[str, str] | None = None
    """In other languages, by their codes; all that it has from then on."""
    wording: str | None = None
    wordings: Mapping[str, str] | None = None
    """In other languages, by their codes; all that it has from then on."""
    wordings_hold: bool = False
    """Whether the other languages, where they are left as they are, say the same as another wording."""
    description: str | None = None
    terms: Terms | None = None
    """In force from `terms.from_on`, which is today or later."""
    prerequisites: tuple[UUID, ...] | None = None
    substitutes: tuple[UUID, ...] | None = None
    laws: tuple[LegalReference, ...] | None = None

    @property
    def links(self) -> dict[LinkKind, tuple[UUID, ...]]:
        """What is said of links, by their kind."""
        said = {
            LinkKind.PREREQUISITE: self.prerequisites,
            LinkKind.SUBSTITUTE: self.substitutes,
        }
        return {kind: wanted for kind, wanted in said.items() if wanted is not None}
