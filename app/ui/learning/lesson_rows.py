"""The lessons of a course, one row each: what state, what it is called, how long it takes."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.figures import duration
from app.core.base.words import _
from app.core.courses import LessonPlan, lesson_kind
from app.core.learning import LessonInHand
from app.core.training import LessonAhead
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.painted import PaintedButton, paint_row_ground, smooth
from app.ui.kit.theme import Ink, TextRole

_ICON_PX = 20
_LOCK = "lock"


def title_in(plan: LessonPlan, language: str) -> str:
    """Return a lesson's title in a language, or as it is."""
    return plan.titles.get(language, plan.title)


def why_locked() -> str:
    """Return why a locked lesson does not open."""
    return _("Opens when the lessons before it are done.")


def kind_of(plan: LessonPlan) -> tuple[str, str]:
    """Return the words and the icon of a lesson's kind."""
    kind = lesson_kind(plan.kind)
    return _(kind.title), kind.icon


class LessonRow(PaintedButton):
    """One lesson. A locked one can be pressed too: whoever listens says why it stays shut."""

    turned_to = Signal()
    """Pointer or focus came to it."""

    def __init__(
        self,
        lesson: LessonInHand,
        language: str,
        *,
        is_current: bool = False,
        numbered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lesson_id = lesson.lesson_id
        self.is_current = is_current
        title = title_in(lesson.plan, language)
        state, icon, ink = _state(lesson, is_current=is_current)
        about = about_plan(lesson.plan)
        spoken = _("Locked. {reason}").format(reason=why_locked()) if icon == _LOCK else state
        self.setAccessibleName(", ".join(part for part in (title, about, spoken) if part))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = row(self, gap=12, margin=9)
        line.addWidget(IconLabel(icon, ink, _ICON_PX))
        words = column(gap=1)
        shown = f"{lesson.position}. {title}" if numbered else title
        heading = PlainLabel(shown, TextRole.STRONG if is_current else TextRole.BODY, wrap=True)
        if not lesson.is_open:
            heading.setProperty("role", TextRole.BODY2.value)
        words.addWidget(heading)
        words.addWidget(PlainLabel(f"{state} · {about}", TextRole.MUTED, wrap=True))
        line.addLayout(words, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.turned_to.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.turned_to.emit()

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_row_ground(self, smooth(self), is_chosen=self.is_current)


class LessonAheadRow(QWidget):
    """One lesson of a course that is not begun: it only tells, and opens nothing."""

    def __init__(
        self, lesson: LessonAhead, language: str, counts: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = title_in(lesson.plan, language)
        about = about_plan(lesson.plan)
        self.setAccessibleName(f"{title}, {about}, {counts}")
        line = row(self, gap=12, margin=9)
        icon = IconLabel(kind_of(lesson.plan)[1], Ink.TEXT2, _ICON_PX)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=1)
        words.addWidget(PlainLabel(f"{lesson.position}. {title}", TextRole.BODY, wrap=True))
        words.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))
        done = _("Done when: {what}").format(what=counts)
        words.addWidget(PlainLabel(done, TextRole.MUTED, wrap=True))
        line.addLayout(words, 1)


def _state(lesson: LessonInHand, *, is_current: bool) -> tuple[str, str, Ink]:
    """Return what a lesson's state is called, its icon and the icon's colour."""
    if lesson.is_done:
        return _("Done"), "circle-check", Ink.SUCCESS
    if is_current:
        return _("Open now"), "circle-play", Ink.PRIMARY
    if not lesson.is_open:
        return _("Locked"), _LOCK, Ink.TEXT3
    return _("To do"), kind_of(lesson.plan)[1], Ink.TEXT2


def about_plan(plan: LessonPlan) -> str:
    """Return a lesson's kind, its length, and whether it is needed, in one line."""
    kind, _icon = kind_of(plan)
    parts = [kind]
    if plan.seconds:
        parts.append(duration(plan.seconds))
    if not plan.is_required:
        parts.append(_("optional"))
    return " · ".join(parts)
