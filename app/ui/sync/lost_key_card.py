"""What a PC offers that took over a site whose key was lost: a request for headquarters, or a key of its own."""

from pathlib import Path

from PySide6.QtCore import Qt

from app.core.base.words import _, mark
from app.core.egress import key_paper
from app.core.keys import REQUEST_ENDING, Introduction, LostKey
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Question
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole

_WORD = mark("NEW KEY")


class LostKeyCard(Card):
    """Shown where this PC does not hold the site's key. Not for the case that another PC does."""

    def __init__(self, screen: Screen[Services], standing: LostKey) -> None:
        super().__init__(_("The site's key is lost?"))
        self._screen = screen
        self._keys = screen.desk.services.open_site.keys
        about = (
            _(
                "If the PC that held it is gone for good, {name} can name a new one. What the lost key "
                "certified stays; nothing more is taken from it."
            ).format(name=standing.headquarters)
            if standing.headquarters
            else _(
                "If the PC that held it is gone for good, this PC can begin a new one. The other PCs of "
                "the site are paired once more, and take it by eight words."
            )
        )
        self.body.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        self._words = column(gap=8)
        self.body.addLayout(self._words)
        button = (
            plain(_("Save the request for {name}").format(name=standing.headquarters), "save")
            if standing.headquarters
            else plain(_("Begin a new key"), "key-round")
        )
        self.button = button.on_press(self.ask if standing.headquarters else self.ask_alone)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def ask(self) -> None:
        """Make the request, show its words, and ask where to save it."""
        actor = self._screen.desk.actor
        self._screen.act(
            lambda _progress: self._keys.pairing.introduce_successor(actor), self._asked
        )

    def save(self, made: Introduction, path: Path) -> None:
        """Write the request to a file."""
        words = _("Saved. Carry {file} to headquarters, and read them the words.")
        save_document(
            self._screen,
            path,
            lambda _progress: key_paper(made.document, made.label),
            lambda _document: self._screen.desk.toast(words.format(file=path.name)),
            told=False,
        )

    def ask_alone(self) -> None:
        """Ask for the reason, and for a word: the other PCs have to be paired again."""
        question = Question(
            title=_("Begin a new key for this site?"),
            text=_(
                "Only when no PC holds the old one any more. The other PCs take nothing from this one "
                "until they are paired again."
            ),
            yes=_("Begin a new key"),
            danger=True,
            word=_(_WORD),
            ask_reason=True,
        )
        actor = self._screen.desk.actor

        def begin(reason: str) -> None:
            self._screen.act(
                lambda _progress: self._keys.succession.begin_alone(actor, reason),
                lambda _none: self._screen.desk.toast(_("The site has a new key.")),
            )

        self._screen.desk.confirm(question, begin)

    def _asked(self, made: Introduction) -> None:
        clear(self._words)
        self._words.addWidget(Fingerprint(made.words, made.code))
        name = f"{self._screen.desk.services.open_site.code}{REQUEST_ENDING}"
        ask_where(self, _("Save the request"), name, lambda path: self.save(made, path))
