"""The authors' screens: every course, the import of a folder, the editor."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.ui.courses.courses_screen import CoursesScreen
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.import_screen import ImportScreen
from app.ui.kit.screen import ScreenSpec

SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        key="courses",
        title=mark("Courses"),
        icon="library",
        section=mark("Learning"),
        needs=Capability.VIEW_COURSES,
        factory=CoursesScreen,
    ),
    ScreenSpec(
        key="course_import",
        title=mark("Import a course"),
        icon="upload",
        needs=Capability.AUTHOR_COURSES,
        factory=ImportScreen,
        in_navigation=False,
        stands_alone=True,
        beneath="courses",
    ),
    ScreenSpec(
        key="course_editor",
        title=mark("Course"),
        icon="pencil",
        needs=Capability.VIEW_COURSES,
        factory=EditorScreen,
        in_navigation=False,
    ),
)
