"""Beginning a course without files: a title, and what goes with it."""

from PySide6.QtWidgets import QWidget

from app.core.base.words import LANGUAGES, _, current_language
from app.core.courses import NewCourse
from app.ui.kit.course_topics import topic_field
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.sheets import FormSheet


class NewCourseSheet(FormSheet):
    """Asks for what an empty course begins with."""

    def __init__(self, host: QWidget) -> None:
        form = Form()
        self.course_title = TextField(_("Title"), required=True)
        self.code = TextField(_("Code"), hint=_("Left empty, one is made from the title."))
        self.topic = topic_field("")
        self.language: ComboField[str] = ComboField(_("Language"), list(LANGUAGES.items()))
        self.language.set_value(current_language())
        for field in (self.course_title, self.code, self.topic, self.language):
            form.add(field)
        super().__init__(
            host,
            _("New course"),
            form,
            save=_("Begin"),
            subtitle=_("It begins empty; lessons are added in the editor."),
        )

    def value(self) -> NewCourse:
        """Return what was filled in."""
        return NewCourse(
            title=self.course_title.value(),
            code=self.code.value(),
            topic=self.topic.value() or "",
            language=self.language.value() or current_language(),
        )
