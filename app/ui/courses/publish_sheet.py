"""Before a version is published: what stands against it, and what is noted with it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole, Tone

_MOST = 12


class PublishSheet(FormSheet):
    """Asks for a note; holds back while the core finds problems."""

    def __init__(self, host: QWidget, title: str, problems: Sequence[str]) -> None:
        form = Form()
        self.note = TextAreaField(
            _("What is new"), rows=3, hint=_("Kept with the version, for auditors to read.")
        )
        if problems:
            words = _("This must be mended before the course can be published.")
            form.add_part(Banner(words, Tone.DANGER))
            for problem in problems[:_MOST]:
                form.add_part(PlainLabel(f"• {problem}", TextRole.BODY2, wrap=True))
            self.note.hide()
        else:
            words = _("New learners begin this version. Whoever has begun goes on with theirs.")
            form.add_part(Banner(words, Tone.INFO))
        form.add(self.note)
        super().__init__(host, _("Publish"), form, save=_("Publish"), subtitle=title)
        self.save_button.setEnabled(not problems)
