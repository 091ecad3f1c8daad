"""Every screen of the product. A feature's tuple joins here; the order is that of the navigation.

Imported after the first paint: these modules take the database's libraries along.
"""

from app.core.base.words import mark
from app.ui.approvals import SCREENS as APPROVALS
from app.ui.assessments import SCREENS as ASSESSMENTS
from app.ui.assessments.authoring import AUTHOR_SCREENS
from app.ui.assurance import SCREENS as ASSURANCE
from app.ui.certificates import SCREENS as CERTIFICATES
from app.ui.courses import SCREENS as COURSES
from app.ui.kit.screen import ScreenSpec
from app.ui.learning import SCREENS as LEARNING
from app.ui.operations import SCREENS as OPERATIONS
from app.ui.people import SCREENS as PEOPLE
from app.ui.reports import SCREENS as REPORTS
from app.ui.sync import SCREENS as SYNC
from app.ui.training import SCREENS as TRAINING

SCREENS: tuple[ScreenSpec, ...] = (
    *LEARNING,
    *ASSESSMENTS,
    *REPORTS,
    *PEOPLE,
    *COURSES,
    *AUTHOR_SCREENS,
    *APPROVALS,
    *TRAINING,
    *CERTIFICATES,
    *SYNC,
    *ASSURANCE,
    *OPERATIONS,
)

SECTIONS = ("", mark("People"), mark("Learning"), mark("Training"), mark("Control"))
"""Sections of the navigation in their order; screens without one stand on top."""


def screen_spec(key: str) -> ScreenSpec:
    """Return the screen with this key. Raises KeyError."""
    for spec in SCREENS:
        if spec.key == key:
            return spec
    raise KeyError(key)
