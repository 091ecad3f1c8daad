"""Screens of training: what is required, who has it, the rules that assign, and assigning by hand."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.services import Services
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.changes_screen import SPEC as CHANGES
from app.ui.training.document_screen import DocumentScreen
from app.ui.training.documents_screen import SPEC as DOCUMENTS
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.rules_screen import SPEC as RULES


def _reading(desk: Desk[Services]) -> Screen[Services]:
    from app.ui.training.reading_screen import ReadingScreen  # the PDF library: 100 ms

    return ReadingScreen(desk)


def _revision(desk: Desk[Services]) -> Screen[Services]:
    from app.ui.training.revision_screen import RevisionScreen  # the PDF library: 100 ms

    return RevisionScreen(desk)


_BESIDE = (
    ScreenSpec(
        key="document",
        title=mark("Document"),
        icon="scroll-text",
        factory=DocumentScreen,
        in_navigation=False,
    ),
    ScreenSpec(
        key="revision",
        title=mark("Revision"),
        icon="scroll-text",
        factory=_revision,
        in_navigation=False,
    ),
    ScreenSpec(
        key="reading",
        title=mark("Read a document"),
        icon="book-open-check",
        needs=Capability.LEARN,
        factory=_reading,
        in_navigation=False,
    ),
)
"""What is reached from a list: those who approve, audit or learn reach it without the register."""

SCREENS = (ASSIGN, ASSIGNMENTS, REQUIREMENTS, RULES, DOCUMENTS, CHANGES, *_BESIDE)
