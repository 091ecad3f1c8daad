"""Above every screen of a PC that the site has not enrolled: that it is for learning alone."""

from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.services import Services
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk
from app.ui.kit.theme import Tone


class LearnerModeNotice(QWidget):
    """Takes no room where the PC is enrolled."""

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__()
        lines, edge = column(self, gap=0), desk.theme.px(24)
        lines.setContentsMargins(edge, edge // 2, edge, 0)
        words = _(
            "The site has not enrolled this PC. It is for learning alone, and what is done here is marked. "
            "Whoever manages the site asks for a certificate under Peers and keys; then sign in anew."
        )
        lines.addWidget(Banner(words, Tone.WARNING, icon="monitor"))
        self.hide()
        is_enrolled = desk.services.sign_in.is_enrolled
        desk.jobs.run(
            lambda _progress: is_enrolled(),
            done=lambda enrolled: self.setVisible(not enrolled),
            owner=self,
        )
