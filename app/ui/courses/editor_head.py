"""What stands over a course that is being made: its name, how it stands, what can be done with the whole."""

from PySide6.QtWidgets import QWidget

from app.core.base.figures import number
from app.core.base.words import _
from app.core.courses import CourseDetail, Outline
from app.ui.courses.course_actions import CourseOnDesk
from app.ui.courses.wording import STATES, lessons_words
from app.ui.kit.buttons import IconButton, Kind, plain, primary
from app.ui.kit.screen import PageHeader


class EditorHead:
    """Puts the editor's buttons in its header, and opens and shuts them as the draft stands."""

    def __init__(self, header: PageHeader) -> None:
        self._header = header
        self.settings_button = IconButton("settings", _("Course settings"))
        self.more_button = IconButton("ellipsis", _("More"))
        self.preview_button = plain(_("Preview"), "eye")
        self.save_button = plain(_("Save"), "save")
        self.save_button.setToolTip(_("Save (Ctrl+S)"))
        self.publish_button = primary(_("Publish"), "send")
        for button in (
            self.settings_button, self.more_button, self.preview_button,
            self.save_button, self.publish_button,
        ):  # fmt: skip
            header.add_action(button)

    def show(
        self,
        course: CourseOnDesk | None,
        outline: Outline,
        *,
        is_dirty: bool,
        may_edit: bool,
        may_publish: bool,
    ) -> None:
        """Show how the course stands: `outline` is on screen, `is_dirty` tells that it is not stored."""
        about = "" if course is None else _about(course.detail, outline, is_dirty=is_dirty)
        self._header.set_words(outline.title or _("Course"), about)
        focused = self._header.window().focusWidget()
        self.save_button.set_kind(Kind.TONAL if is_dirty else Kind.PLAIN)
        self.save_button.setEnabled(is_dirty and may_edit)
        has_draft = course is not None and course.detail.draft is not None
        self._show_publishing(
            asks_approval=course is not None and course.is_asked,
            may_edit=may_edit and (is_dirty or has_draft),
            may_publish=may_publish,
        )
        self._keep_focus(focused)

    def _keep_focus(self, focused: QWidget | None) -> None:
        """Take the focus on from a button that was just shut."""
        if focused in (self.save_button, self.publish_button) and not focused.isEnabled():
            self._focus_what_is_next()

    def _show_publishing(self, *, asks_approval: bool, may_edit: bool, may_publish: bool) -> None:
        self.publish_button.set_words(_("Submit for approval") if asks_approval else _("Publish"))
        self.publish_button.setEnabled(may_edit and (asks_approval or may_publish))

    def _focus_what_is_next(self) -> None:
        """Keep the focus up here when its button is shut: Qt would let it fall on some field below."""
        ready = self.publish_button.isEnabled()
        (self.publish_button if ready else self.preview_button).setFocus()


def _about(detail: CourseDetail, outline: Outline, *, is_dirty: bool) -> str:
    words, _tone, _icon = STATES[detail.state]
    parts = [_("Not saved"), detail.code, _(words)] if is_dirty else [detail.code, _(words)]
    if detail.versions:
        latest = number(detail.versions[0].number)
        parts.append(_("version {number}").format(number=latest))
    return " · ".join([*parts, lessons_words(len(outline.lessons))])
