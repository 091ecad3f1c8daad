"""The lessons that an import would make, one line each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.words import _, plural
from app.core.courses import PlannedLesson, lesson_kind
from app.ui.courses.wording import about_lesson, language_names, package_words
from app.ui.kit.chips import IconTile
from app.ui.kit.labels import ElidedLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, Tone, current_theme

_FILES_WIDTH = 300


class LessonLine(QWidget):
    """A planned lesson: number, kind, title, what is in it, and the file it comes from."""

    def __init__(self, number: int, lesson: PlannedLesson, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        about = _about(lesson)
        self.setAccessibleName(f"{number}. {lesson.title}, {about}")
        line = row(self, gap=12)
        line.setContentsMargins(0, current_theme().px(4), 0, current_theme().px(4))
        place = PlainLabel(str(number), TextRole.MUTED)
        place.setFixedWidth(current_theme().px(24))
        place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(place)
        line.addWidget(IconTile(lesson_kind(lesson.kind).icon, Tone.PRIMARY, 36))
        words = column(gap=1)
        words.addWidget(ElidedLabel(lesson.title, TextRole.STRONG))
        words.addWidget(ElidedLabel(about, TextRole.MUTED))
        line.addLayout(words, 3)
        files = ElidedLabel(_files(lesson), TextRole.MUTED)
        files.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        files.setMaximumWidth(current_theme().px(_FILES_WIDTH))
        line.addWidget(files, 2)


def _about(lesson: PlannedLesson) -> str:
    captions = language_names(lesson.caption_languages)
    return about_lesson(
        lesson.kind,
        lesson.seconds,
        *package_words(lesson.package),
        language_names(lesson.languages),
        _("captions: {languages}").format(languages=captions) if captions else "",
    )


def _files(lesson: PlannedLesson) -> str:
    if not lesson.files:
        return _("from course.toml")
    others = len(lesson.files) - 1
    first = lesson.files[0]
    if not others:
        return first
    more = plural("and {count} more", "and {count} more", others)
    return f"{first} {more}"
