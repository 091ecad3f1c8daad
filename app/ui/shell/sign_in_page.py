"""Sign-in: number or badge, PIN or password. The first thing on screen, before anything is loaded."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, IconButton, Kind, link
from app.ui.kit.forms.choices import LanguagePicker
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.frames import Card
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, ScrollPage, centred, column, row
from app.ui.kit.progress import BusyLine
from app.ui.kit.theme import Appearance, TextRole, Theme, Tone
from app.ui.shell.secret_entry import SecretEntry
from app.ui.shell.side_panel import SidePanel
from app.ui.shell.signing_in import SigningIn

if TYPE_CHECKING:
    from app.core.people import SignedIn
    from app.services import Services
    from app.ui.kit.notices import Banner
    from app.ui.shell.first_file import FirstFile

_ROOMY = 700
"""Below this height everything moves together, so that the whole page is seen at once."""


class SignInPage(QWidget):
    """Asks who is there; says `signed_in` when they proved it."""

    signed_in = Signal(object)
    """Carries a people.SignedIn."""
    language_chosen = Signal(str)
    kit_asked = Signal()
    """An administrator's password is lost: two people come with the recovery kit."""

    customs_asked = Signal()
    """Somebody without a key wants to look at a sync file."""
    gate_asked = Signal()
    """Somebody asks "May I?" without signing in."""

    def __init__(self, theme: Theme, jobs: JobRunner, place: str) -> None:
        super().__init__()
        self._theme = theme
        self._signing_in = SigningIn(jobs, self)
        self._signing_in.proved.connect(self._proved)
        self._signing_in.refused.connect(self.show_error)
        self._banner: Banner | None = None
        self._jobs = jobs
        self._services: Services | None = None
        self.first_file: FirstFile | None = None
        """Where to hand in the first sync file, on a PC that waits for it."""
        self._waits = False
        self._offers_restore = False
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Sign in"))
        sides = row(self, gap=0)
        self.side = SidePanel(place)
        sides.addWidget(self.side, 4)
        page = ScrollPage()
        sides.addWidget(page, 9)
        middle = self._middle = column(page.content, gap=12, margin=24)
        middle.addStretch(1)
        middle.addWidget(centred(self._make_card(), 430))
        middle.addWidget(self._make_foot())
        middle.addStretch(1)
        self._show_way()

    def set_services(self, services: "Services", place: str) -> None:
        """Take the open site; a sign-in that was asked for meanwhile goes on."""
        self.side.place.setText(place)
        self.busy.stop()
        self._signing_in.set_services(services)
        self._services = services

    def rest(self) -> None:
        """Let go of the site, which is closed until somebody is there."""
        self._signing_in.rest()

    def tell_waiting(self, *, waits: bool) -> None:
        """Say, or no longer, that nobody can sign in before the first sync file has come."""
        has_come, self._waits = self._waits and not waits, waits
        if waits and self.first_file is None:
            from app.ui.shell.first_file import FirstFile  # few PCs wait, and none for long

            self.first_file = FirstFile(self._jobs)
            self._card.body.addWidget(self.first_file)
        if self.first_file is not None:
            self.first_file.set_services(self._services)
            self.first_file.setVisible(waits)
        for asked in (self.hint, self.number, self.secret, self.other):
            asked.setVisible(not waits)  # nobody has anything to sign in with yet
        self._say_nothing()
        if has_come:
            self.number.line.setFocus()

    def show_error(self, error: UserFacingError) -> None:
        """Say why it did not work."""
        self._signing_in.give_up()
        self.busy.stop()
        self._say(error.sentence)
        announce(self, error.sentence, urgent=True)
        self.secret.forget()

    def offer_restore(self, ask: Callable[[], None]) -> None:
        """Offer a backup beside what was said: the records cannot be opened."""
        if not self._offers_restore:
            self._offers_restore = True
            self.banner.add_action(_("Restore a backup"), ask)

    def sign_in(self, name: str, secret: str) -> None:
        """Sign in with what was given elsewhere, at once or when the site is open."""
        self.number.set_value(name)
        self._begin(name, secret)

    def focus_first(self) -> None:
        """Put the focus into the number field, empty."""
        self.number.set_value("")
        self.secret.use_password(use=False)
        self.secret.forget()
        self._say_nothing()
        if self._waits and self.first_file is not None:
            self.first_file.picker.file_button.setFocus()
        else:
            self.number.line.setFocus()

    def go_on(self, number: str, *, is_password: bool) -> None:
        """Ask on for what somebody had begun to give in another language; their secret is not kept."""
        self.secret.use_password(use=is_password)
        self.number.set_value(number)
        if number and not self._waits:
            self.secret.typed_in.setFocus()

    @property
    def banner(self) -> "Banner":
        """Return the message above the fields. Made when there is the first one."""
        if self._banner is None:
            from app.ui.kit.notices import Banner  # nothing to say before the first paint

            self._banner = Banner("", Tone.DANGER)
            self._card.body.insertWidget(self._card.body.indexOf(self.number), self._banner)
        return self._banner

    def _say(self, words: str, tone: Tone = Tone.DANGER) -> None:
        self.banner.set_tone(tone)
        self.banner.set_text(words)
        self.banner.show()

    def _say_nothing(self) -> None:
        self.kit_link.hide()
        if self._waits:
            self._say(
                _(
                    "This PC waits for its first sync file. Bring one from the PC where the site was "
                    "set up; everybody then signs in with what they have there."
                ),
                Tone.INFO,
            )
        elif self._banner is not None:
            self._banner.hide()

    def _make_card(self) -> Card:
        card = self._card = Card()
        self.busy = BusyLine()
        card.body.addWidget(self.busy)
        card.body.addWidget(PlainLabel(_("Sign in"), TextRole.H1))
        self.hint = PlainLabel("", TextRole.BODY2, wrap=True)
        card.body.addWidget(self.hint)
        self.number = TextField(_("Employee number, login or badge"))
        self.number.submitted.connect(self._number_entered)
        card.body.addWidget(self.number)
        self.secret = SecretEntry()
        self.secret.entered.connect(self._sign_in)
        self.secret.way_changed.connect(self._show_way)
        self.secret.forgotten.connect(self._tell_forgotten)
        card.body.addWidget(self.secret)
        words = _("Administrator's password lost: use the recovery kit")
        self.kit_link = link(words).on_press(self.kit_asked.emit)
        self.kit_link.hide()
        card.body.addWidget(self.kit_link)
        return card

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        line = FlowLayout(foot, gap=12, middle=True)
        self.languages = LanguagePicker()
        self.languages.chosen.connect(self.language_chosen)
        line.addWidget(self.languages)
        self.other = Button("", Kind.GHOST, icon="keyboard").on_press(self._use_the_other)
        line.addWidget(self.other)
        self.contrast = Button(_("High contrast"), Kind.GHOST, icon="contrast")
        line.addWidget(self.contrast.on_press(self._switch_contrast))
        self.gate_button = Button(_("May I?"), Kind.GHOST, icon="badge-check")
        self.gate_button.on_press(self.gate_asked.emit).hide()
        line.addWidget(self.gate_button)
        self.customs_button = IconButton("eye", _("Look at a sync file"))
        line.addWidget(self.customs_button.on_press(self.customs_asked.emit))
        return foot

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._theme
        tight = self.height() < theme.px(_ROOMY)
        self.secret.pin.set_tight(tight=tight)
        self._middle.setSpacing(theme.px(8 if tight else 12))
        self._card.body.setSpacing(theme.px(8 if tight else 12))
        self._middle.setContentsMargins(
            0, theme.px(4 if tight else 24), 0, theme.px(4 if tight else 24)
        )
        self._card.body.setContentsMargins(*[theme.px(16 if tight else 20)] * 4)

    def _use_the_other(self) -> None:
        self.secret.use_password(use=not self.secret.is_password)
        (self.secret.typed_in if self.number.value() else self.number.line).setFocus()

    def _show_way(self) -> None:
        """Say what is asked for: a PIN or a password."""
        is_password = self.secret.is_password
        self.other.set_words(_("Use PIN instead") if is_password else _("Use password instead"))
        self.hint.setText(
            _("Type your number or login and your password.")
            if is_password
            else _("Scan your badge, or type your employee number and PIN.")
        )

    def _number_entered(self) -> None:
        """A badge reader ends with Enter, as a hand does: go on to the secret."""
        self.secret.typed_in.setFocus()

    def _sign_in(self, secret: str) -> None:
        name = self.number.value().strip()
        if not name or not secret:
            (self.secret.typed_in if name else self.number.line).setFocus()
            return
        self._begin(name, secret)

    def _begin(self, name: str, secret: str) -> None:
        self._say_nothing()
        self.busy.start()
        self._signing_in.begin(name, secret)

    def _proved(self, signed_in: "SignedIn") -> None:
        self.busy.stop()
        self.signed_in.emit(signed_in)

    def _tell_forgotten(self) -> None:
        self._say(
            _(
                "Ask your trainer or the administrator to give you a new PIN. Your training is safe."
            ),
            Tone.INFO,
        )
        self.kit_link.setVisible(self._services is not None)

    def _switch_contrast(self) -> None:
        is_high = self._theme.appearance is Appearance.HIGH_CONTRAST
        self._theme.set_appearance(Appearance.SYSTEM if is_high else Appearance.HIGH_CONTRAST)
