"""A drop-down list of answers, as matching and gaps have them: the first entry is no answer."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QSizePolicy

from app.core.assessments import MediaKind, RichText
from app.core.base.words import _
from app.ui.assessments.media import QuestionMedia
from app.ui.assessments.rich_view import RichView
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.theme import current_theme

_SHORTEST, _ICON, _LEAST_WIDTH = 14, 40, 132


class Chooser(ComboBox):
    """Offers texts under their keys. `picked` comes only from the person before the screen."""

    picked = Signal()

    def __init__(
        self, name: str, offered: Sequence[tuple[str, RichText]], media: QuestionMedia
    ) -> None:
        super().__init__(name)
        self._keys = ["", *(key for key, _text in offered)]
        self.addItem(_("Choose…"))
        for _key, text in offered:
            self.addItem(_icon(text, media), RichView(text, media).words())
        if any(not self.itemIcon(place).isNull() for place in range(self.count())):
            side = current_theme().px(_ICON)
            self.setIconSize(QSize(side, side))
        self.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(_SHORTEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(current_theme().px(_LEAST_WIDTH))
        self.activated.connect(
            self.picked
        )  # a function that names self would keep it alive for ever

    def key(self) -> str:
        """Return the key chosen; "" while none is."""
        return self._keys[max(0, self.currentIndex())]

    def show_key(self, key: str) -> None:
        """Show a choice without telling anybody; an unknown key shows as none."""
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else 0)

    def words_of(self, key: str) -> str:
        """Return the words under a key; "" for none."""
        return self.itemText(self._keys.index(key)) if key and key in self._keys else ""


def _icon(text: RichText, media: QuestionMedia) -> QIcon:
    for ref in text.media:
        if ref.kind is MediaKind.IMAGE:
            return QIcon(QPixmap.fromImage(media.picture(ref)))
    return QIcon()
