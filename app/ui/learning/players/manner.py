"""How a recording is played: how fast, and with sound or without."""

from PySide6.QtCore import QObject

from app.ui.learning.players.controls import SPEEDS, Controls
from app.ui.learning.players.player import Player


class Manner(QObject):
    """Tells the player what is asked for, and shows on the controls what is in force."""

    def __init__(self, player: Player, controls: Controls, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._controls = controls
        controls.mute_asked.connect(self.toggle_mute)
        controls.speed_asked.connect(self.set_speed)

    def toggle_mute(self) -> None:
        """Take the sound away, or give it back."""
        self._player.set_muted(not self._player.is_muted)
        self._controls.show_muted(self._player.is_muted)

    def set_speed(self, speed: float) -> None:
        """Play slower or faster."""
        self._player.set_rate(speed)
        self._controls.show_speed(self._player.rate)

    def step_speed(self, step: int) -> None:
        """Go to the next speed that is offered, up or down."""
        place = SPEEDS.index(self._player.rate) + step
        self.set_speed(SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])
