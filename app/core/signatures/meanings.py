"""What a signature means (21 CFR 11.50(a)(3))."""

from enum import StrEnum

from app.core.base.words import _, mark


class Meaning(StrEnum):
    """Why somebody signed. The words are in the signed bytes and never change."""

    ACKNOWLEDGED = "acknowledged"
    PERFORMED = "performed"
    ASSESSED = "assessed"
    ASSESSED_COMPETENT = "assessed_competent"
    ASSESSED_NOT_YET = "assessed_not_yet"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    WAIVED = "waived"
    CORRECTED = "corrected"
    DECIDED = "decided"
    CONFIRMED = "confirmed"


MEANINGS = {
    Meaning.ACKNOWLEDGED: mark("Read and acknowledged"),
    Meaning.PERFORMED: mark("Performed"),
    Meaning.ASSESSED: mark("Assessed"),
    Meaning.ASSESSED_COMPETENT: mark("Assessed competent"),
    Meaning.ASSESSED_NOT_YET: mark("Assessed not yet competent"),
    Meaning.REVIEWED: mark("Reviewed"),
    Meaning.APPROVED: mark("Approved"),
    Meaning.WAIVED: mark("Waived"),
    Meaning.CORRECTED: mark("Corrected"),
    Meaning.DECIDED: mark("Decided"),
    Meaning.CONFIRMED: mark("Confirmed"),
}


def meaning_in_words(meaning: str) -> str:
    """Return a meaning as it is printed; one of a newer program as it is written."""
    known = {one.value: words for one, words in MEANINGS.items()}
    return _(known[meaning]) if meaning in known else meaning
