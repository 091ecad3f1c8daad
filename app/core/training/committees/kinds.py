"""What a committee is for, and what somebody is on it."""

from enum import StrEnum

from app.core.base.words import mark


class CommitteeKind(StrEnum):
    """What a committee is for."""

    INTERNAL = "internal"
    """The Internal Committee (POSH Act, s.4)."""
    SAFETY = "safety"
    """The safety committee (OSH Code, s.22)."""
    FIRST_AID = "first_aid"
    FIRE = "fire"
    OTHER = "other"


COMMITTEE_KINDS = {
    CommitteeKind.INTERNAL: mark("Internal Committee"),
    CommitteeKind.SAFETY: mark("Safety committee"),
    CommitteeKind.FIRST_AID: mark("First-aiders"),
    CommitteeKind.FIRE: mark("Fire squad"),
    CommitteeKind.OTHER: mark("Another"),
}

HEADED = frozenset({CommitteeKind.INTERNAL, CommitteeKind.SAFETY})
"""Kinds that are not whole without a presiding officer."""


class SeatRole(StrEnum):
    """A seat on a committee (POSH Act, s.4)."""

    PRESIDING = "presiding"
    MEMBER = "member"
    EXTERNAL = "external"
    """From outside, familiar with the matter."""


SEAT_ROLES = {
    SeatRole.PRESIDING: mark("Presiding officer"),
    SeatRole.MEMBER: mark("Member"),
    SeatRole.EXTERNAL: mark("External member"),
}


class Trouble(StrEnum):
    """Why a committee needs a look, the weightiest first."""

    PRESIDING = "presiding"
    """Nobody presides."""
    UNTRAINED = "untrained"
    """Who presides does not hold what is asked."""
    SHORT = "short"
    """It has fewer members than it has to have."""
    NOTICE = "notice"
    """The notice that hangs out is not of who sits on it."""
