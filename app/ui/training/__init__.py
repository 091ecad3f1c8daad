"""Screens of training: what is required and who has it, the matrix, the rules, and all that proves it."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.services import Services
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.training.assessors_screen import SPEC as ASSESSORS
from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.changes_screen import SPEC as CHANGES
from app.ui.training.committees_screen import SPEC as COMMITTEES
from app.ui.training.declaring_screen import DeclaringScreen
from app.ui.training.delegations_screen import SPEC as DELEGATIONS
from app.ui.training.document_screen import DocumentScreen
from app.ui.training.documents_screen import SPEC as DOCUMENTS
from app.ui.training.drill_screen import SPEC as DRILL
from app.ui.training.drills_screen import SPEC as DRILLS
from app.ui.training.effectiveness_screen import SPEC as EFFECTIVENESS
from app.ui.training.form_screen import SPEC as FORM
from app.ui.training.legacy_screen import SPEC as LEGACY
from app.ui.training.matrix_screen import SPEC as MATRIX
from app.ui.training.may_board import Asking, MayBoard
from app.ui.training.may_screen import SPEC as MAY_I
from app.ui.training.my_assessments_screen import SPEC as MY_ASSESSMENTS
from app.ui.training.my_practicals_screen import SPEC as MY_PRACTICALS
from app.ui.training.outbox_screen import SPEC as OUTBOX
from app.ui.training.plan_screen import SPEC as PLAN
from app.ui.training.practical_screen import SPEC as PRACTICAL
from app.ui.training.practicals_screen import SPEC as PRACTICALS
from app.ui.training.quiz_queue import QuizQueueCard
from app.ui.training.reminders_screen import SPEC as REMINDERS
from app.ui.training.requests_screen import SPEC as REQUESTS
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.retrain_screen import SPEC as RETRAIN
from app.ui.training.rules_screen import SPEC as RULES
from app.ui.training.session_screen import SPEC as SESSION
from app.ui.training.sessions_screen import SPEC as SESSIONS
from app.ui.training.tasks_screen import SPEC as TASKS


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
    ScreenSpec(
        key="declaring",
        title=mark("Declaration"),
        icon="signature",
        needs=Capability.LEARN,
        factory=DeclaringScreen,
        in_navigation=False,
    ),
)
"""What is reached from a list: those who approve, audit or learn reach it without the register."""

SCREENS = (
    MY_PRACTICALS,
    MAY_I,
    ASSIGN,
    ASSIGNMENTS,
    DELEGATIONS,
    RETRAIN,
    MATRIX,
    PLAN,
    REMINDERS,
    REQUIREMENTS,
    RULES,
    SESSIONS,
    SESSION,
    DRILLS,
    DRILL,
    MY_ASSESSMENTS,
    PRACTICALS,
    EFFECTIVENESS,
    ASSESSORS,
    FORM,
    PRACTICAL,
    DOCUMENTS,
    CHANGES,
    *_BESIDE,
    TASKS,
    REQUESTS,
    COMMITTEES,
    OUTBOX,
    LEGACY,
)

__all__ = ["SCREENS", "Asking", "MayBoard", "QuizQueueCard"]
