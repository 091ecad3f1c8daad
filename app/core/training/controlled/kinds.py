"""Words that the register of documents keeps."""

from enum import StrEnum


class ChangeClass(StrEnum):
    """How much a revision changes: what it proposes about reading it again."""

    MINOR = "minor"
    """Spelling, layout, names: nobody works differently."""
    MAJOR = "major"


class RevisionState(StrEnum):
    """Where a revision stands on a day; derived, never stored."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    """Becomes effective on a later day."""
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    RETIRED = "retired"
    """It was withdrawn, or its document is."""


class Ask(StrEnum):
    """Of whom something is asked again."""

    ALL = "all"
    SOME = "some"
    """Of some job roles and org units."""
    NONE = "none"


class AskFrom(StrEnum):
    """When it is asked of whom a planned impact says."""

    APPROVED = "approved"
    """As soon as the revision is approved, so that it can be read before it is in force."""
    EFFECTIVE = "effective"
    """On the first day on which it is in force."""


class ReviewOutcome(StrEnum):
    """What somebody found who looked whether a revision is still right."""

    STAYS = "stays"
    """It stays as it is, until the next review."""
    REVISE = "revise"
    """A new revision is needed: the review stays due until it is in force."""


class ImpactSubject(StrEnum):
    """What changed."""

    REVISION = "revision"
    COURSE_VERSION = "course_version"
