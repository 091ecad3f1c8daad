"""A batch of old training in a sheet: what is signed, what was rejected, its rows and scans."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.core.base.figures import day, moment
from app.core.base.words import _, plural
from app.core.egress import Document, FileKind, Leaving
from app.core.signatures import Meaning, SignatureLine
from app.core.training.legacy import (
    BATCH_STATES,
    BatchDetail,
    BatchState,
    OldRecord,
    Scan,
    waits_in_words,
)
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, add_signatures, ask_signature
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 50
_WIDTH = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBatch:
    """A batch as the sheet shows it."""

    detail: BatchDetail
    rows: Sequence[OldRecord]
    signatures: Sequence[SignatureLine]


class BatchSheet(SideSheet):
    """Tells; whoever did not bring it in can sign it, anybody can take it back before that."""

    def __init__(self, host: Screen[Services], found: FoundBatch) -> None:
        one = found.detail.summary
        super().__init__(host, one.title, subtitle=_(BATCH_STATES[one.state]), width=_WIDTH)
        self._screen = host
        self._found = found
        self.sign_button: Button | None = None
        self.back_button: Button | None = None
        self._tell_state()
        self._tell_text()
        self._tell_rows()
        self._tell_scans()
        self._tell_rejected()
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        if one.state is BatchState.WAITING:
            self._offer()

    def _tell_state(self) -> None:
        one = self._found.detail.summary
        if one.state is BatchState.WAITING:
            words = _(
                "It counts for nothing yet: somebody else compares it with the papers and signs."
            )
            self.body.addWidget(Banner(words, Tone.WARNING))
        if one.state is BatchState.SIGNED:
            words = plural(
                "{count} requirement is met by it.",
                "{count} requirements are met by it.",
                one.credits,
            )
            self.body.addWidget(Banner(words, Tone.SUCCESS))
        if one.answered_at is not None and one.state is BatchState.TAKEN_BACK:
            words = _("Taken back by {name}, {when}.").format(
                name=one.answered_by, when=moment(one.answered_at)
            )
            self.body.addWidget(Banner(words, Tone.INFO))
        for waits in self._found.detail.waits:
            self.body.addWidget(Banner(waits_in_words(waits), Tone.WARNING, icon="lock"))
        add_signatures(self._screen, self.body, self._found.signatures)

    def _tell_text(self) -> None:
        self._part(_("What is signed"))
        self.body.addWidget(PlainLabel(self._found.detail.text, TextRole.BODY2, wrap=True))
        if self._found.detail.summary.note:
            self.body.addWidget(
                FactRow(self._found.detail.summary.note, _("Note"), icon="message-square")
            )

    def _tell_rows(self) -> None:
        self._part(_("Its rows"))
        for one in self._found.rows[:_SHOWN]:
            until = "" if one.valid_until is None else day(one.valid_until)
            facts = (day(one.trained_on), until, one.score, one.trainer, one.source)
            about = " · ".join(filter(None, (_("Migrated"), *facts)))
            title = f"{one.name} · {one.number} · {one.title}"
            icon = "paperclip" if one.scans else "file-text"
            self.body.addWidget(FactRow(title, about, icon=icon))
        more = self._found.detail.summary.rows_taken - min(len(self._found.rows), _SHOWN)
        if more > 0:
            words = plural("and {count} more", "and {count} more", more)
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))

    def _tell_scans(self) -> None:
        scans = self._found.detail.scans
        if scans:
            self._part(_("Scans"))
        for one in scans[:_SHOWN]:
            line = FactRow(one.name, one.number or _("Of the whole batch"), icon="paperclip")
            save = Button(_("Save"), Kind.GHOST, dense=True).on_press(partial(self._ask_where, one))
            save.setAccessibleName(_("Save {name}").format(name=one.name))
            line.add_button(save)
            self.body.addWidget(line)

    def _tell_rejected(self) -> None:
        rejected = self._found.detail.rejected
        if rejected:
            self._part(_("Rows that were rejected"))
        for one in rejected[:_SHOWN]:
            place = _("Line {line}").format(line=one.line)
            about = f"{one.sheet}, {place}" if one.sheet else place
            self.body.addWidget(FactRow(one.reason, about, icon="circle-x"))

    def _offer(self) -> None:
        self.back_button = plain(_("Take it back"), "undo-2").on_press(self._ask_back)
        self.foot.addWidget(self.back_button)
        if self._found.detail.summary.is_mine:
            words = _("You brought it in, so somebody else signs it.")
            self.body.insertWidget(1, Banner(words, Tone.INFO))
            return
        self.sign_button = Button(_("Sign"), Kind.PRIMARY, icon="signature").on_press(self._sign)
        self.foot.addWidget(self.sign_button)

    def _sign(self) -> None:
        desk, one = self._screen.desk, self._found.detail.summary
        legacy, actor = desk.services.legacy, desk.actor

        def done(count: int) -> None:
            words = plural(
                "{count} requirement is met by it.", "{count} requirements are met by it.", count
            )
            desk.toast(words)
            self.dismiss()

        wanted = ToSign(
            title=_("Let “{title}” count, and sign").format(title=one.title),
            shown=self._found.detail.text,
            meaning=Meaning.CONFIRMED,
            act=lambda signed, reason: legacy.sign(actor, one.id, signed, reason),
            done=done,
        )
        ask_signature(self._screen, wanted)

    def _ask_back(self) -> None:
        desk, one = self._screen.desk, self._found.detail.summary
        legacy, actor = desk.services.legacy, desk.actor
        question = Question(
            title=_("Take “{title}” back?").format(title=one.title),
            text=_("It stays on record and counts for nothing. Its list can be brought in again."),
            yes=_("Take it back"),
            danger=True,
            ask_reason=True,
        )

        def done(_none: None) -> None:
            desk.toast(_("The batch counts for nothing."))
            self.dismiss()

        def take(reason: str) -> None:
            self._screen.act(lambda _progress: legacy.take_back(actor, one.id, reason), done)

        desk.confirm(question, take)

    def _ask_where(self, scan: Scan) -> None:
        save_scan(self._screen, scan)

    def _part(self, words: str) -> None:
        self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(words, TextRole.H2))


def save_scan(host: Screen[Services], scan: Scan) -> None:
    """Ask where, and save a scan there."""
    legacy, actor = host.desk.services.legacy, host.desk.actor

    def save(path: Path) -> None:
        save_document(host, path, lambda _progress: _document(scan, legacy.scan(actor, scan.id)[1]))

    ask_where(host, _("Save the scan"), scan.name, save)


def _document(scan: Scan, content: bytes) -> Document:
    return Document(
        content=content, leaving=Leaving(kind=FileKind.TRAINING_RECORD, title=scan.name)
    )
