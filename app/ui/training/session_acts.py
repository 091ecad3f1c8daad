"""What is done with a session: invited, opened, projected, ended, scanned, signed, moved, closed."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.signatures import Meaning
from app.core.training.sessions import (
    OnRoll,
    ReadSheet,
    SessionDetail,
    SessionState,
    SessionSummary,
    SignedSession,
    plan_of,
)
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.files import choose_folder
from app.ui.kit.handing_out import save_document
from app.ui.kit.saving_files import ask_where
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.tables.menus import RowAction
from app.ui.training.coming_sheet import ComingSheet
from app.ui.training.invite_sheet import InviteSheet
from app.ui.training.person_acts import PersonActs
from app.ui.training.scan_sheet import ScanSheet
from app.ui.training.session_forms import EndForm, SessionForm
from app.ui.training.session_host import SessionHost, ask_beyond_seats
from app.ui.training.session_hours import tell_hours
from app.ui.training.session_words import signed_in_words
from app.ui.training.tally_form import TallyForm

_BEFORE_SIGNING = frozenset({SessionState.PLANNED, SessionState.OPEN, SessionState.HELD})


class SessionActs:
    """The acts of `host`."""

    def __init__(self, host: SessionHost) -> None:
        self._host, self._desk = host, host.desk
        self._sessions = host.desk.services.sessions
        self._people = PersonActs(host)

    def more(self, found: SessionDetail) -> list[RowAction]:
        """Return what else can be done with a session as it stands."""
        state = found.summary.state
        actions: list[RowAction] = []
        if state in _BEFORE_SIGNING:
            actions += [
                RowAction(_("Change the plan"), partial(self.change, found), "pencil"),
                RowAction(
                    _("Save the sign-in sheet"), partial(self.save_sheet, found), "file-down"
                ),
            ]
        if state is SessionState.OPEN:
            actions.append(RowAction(_("Invite"), partial(self.invite, found), "user-plus"))
        if state in {SessionState.OPEN, SessionState.HELD}:
            actions += [
                RowAction(_("Scan the sheet"), partial(self.scan, found), "scan-line"),
                RowAction(_("Show of hands"), partial(self.tally, found), "hand"),
                RowAction(
                    _("Confirm by own PIN"), partial(self._people.ask_pin, found), "key-round"
                ),
            ]
        if state is SessionState.HELD:
            actions.append(RowAction(_("When it was"), partial(self.end, found), "clock"))
        if found.quiz_queue:
            queue = partial(self._desk.take_turns, found.summary.id)
            actions.append(RowAction(_("Quiz of each"), queue, "clipboard-check"))
        if found.signed_on:
            save = partial(self.save_certificates, found)
            actions.append(RowAction(_("Save the certificates"), save, "award"))
        if state is SessionState.SIGNED:
            actions.append(RowAction(_("Sign again"), partial(self.sign, found), "signature"))
        if state in _BEFORE_SIGNING:
            actions.append(RowAction(_("Cancel the session"), partial(self.cancel, found), "ban"))
        return actions

    def of_drill(self, found: SessionDetail) -> list[RowAction]:
        """Return what else can be done with a drill as it stands."""
        state = found.summary.state
        if state is SessionState.SIGNED:
            return [RowAction(_("Sign again"), partial(self.sign, found), "signature")]
        if state in _BEFORE_SIGNING:
            return [RowAction(_("Cancel the drill"), partial(self.cancel, found), "ban")]
        return []

    def for_person(self, found: SessionDetail, one: OnRoll) -> list[RowAction]:
        """Return what can be done with somebody on the roll."""
        return self._people.actions(found, one)

    def change(self, found: SessionDetail) -> None:
        """Plan it anew."""
        form = SessionForm(plan_of(found))
        if found.summary.state is SessionState.HELD:
            form.ask_why()
        planning, actor = self._sessions.planning, self._desk.actor

        def wish() -> Wish[None]:
            reason = "" if form.why is None else form.why.value()
            act = partial(planning.change, actor, found.summary.id, form.plan(), reason)
            return Wish(act, _("The plan is changed."))

        open_form(
            self._host, _("Change the plan"), form, wish, done=lambda _none: self._host.refresh()
        )
        tell_hours(self._host, form, found.summary.id)

    def invite(self, found: SessionDetail) -> None:
        """Ask whom to put on the list: by name or number, or who has it due."""
        planning, actor, key = self._sessions.planning, self._desk.actor, found.summary.id

        def invite(people: tuple[UUID, ...]) -> None:
            self._host.do(lambda: planning.invite(actor, key, people), _("They are on the list."))

        self._host.load(
            lambda _progress: self._sessions.suggesting.suggest(actor, key),
            lambda due: InviteSheet(self._host, found, due, invite).open(),
            what="due",
        )

    def open_roll(self, found: SessionDetail) -> None:
        """Open the roll."""
        key, actor = found.summary.id, self._desk.actor

        def opened(_none: None) -> None:
            self._host.found = None  # the field takes the focus once it is there
            self._host.refresh()

        def work(_progress: Progress) -> None:
            self._sessions.rolling.open(actor, key)

        self._host.act(work, opened)

    def project(self, found: SessionDetail) -> None:
        """Show the course to all who are there."""
        self._desk.open("player", session_id=found.summary.id)

    def end(self, found: SessionDetail) -> None:
        """Ask from when to when it really was."""
        form = EndForm(found.began_at, found.ended_at or self._desk.clock.now())
        key, actor = found.summary.id, self._desk.actor

        def wish() -> Wish[None]:
            began, ended = form.times()
            act = partial(self._sessions.rolling.end, actor, key, began_at=began, ended_at=ended)
            return Wish(act, _("The session is over. Check the roll, and sign."))

        open_form(
            self._host,
            _("End the session"),
            form,
            wish,
            done=lambda _none: self._host.refresh(),
            save=_("End"),
        )

    def tally(self, found: SessionDetail) -> None:
        """Ask how many knew each answer of the course's quiz, or another one."""
        showing, actor, key = self._sessions.showing, self._desk.actor, found.summary.id
        there = sum(one.came for one in found.roll)

        def ask(questions: tuple[str, ...]) -> None:
            form = TallyForm(questions, there)

            def wish() -> Wish[None]:
                counted = form.tallies()
                told = plural("{count} count is kept.", "{count} counts are kept.", len(counted))
                return Wish(partial(showing.tally, actor, key, *counted), told)

            open_form(
                self._host,
                _("Show of hands"),
                form,
                wish,
                done=lambda _none: self._host.refresh(),
            )

        self._host.load(lambda _progress: showing.questions(actor, key), ask, what="questions")

    def cancel(self, found: SessionDetail) -> None:
        """Ask why it is not held."""
        planning, actor, key = self._sessions.planning, self._desk.actor, found.summary.id
        came = sum(one.came for one in found.roll)
        told = [_("It stays on record, with your reason.")]
        if came:
            told.insert(
                0,
                plural("{count} is on the roll and is not credited.",
                       "{count} are on the roll and are not credited.", came),
            )  # fmt: skip
        question = Question(
            title=_("Cancel {title}?").format(title=found.summary.title),
            text=" ".join(told),
            yes=_("Cancel it"),
            danger=True,
            ask_reason=True,
        )
        self._desk.confirm(
            question,
            lambda reason: self._host.do(
                lambda: planning.cancel(actor, key, reason), _("It is cancelled.")
            ),
        )

    def save_sheet(self, found: SessionDetail) -> None:
        """Ask where the sign-in sheet goes."""
        papers, actor, name = self._sessions.papers, self._desk.actor, self._desk.place.name
        key = found.summary.id

        def save(path: Path) -> None:
            save_document(self._host, path, lambda _progress: papers.sheet(actor, key, name))

        title = _("Sign-in sheet")
        ask_where(self._host, title, f"{title} {found.summary.title[:40]}.pdf", save)

    def save_certificates(self, found: SessionDetail) -> None:
        """Ask for the folder into which the certificates of the class go."""
        choose_folder(
            self._host, _("Save the certificates"), partial(self.write_certificates, found)
        )

    def write_certificates(self, found: SessionDetail, folder: Path) -> None:
        """Write the certificates of the class into a folder, as one job."""
        certificates, actor = self._desk.services.certificates, self._desk.actor

        def work(progress: Progress) -> int:
            given = certificates.of_class(actor, found)
            return certificates.save_all(actor, given, folder, progress)

        def done(count: int) -> None:
            words = plural("{count} certificate saved.", "{count} certificates saved.", count)
            self._desk.toast(words)

        self._host.act(
            work, done, title=_("Certificates of {title}").format(title=found.summary.title)
        )

    def scan(self, found: SessionDetail) -> None:
        """Ask for the scanned sheet."""
        dialog = QFileDialog(self._host, _("The scanned sheet"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(lambda chosen: self.read_scan(found, Path(chosen)))
        dialog.open()

    def read_scan(self, found: SessionDetail, scan: Path) -> None:
        """Read a scan, keep it, and propose what was read."""
        papers, actor, key = self._sessions.papers, self._desk.actor, found.summary.id

        def work(_progress: Progress) -> ReadSheet:
            read = papers.read(actor, key, scan)
            papers.keep(actor, key, scan, read)
            return read

        def show(read: ReadSheet) -> None:
            self._host.refresh()
            ScanSheet(self._host, read, partial(self._tick, key)).open()

        self._host.act(work, show)

    def _tick(
        self, key: UUID, read: ReadSheet, also: frozenset[UUID], *, anyway: bool = False
    ) -> None:
        papers, actor = self._sessions.papers, self._desk.actor

        def work(_progress: Progress) -> int:
            return papers.tick(actor, key, read, also, anyway=anyway)

        def done(new: int) -> None:
            words = plural("{count} came by the sheet.", "{count} came by the sheet.", new)
            self._desk.toast(words)
            self._host.refresh()

        def refused(error: UserFacingError) -> None:
            let_in = partial(self._tick, key, read, also, anyway=True)
            if not ask_beyond_seats(self._host, error, let_in):
                self._desk.tell_error(error)

        self._desk.jobs.run(work, done=done, failed=refused, owner=self._host)

    def sign(self, found: SessionDetail) -> None:
        """Read the whole attendance, and sign it."""
        signing, actor, key = self._sessions.signing, self._desk.actor, found.summary.id

        def ask(shown: str) -> None:
            wanted = ToSign(
                title=_("Sign the attendance"),
                shown=shown,
                meaning=Meaning.PERFORMED,
                act=lambda signed, _reason: signing.sign(actor, key, signed),
                done=self._signed,
            )
            ask_signature(self._host, wanted)

        self._host.load(lambda _progress: signing.text(actor, key), ask, what="text")

    def _signed(self, signed: SignedSession) -> None:
        self._desk.toast(signed_in_words(signed))
        self._host.refresh()

    def rebook(self, found: SessionDetail) -> None:
        """Offer the coming sessions to who missed this one."""
        sessions, actor = self._sessions, self._desk.actor
        today = local_day(self._desk.clock)
        key, absent = found.summary.id, [one.person_id for one in found.absent]
        proving = frozenset(one.id for one in found.requirements)

        def move(into: SessionSummary) -> None:
            self._host.do(
                lambda: sessions.planning.rebook(actor, key, into.id, absent),
                _("They are on the list of the other session."),
            )

        def offer(coming: tuple[SessionSummary, ...]) -> None:
            told = plural("{count} missed it", "{count} missed it", len(absent))
            names = [one.name for one in found.absent]
            others = [one for one in coming if one.id != key]
            title = _("Move who missed it")
            ComingSheet(self._host, title, told, names, others, move).open()

        last = today + timedelta(days=120)
        self._host.load(
            lambda _progress: sessions.between(actor, today, last, proving=proving),
            offer,
            what="coming",
        )

    def close(self, found: SessionDetail) -> None:
        """Close it."""
        key, actor = found.summary.id, self._desk.actor
        self._host.do(lambda: self._sessions.signing.close(actor, key), _("The session is closed."))
