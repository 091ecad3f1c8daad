"""Tap, scan, answer: "May I?" by a reader that types what it reads and presses Enter. No mouse."""

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people import ProvedPresent, SignIn
from app.core.training.permits import Permit, Verdict, gate_in_words, reasons_of, verdict_in_words
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.verdict_plate import VerdictPlate

_LOOKS = {
    Verdict.ALLOWED: (Tone.SUCCESS, "circle-check"),
    Verdict.EXPIRES: (Tone.SUCCESS, "clock"),
    Verdict.NEEDS_SUPERVISOR: (Tone.WARNING, "users"),
    Verdict.NOT_ALLOWED: (Tone.DANGER, "circle-x"),
}
_MOST_LINES = 7
_SECONDS_TO_SCAN = 20
"""So long a badge that was read waits for a machine: the next person is not taken for the last."""
_TIMES_LONGER = 3
"""An answer that waits for a supervisor stays so many times longer."""


class Turn(Enum):
    """What is read next."""

    BADGE = auto()
    MACHINE = auto()
    NOTHING = auto()
    """It is being looked up; what is read meanwhile is nobody's."""
    ANSWER = auto()
    SECRET = auto()
    """The supervisor typed their number, and proves by their own PIN or password that they are there."""


@dataclass(frozen=True, eq=False)
class Asking:
    """One question: whose badge, which machine, and the supervisor's badge or ""."""

    badge: str
    machine: str
    supervisor: str = ""
    secret: str = field(default="", repr=False)
    """The supervisor's own PIN or password, where they typed their number."""

    def by(self, sign_in: SignIn) -> str | ProvedPresent:
        """Return who supervises: what a reader typed, or who proved to be there. Raises WrongSignIn."""
        if not self.secret:
            return self.supervisor
        return sign_in.prove_present(self.supervisor, self.secret)


class MayBoard(QWidget):
    """Asks by `asked`; whoever looks it up says `show_permit` or `show_error`, to which question.

    An answer that comes after somebody else began is not shown: it is not about them.
    """

    asked = Signal(object)
    """Carries an Asking."""

    def __init__(self, seconds: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._badge = self._machine = self._named = ""
        self.turn = Turn.BADGE
        self._asking: Asking | None = None
        self._permit: Permit | None = None
        body = column(self, gap=14)
        self.plate = VerdictPlate()
        body.addWidget(self.plate, 1)
        self.reasons = PlainLabel("", TextRole.H2, wrap=True)
        body.addWidget(self.reasons)
        self.entry = TextField(_("Badge or number"))
        self.entry.line.returnPressed.connect(self._read)
        body.addWidget(self.entry)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.begin)
        self.begin()

    def set_seconds(self, seconds: int) -> None:
        """Let answers stay so long from now on."""
        self._seconds = seconds

    def begin(self) -> None:
        """Wait for a badge, and forget who asked before."""
        self._over.stop()
        self._badge = self._machine = self._named = ""
        self._permit = self._asking = None
        self.turn = Turn.BADGE
        self._say(_("Tap your badge"), _("or type your number and press Enter"), "id-card")
        self._ask(_("Badge or number"))

    def focus_first(self) -> None:
        """Put the focus where the reader types."""
        self.entry.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_permit(self, asking: Asking, permit: Permit) -> None:
        """Show an answer, for some seconds."""
        if asking is not self._asking:
            return
        self._asking = None
        self._permit = permit
        self._named = asking.supervisor if permit.asks_secret else ""
        self.turn = Turn.SECRET if permit.asks_secret else Turn.ANSWER
        tone, icon = _LOOKS[Verdict.ALLOWED if permit.is_free and permit.supervisor else
                            permit.answer.verdict]  # fmt: skip
        someone = permit.standing
        name = "" if someone is None else someone.name
        under = " · ".join(part for part in (name, permit.task.title) if part)
        self.plate.say(verdict_in_words(permit), under, tone, icon)
        self.plate.show_face(b"" if someone is None else someone.photo)
        self.reasons.setText("\n".join(_lines(permit)))
        self.reasons.show()
        waits = self._waits_for_supervisor()
        self._ask(self._next_label(waits=waits))
        self._over.start(self._seconds * 1000 * (_TIMES_LONGER if waits else 1))

    def show_error(self, asking: Asking, error: UserFacingError) -> None:
        """Say why there is no answer; the badge is forgotten."""
        if asking is not self._asking:
            return
        self._asking = None
        self.turn = Turn.ANSWER
        self._permit = None
        self.plate.say(error.happened, error.remedy, Tone.DANGER, "triangle-alert")
        self.reasons.hide()
        self._ask(_("Next badge or number"))
        self._over.start(self._seconds * 1000)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.turn is not Turn.BADGE:
            self.begin()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        text = self.entry.value()
        self.entry.set_value("")
        if not text or self.turn is Turn.NOTHING:
            return
        if self.turn is Turn.MACHINE:
            self._machine = text
            self._look_up(Asking(self._badge, text))
        elif self.turn is Turn.SECRET:
            self._look_up(Asking(self._badge, self._machine, self._named, text))
        elif self._waits_for_supervisor() and text.casefold() != self._badge.casefold():
            self._look_up(Asking(self._badge, self._machine, text))
        else:
            self._take_badge(text)

    def _look_up(self, asking: Asking) -> None:
        self._over.stop()
        self.turn, self._asking = Turn.NOTHING, asking
        self.asked.emit(asking)

    def _take_badge(self, text: str) -> None:
        self._badge, self._machine, self._permit = text, "", None
        self.turn = Turn.MACHINE
        self._say(_("Scan the machine"), _("its label says “May I?”"), "scan-barcode")
        self._ask(_("Code of the machine"))
        self._over.start(_SECONDS_TO_SCAN * 1000)

    def _waits_for_supervisor(self) -> bool:
        permit = self._permit
        return (
            permit is not None
            and permit.answer.verdict is Verdict.NEEDS_SUPERVISOR
            and not permit.is_free
        )

    def _say(self, words: str, under: str, icon: str) -> None:
        self.plate.say(words, under, Tone.NEUTRAL, icon)
        self.reasons.hide()

    def _next_label(self, *, waits: bool) -> str:
        if self.turn is Turn.SECRET:
            return _("Supervisor's own PIN or password")
        return _("Supervisor's badge or number") if waits else _("Next badge or number")

    def _ask(self, label: str) -> None:
        mode = QLineEdit.EchoMode
        self.entry.line.setEchoMode(mode.Password if self.turn is Turn.SECRET else mode.Normal)
        self.entry.set_label(label)
        self.entry.set_value("")


def _lines(permit: Permit) -> list[str]:
    """Return what is said below the plate: the reasons, or what to do where they are not told."""
    if not permit.is_whole:
        said = [permit.supervisor_refused] if permit.supervisor_refused else []
        is_free = permit.is_free and bool(permit.supervisor)
        verdict = Verdict.ALLOWED if is_free else permit.answer.verdict
        return [*said, gate_in_words(permit, verdict)]
    lines = list(reasons_of(permit))
    if len(lines) <= _MOST_LINES:
        return lines
    more = len(lines) - _MOST_LINES + 1
    return [*lines[: _MOST_LINES - 1], _("and {count} more").format(count=more)]
