"""How an act is to be signed."""

from enum import StrEnum


class SigningRule(StrEnum):
    """Whether an act is signed, and by whom."""

    PLAIN = "plain"
    """It is written with the name of who was signed in: for sites without signing keys."""
    SIGNED = "signed"
    TWO_PERSONS = "two_persons"
    """One asks, somebody else signs."""
