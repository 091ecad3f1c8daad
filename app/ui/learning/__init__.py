"""The learner's screens: home, the catalogue, one course, the player."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.learning.catalogue_screen import SPEC as CATALOGUE
from app.ui.learning.course_screen import CourseScreen
from app.ui.learning.home_screen import HomeScreen
from app.ui.learning.learner_services import LearnerServices


def _player(desk: Desk[LearnerServices]) -> Screen[LearnerServices]:
    from app.ui.learning.player_screen import PlayerScreen  # PDF and media libraries: 100 ms

    return PlayerScreen(desk)


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        key="home",
        title=mark("Home"),
        icon="house",
        needs=Capability.LEARN,
        factory=HomeScreen,
    ),
    CATALOGUE,
    ScreenSpec(
        key="course",
        title=mark("Course"),
        icon="library",
        needs=Capability.LEARN,
        factory=CourseScreen,
        in_navigation=False,
    ),
    ScreenSpec(
        key="player",
        title=mark("Lesson"),
        icon="circle-play",
        factory=_player,
        in_navigation=False,
        is_immersive=True,
    ),
)
"""The player asks for no capability: learners learn in it, authors preview in it."""
