"""A page's text in one language, written as it will be read."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.forms.form import Form
from app.ui.kit.notices import Banner
from app.ui.kit.rich_text import RichTextField
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone, current_theme

_WIDTH = 860
_AROUND, _LEAST = 380, 220
"""Of the height: what lies around the text, and what the text has at least."""
_PICTURES = "*.png *.jpg *.jpeg *.svg"


class PageSheet(FormSheet):
    """`keep_picture` keeps a picture, and hands its hash to what it is called with."""

    def __init__(
        self,
        host: QWidget,
        title: str,
        safe_html: str,
        *,
        subtitle: str,
        picture_path: Callable[[str], Path | None],
        keep_picture: Callable[[Path, Callable[[str], None]], None],
    ) -> None:
        self._keep_picture = keep_picture
        form = Form()
        self.text = RichTextField(_("Text"), picture_path, self.ask_picture, required=True)
        self.text.set_value(safe_html)
        room = host.height() - current_theme().px(_AROUND)
        self.text.area.setMinimumHeight(max(room, current_theme().px(_LEAST)))
        form.add(self.text)
        words = _("Words in bold brackets, such as [extension], are asked about before publishing.")
        form.add_part(Banner(words, Tone.INFO))
        super().__init__(
            host, title, form, save=_("Keep this text"), subtitle=subtitle, width=_WIDTH
        )
        form.mark_saved()

    def ask_picture(self) -> QFileDialog:
        """Ask for a picture, and put it where the cursor stands."""
        dialog = QFileDialog(self, _("Picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{_PICTURES} ({_PICTURES})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.put_picture(Path(names[0])))
        dialog.open()
        return dialog

    def put_picture(self, path: Path) -> None:
        """Keep a picture and show it; its name without ending describes it until it is changed."""
        self._keep_picture(path, lambda sha256: self.text.put_picture(sha256, path.stem))

    def picture_refused(self, error: UserFacingError) -> None:
        """Say why a picture cannot be put in."""
        self.refused(error)
