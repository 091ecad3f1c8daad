"""The register: every certificate that was issued, whether it holds, and its page."""

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.certificates import (
    CertificateDetail,
    CertificateState,
    CertificateSummary,
)
from app.services import Services
from app.ui.certificates.certificate_sheet import CertificateSheet
from app.ui.certificates.paper import CertificatePaper
from app.ui.certificates.words import STATES, state_words
from app.ui.kit.buttons import plain
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.fields import ComboBox
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk
from app.ui.kit.tables.chosen import chosen_keys
from app.ui.kit.tables.columns import Column, chip_column, day_column, text_column
from app.ui.kit.tables.list_screen import ListScreen
from app.ui.kit.tables.table import DataTable, RowAction
from app.ui.kit.theme import Tone

_MOST_COURSES = 1000
_Course = tuple[UUID, str]

_COMBO_LETTERS = 16


class RegisterScreen(ListScreen[Services, CertificateSummary]):
    """May be opened with `text`, which is then searched for."""

    topics = frozenset({"certificate", "certificate_document", "certificate_revocation"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Certificate register"),
            subtitle=_("Every certificate of this site, in the order of its number."),
        )
        verify = plain(_("Verify a certificate"), "shield-check")
        self.header.add_action(verify.on_press(partial(desk.open, "verify")))
        self.paper = CertificatePaper(self)
        self.sheet: CertificateSheet | None = None
        self._may_revoke = desk.actor.may(Capability.REVOKE_CERTIFICATES)
        if not self._may_revoke:
            read_only = StatusChip(_("Read only"), Tone.INFO, icon="eye")
            read_only.setToolTip(_("You may look at every certificate and change none."))
            self.header.add_action(read_only)
        table = self._make_table()
        for state, (words, _tone) in STATES.items():
            table.filters.add("state", state.value, _(words))
        self.courses = ComboBox(_("Course"))
        self.courses.keep_width(_COMBO_LETTERS)
        self.courses.addItem(_("All courses"), "")
        self.courses.activated.connect(self._narrow)
        table.add_to_bar(self.courses)
        table.opened.connect(self.open_certificate)
        self._mails = desk.actor.may(Capability.MANAGE_SITE)
        if self._mails:
            send = plain(_("Send by e-mail"), "mail").on_press(self._mail_chosen)
            table.add_bulk_action(send)
        self.put_list(table, key="certificates", words_of=self._filter_words)
        self.tools.looked_otherwise.connect(self._follow_view)

    @override
    def refresh(self) -> None:
        """Fetch the register, and the courses it may be narrowed to."""
        self.table.refresh()
        if self.desk.actor.may(Capability.VIEW_COURSES):
            self.load(self._read_courses, self._show_courses, what="courses")

    def open_certificate(self, certificate: CertificateSummary) -> None:
        """Show a certificate in full."""
        certificates, actor = self.desk.services.certificates, self.desk.actor

        def read(_progress: Progress) -> CertificateDetail:
            return certificates.detail(actor, certificate.id)

        self.load(read, self._open_sheet, what="detail")

    def revoke(self, certificate: CertificateSummary) -> None:
        """Ask why, have the number typed, and let the certificate hold no longer."""
        question = Question(
            title=_("Revoke {number}?").format(number=certificate.number),
            text=_(
                "{name} · {course}. It never holds again; whoever verifies it here is told so. "
                "This cannot be undone."
            ).format(name=certificate.person_name, course=certificate.course_title),
            yes=_("Revoke"),
            danger=True,
            word=certificate.number,
            ask_reason=True,
        )
        self.desk.confirm(question, partial(self._revoke, certificate))

    def mail(self, certificate_ids: Collection[UUID]) -> None:
        """Put certificates into the outbox, to those whom they are of."""
        outbox, actor = self.desk.services.outbox, self.desk.actor
        self.act(
            lambda _progress: outbox.mail_certificates(actor, certificate_ids),
            lambda count: self._mailed(count, len(set(certificate_ids)) - count),
            title=_("Writing messages"),
        )

    def _mailed(self, count: int, before: int) -> None:
        told = plural("{count} message was written.", "{count} messages were written.", count)
        if before:
            told += " " + plural(
                "{count} has one already: send it again in the outbox.",
                "{count} have one already: send them again in the outbox.",
                before,
            )
        self.desk.toast(told)

    def _mail_chosen(self) -> None:
        selection, fetch = self.table.selection(), self._fetch

        def chosen(_progress: Progress) -> list[UUID]:
            keys = chosen_keys(selection, fetch, lambda one: one.id)
            return [key for key in keys if isinstance(key, UUID)]

        self.load(chosen, self.mail, what="chosen")

    def _revoke(self, certificate: CertificateSummary, reason: str) -> None:
        certificates, actor = self.desk.services.certificates, self.desk.actor

        def work(_progress: Progress) -> None:
            certificates.revoke(actor, certificate.number, reason)

        self.act(work, partial(self._revoked, certificate))

    def _revoked(self, certificate: CertificateSummary, _none: None) -> None:
        if self.sheet is not None:
            self.sheet.dismiss()
        self.table.refresh()
        self.desk.toast(_("{number} is revoked.").format(number=certificate.number))

    def _make_table(self) -> DataTable[CertificateSummary]:
        return DataTable(
            _("Certificate register"),
            _columns(),
            self._fetch,
            key=lambda one: one.id,
            jobs=self.desk.jobs,
            search=_("Search"),
            menu=self.actions_of,
            empty=EmptyState(
                _("No certificate yet: the first completed course that gives one begins the list."),
                icon="award",
            ),
            nothing_found=_(
                "No certificate matches. Search for something else, or take filters off."
            ),
        )

    def _fetch(self, request: PageRequest) -> Page[CertificateSummary]:
        return self.desk.services.certificates.register(self.desk.actor, request)

    def actions_of(self, one: CertificateSummary) -> Sequence[RowAction]:
        """Return what can be done with a certificate, by this person."""
        actions = [
            RowAction(_("Open"), partial(self.open_certificate, one), "eye"),
            RowAction(_("Save PDF"), partial(self.paper.ask_file, one), "download"),
            RowAction(_("Print"), partial(self.paper.print, one), "printer"),
        ]
        if self._mails:
            holds = one.state is not CertificateState.REVOKED
            mail = RowAction(_("Send by e-mail"), partial(self.mail, [one.id]), "mail", holds)
            actions.append(mail)
        if self._may_revoke:
            holds = one.state is not CertificateState.REVOKED
            actions.append(RowAction(_("Revoke"), partial(self.revoke, one), "ban", enabled=holds))
        return actions

    def _open_sheet(self, detail: CertificateDetail) -> None:
        revoke = partial(self.revoke, detail.summary) if self._may_revoke else None
        self.sheet = CertificateSheet(self, detail, self.paper, revoke)
        self.sheet.closed.connect(self._forget_sheet)
        self.sheet.open()

    def _forget_sheet(self) -> None:
        self.sheet = None

    def _read_courses(self, _progress: Progress) -> tuple[_Course, ...]:
        request = PageRequest(limit=_MOST_COURSES, sort="title")
        found = self.desk.services.courses.list(self.desk.actor, request).rows
        return tuple((course.id, course.title) for course in found)

    def _show_courses(self, courses: tuple[_Course, ...]) -> None:
        kept = self.courses.currentData()
        self.courses.clear()
        self.courses.addItem(_("All courses"), "")
        for course_id, title in courses:
            self.courses.addItem(title, str(course_id))
        self.courses.setCurrentIndex(max(0, self.courses.findData(kept)))

    def _filter_words(self, pair: tuple[str, str]) -> str:
        key, course = pair
        return self.courses.itemText(self.courses.findData(course)) if key == "course" else ""

    def _follow_view(self) -> None:
        course = self.table.request().values("course")
        self.courses.setCurrentIndex(max(self.courses.findData(course[0]) if course else 0, 0))

    def _narrow(self) -> None:
        chosen = self.courses.currentData()
        course = (("course", chosen),) if chosen else ()
        chips = self.table.filters.filters()
        self.table.ask(self.table.request().filtered_by((*chips, *course)))


def _columns() -> list[Column[CertificateSummary]]:
    return [
        text_column("number", _("Number"), lambda one: one.number, width=170, stretch=0),
        text_column(
            "person",
            _("Name"),
            lambda one: one.person_name,
            under=lambda one: one.person_number,
            width=190,
        ),
        text_column("course", _("Course"), lambda one: one.course_title, width=220),
        day_column("completed_on", _("Completed"), lambda one: one.completed_on, fold_below=900),
        day_column(
            "valid_until", _("Valid until"), lambda one: one.valid_until, none=_("For good")
        ),
        chip_column("state", _("State"), state_words, width=126, sortable=False),
    ]
