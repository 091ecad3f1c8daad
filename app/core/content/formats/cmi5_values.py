"""What only cmi5 knows of its activities and of the course (cmi5 1.0, section 13)."""

from dataclasses import dataclass, field
from enum import StrEnum


class MoveOn(StrEnum):
    """When an assignable unit counts as satisfied (10.2.4)."""

    PASSED = "Passed"
    COMPLETED = "Completed"
    COMPLETED_AND_PASSED = "CompletedAndPassed"
    COMPLETED_OR_PASSED = "CompletedOrPassed"
    NOT_APPLICABLE = "NotApplicable"


class LaunchMethod(StrEnum):
    """Where an assignable unit wants to be opened (13.1.4)."""

    ANY_WINDOW = "AnyWindow"
    OWN_WINDOW = "OwnWindow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cmi5Objective:
    """A learning objective of the course."""

    id: str
    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cmi5Activity:
    """A block, or an assignable unit (`Activity.launch` is its address)."""

    is_block: bool = False
    descriptions: dict[str, str] = field(default_factory=dict)
    objectives: tuple[str, ...] = ()
    """Identifiers of objectives of the course."""
    move_on: MoveOn = MoveOn.NOT_APPLICABLE
    mastery_score: str = ""
    """A decimal from 0 to 1 as it is written; empty: none."""
    launch_method: LaunchMethod = LaunchMethod.ANY_WINDOW
    launch_parameters: str = ""
    """Handed to the unit in the LMS launch data, with its blanks."""
    entitlement_key: str = ""
    activity_type: str = ""
    """An IRI, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cmi5Course:
    """The course as a whole; its publisher's id is the manifest's identifier."""

    descriptions: dict[str, str] = field(default_factory=dict)
    objectives: tuple[Cmi5Objective, ...] = ()
