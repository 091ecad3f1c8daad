"""The words of a seal: read out over the telephone, they prove that two copies are alike."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.base.figures import moment, number
from app.core.base.words import _
from app.core.journal import SealName
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import TextRole, current_theme

_ACROSS = 3


class SealSheet(SideSheet):
    """A card of twelve words for each log that was sealed."""

    def __init__(self, host: QWidget, seals: Sequence[SealName]) -> None:
        super().__init__(
            host,
            _("Sealed"),
            subtitle=_("Write the words down, or read them to somebody elsewhere."),
            width=520,
        )
        self._seals = tuple(seals)
        for seal in self._seals:
            self.body.addWidget(_card(seal))
        about = _(
            "Whoever holds these words can later tell whether this journal, "
            "up to this entry, is still the one that was sealed today."
        )
        self.body.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self.foot.addWidget(plain(_("Copy the words"), "copy").on_press(self._copy))

    def _copy(self) -> None:
        lines = [f"{seal.log.scope.value} {seal.seq}: {seal.words}" for seal in self._seals]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _card(seal: SealName) -> Card:
    title = _("Log {scope}, up to entry {entry}").format(
        scope=seal.log.scope.value, entry=number(seal.seq)
    )
    card = Card(title, subtitle=moment(seal.sealed_at), margin=16)
    grid = QGridLayout()
    grid.setSpacing(current_theme().px(10))
    for place, word in enumerate(seal.words.split()):
        label = PlainLabel(f"{place + 1}. {word}", TextRole.STRONG)
        grid.addWidget(label, place // _ACROSS, place % _ACROSS)
    card.body.addLayout(grid)
    return card
