"""What is said in a recording, under its picture and beside it, in the language somebody chose."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.core.content import CaptionTrack
from app.ui.learning.players.controls import Controls
from app.ui.learning.players.player import Player
from app.ui.learning.players.stage import Stage
from app.ui.learning.players.transcript import Transcript


class Captions(QObject):
    """Shows one track at a time, or none."""

    def __init__(
        self,
        player: Player,
        stage: Stage,
        controls: Controls,
        transcript: Transcript,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._stage = stage
        self._controls = controls
        self._transcript = transcript
        self._tracks: tuple[CaptionTrack, ...] = ()
        self._shown = -1
        controls.captions_asked.connect(self.show_track)
        controls.transcript_asked.connect(transcript.setVisible)

    def offer(self, tracks: Sequence[CaptionTrack], language: str) -> None:
        """Take the tracks of another recording, and show that in `language` if there is one."""
        self._tracks = tuple(tracks)
        languages = [track.language for track in self._tracks]
        self._controls.offer_captions(languages)
        self.show_track(languages.index(language) if language in languages else -1)

    def show_track(self, place: int) -> None:
        """Show the track at `place` among those given; -1 shows none."""
        self._shown = place
        self._controls.show_captions(place)
        self._transcript.show_track(self._tracks[max(place, 0)] if self._tracks else None)
        self._show_caption(self._player.position)

    def next_track(self) -> None:
        """Go through the tracks: none, each language, none again."""
        after = self._shown + 1
        self.show_track(after if after < len(self._tracks) else -1)

    def toggle_transcript(self) -> None:
        """Show the transcript beside the picture, or take it away."""
        self._controls.transcript.click()  # grey, and so deaf, where there is none

    def show_position(self, position: int) -> None:
        """Show what is being said at a position."""
        self._show_caption(position)
        if self._transcript.isVisible():
            self._transcript.show_position(position)

    def _show_caption(self, position: int) -> None:
        track = self._tracks[self._shown] if self._shown >= 0 else None
        self._stage.show_caption(track.text_at(position) if track else "")
