"""Which player this PC gets, and why: the health page shows the reason."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QMediaPlayer

from app.core.base.words import _
from app.ui.learning.players.player import Player
from app.ui.learning.players.qt_player import QtPlayer
from app.ui.learning.players.vlc_player import VlcPlayer, VlcUnavailable


class Backend(StrEnum):
    """The libraries that can play a recording."""

    VLC = "vlc"
    QT = "qt"


@dataclass(frozen=True, slots=True)
class ChosenPlayer:
    """A player, what plays, and one sentence that says why it was chosen."""

    player: Player
    backend: Backend
    reason: str


def make_player(parent: QObject | None = None, prefer: Backend = Backend.VLC) -> ChosenPlayer:
    """Return the preferred player if this PC can run it, otherwise the other one."""
    if prefer is Backend.QT and QMediaPlayer().isAvailable():
        reason = _("Recordings are played by the player that is built in.")
        return ChosenPlayer(QtPlayer(parent), Backend.QT, reason)
    try:
        player = VlcPlayer(parent)
    except VlcUnavailable as absence:
        reason = _("Recordings are played by the player that is built in: {reason}")
        return ChosenPlayer(QtPlayer(parent), Backend.QT, reason.format(reason=absence))
    return ChosenPlayer(player, Backend.VLC, _("Recordings are played by VLC."))
