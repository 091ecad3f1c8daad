"""What somebody is on a committee."""

from enum import StrEnum

from app.core.base.words import mark


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
