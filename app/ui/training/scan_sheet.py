"""What was read of a scanned sign-in sheet: proposed, and asked where it is not clear."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _, plural
from app.core.training.sessions import BoxMark, ReadRow, ReadSheet
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.forms.fields import CheckBox
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.pictures import picture_of
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone, current_theme

_LOOK_HEIGHT = 48


class _Look(QWidget):
    """Box and signature of one line, as they are on the paper: nobody has to look for it there."""

    def __init__(self, one: ReadRow) -> None:
        super().__init__()
        self._picture = picture_of(one.look)
        self.setAccessibleName(_("The line of {name} on the paper").format(name=one.name))
        self.setFixedHeight(current_theme().px(_LOOK_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QSizeF(self._picture.size())
        shown = whole.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(QPointF(), shown), self._picture)


def _told(read: ReadSheet) -> str:
    marked = sum(one.mark is BoxMark.MARKED for one in read.rows)
    told = [
        plural("{count} line read", "{count} lines read", len(read.rows)),
        plural("{count} box is marked", "{count} boxes are marked", marked),
    ]
    if read.unclear:
        told.append(plural("{count} is not clear", "{count} are not clear", len(read.unclear)))
    return " · ".join(told)


class ScanSheet(SideSheet):
    """Everybody on the sheet with a tick that can be changed; who is not clear stands first."""

    def __init__(
        self,
        host: Screen[Services],
        read: ReadSheet,
        tick: Callable[[ReadSheet, frozenset[UUID]], None],
    ) -> None:
        super().__init__(host, _("The scanned sheet"), subtitle=_told(read) if read.rows else "")
        self._read, self._tick = read, tick
        self.boxes: dict[UUID, CheckBox] = {}
        if not read.rows:
            self._say(
                _("No box could be read. The scan is kept as evidence; tick people on the roll."),
                Tone.WARNING,
            )
        if read.unclear:
            words = _("Not clear: look at the paper, and tick who was there.")
            self._say(words, Tone.WARNING)
            self._add(read.unclear)
        if read.walk_ins:
            words = plural(
                "{count} wrote themselves down below: tick them on the roll.",
                "{count} wrote themselves down below: tick them on the roll.",
                read.walk_ins,
            )
            self._say(words, Tone.INFO)
        clear = tuple(one for one in read.rows if one.mark is not BoxMark.UNCLEAR)
        if clear:
            self.body.addWidget(PlainLabel(_("Read from the sheet"), TextRole.H2))
            self._add(clear)
        self.foot.addWidget(plain(_("Cancel")).on_press(self.dismiss))
        self.take_button = primary(_("Take over"), "check").on_press(self._take)
        self.take_button.setEnabled(bool(read.rows))
        self.foot.addWidget(self.take_button)

    def _add(self, rows: tuple[ReadRow, ...]) -> None:
        for one in rows:
            if one.look:
                self.body.addWidget(_Look(one))
            box = CheckBox(f"{one.name} · {one.number}")
            box.setChecked(one.mark is BoxMark.MARKED)
            self.boxes[one.person_id] = box
            self.body.addWidget(box)

    def _say(self, words: str, tone: Tone) -> None:
        self.body.addWidget(Banner(words, tone))

    def _take(self) -> None:
        chosen = frozenset(key for key, box in self.boxes.items() if box.isChecked())
        rows = tuple(one for one in self._read.rows if one.person_id in chosen)
        kept = ReadSheet(pages=self._read.pages, rows=rows, walk_ins=self._read.walk_ins)
        self.dismiss()
        self._tick(kept, chosen)
