"""What offers and the catalogue give: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.core.training.kinds import Offering, RequirementType


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Whether people may have a requirement of themselves, and which of them."""

    requirement_id: UUID
    code: str
    title: str
    offering: Offering
    audience_id: UUID | None = None
    audience_code: str = ""
    audience_title: str = ""
    """Whom it is offered to; "" for everybody here."""


class EntryState(StrEnum):
    """What a requirement of the catalogue is to whoever looks."""

    DONE = "done"
    """They hold it."""
    ASSIGNED = "assigned"
    """It is asked of them."""
    CHOSEN = "chosen"
    """They took it themselves."""
    WAITING = "waiting"
    """They asked for it, and nobody has answered."""
    TO_TAKE = "to_take"
    TO_ASK = "to_ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A requirement as somebody finds it in the catalogue."""

    requirement_id: UUID
    code: str
    type: RequirementType
    title: str
    titles: Mapping[str, str]
    description: str
    descriptions: Mapping[str, str]
    course_id: UUID | None
    topic: str = ""
    languages: tuple[str, ...] = ()
    """In which its course can be learned."""
    lessons: int = 0
    seconds: int = 0
    """How long its course takes; 0 where nobody knows."""
    state: EntryState
    may_drop: bool = False
    """Whether they chose it, and have not begun."""
    valid_until: date | None = None
    """Of what they hold; None also where it holds for good."""
    declined: str = ""
    """Why they were refused it, when they asked last."""
    declined_by: str = ""
    search: str = field(default="", repr=False)
    """Every word of it, in every language."""

    def title_in(self, language: str) -> str:
        """Return the title in a language, or as it is."""
        return self.titles.get(language, self.title)

    def description_in(self, language: str) -> str:
        """Return the description in a language, or as it is."""
        return self.descriptions.get(language, self.description)
