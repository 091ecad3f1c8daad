"""Which kinds of paper are kept of somebody, and how large one may be."""

from enum import StrEnum

from app.core.base.words import mark

MOST_BYTES = 4_000_000
"""Of a paper: it lies in the journal of every PC of the site."""
MOST_TITLE = 120


class PaperKind(StrEnum):
    """What a paper is. They stand in a training file in this order."""

    CV = "cv"
    QUALIFICATION = "qualification"
    """A degree, a diploma, a trade certificate: what they brought along."""
    APPOINTMENT = "appointment"
    OTHER = "other"


PAPER_KINDS = {
    PaperKind.CV: mark("Curriculum vitae"),
    PaperKind.QUALIFICATION: mark("Degree or qualification"),
    PaperKind.APPOINTMENT: mark("Letter of appointment"),
    PaperKind.OTHER: mark("Other paper"),
}
"""Marked words for each."""
