"""A learner's own certificates: to look at, save, print and show at the gate."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.certificates import CertificateDetail, CertificateSummary
from app.services import Services
from app.ui.certificates.certificate_sheet import CertificateSheet
from app.ui.certificates.paper import CertificatePaper, PagePicture
from app.ui.certificates.words import state_words, validity
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.focus import lead_through
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone


class CertificateCard(Card):
    """One certificate: its page, until when it holds, and what to do with it."""

    def __init__(self, certificate: CertificateSummary, *, is_new: bool) -> None:
        super().__init__(gap=10, margin=16)
        self.certificate = certificate
        words, tone = state_words(certificate)
        self.setAccessibleName(f"{certificate.course_title}, {words}")
        self.picture = PagePicture(certificate.course_title)
        self.body.addWidget(self.picture)
        states = row(gap=8)
        states.addWidget(StatusChip(words, tone))
        if is_new:
            states.addWidget(StatusChip(_("This course"), Tone.PRIMARY, icon="star"))
        states.addStretch(1)
        self.body.addLayout(states)
        self.body.addWidget(PlainLabel(certificate.course_title, TextRole.H2, wrap=True))
        self.body.addWidget(PlainLabel(validity(certificate), TextRole.BODY2, wrap=True))
        number = _("Number {number}").format(number=certificate.number)
        self.body.addWidget(PlainLabel(number, TextRole.MUTED, wrap=True))
        self.body.addStretch(1)
        self.open_button = Button(_("Open"), Kind.TONAL, icon="eye", dense=True)
        self.save_button = IconButton(
            "download", _("Save {course} as PDF").format(course=certificate.course_title)
        )
        self.print_button = IconButton(
            "printer", _("Print {course}").format(course=certificate.course_title)
        )
        foot = row(gap=8)
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        self.body.addLayout(foot)


class MyCertificatesScreen(Screen[Services]):
    """May be opened with `course_id`: that course's certificate then comes first."""

    topics = frozenset({"certificate", "certificate_document", "certificate_revocation"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Certificates"),
            subtitle=_("Yours for good: save them, print them, show them."),
        )
        self.paper = CertificatePaper(self)
        self._course_id: UUID | None = None
        self._shown: tuple[object, ...] = ()
        self.grid = CardGrid(280)
        self.body.addWidget(self.grid)
        self.about = self._explanation()
        self.about.hide()
        self.body.addWidget(self.about)
        self.empty = EmptyState(
            _(
                "No certificate yet. You get one when you complete a course, or other training, that gives one."
            ),
            icon="award",
            action=_("Go to my courses"),
            act=partial(desk.open, "home"),
        )
        self.empty.hide()
        self.body.addWidget(self.empty, 1)
        self.body.addStretch(1)

    def enter(self, **args: object) -> None:
        """Take which course comes first."""
        given = args.get("course_id")
        self._course_id = given if isinstance(given, UUID) else None

    def refresh(self) -> None:
        """Fetch the certificates."""
        self.load(self._read, self._show)

    def cards(self) -> list[CertificateCard]:
        """Return the cards shown."""
        return [card for card in self.grid.cards() if isinstance(card, CertificateCard)]

    def _read(self, _progress: Progress) -> tuple[CertificateSummary, ...]:
        return self.desk.services.certificates.my_certificates(self.desk.actor)

    def _show(self, found: tuple[CertificateSummary, ...]) -> None:
        shown = (self._course_id, *found)
        self.empty.setVisible(not found)
        self.grid.setVisible(bool(found))
        self.about.setVisible(bool(found))
        if shown == self._shown:
            return
        self._shown = shown
        ordered = sorted(found, key=lambda one: one.course_id != self._course_id)
        self.grid.set_cards([self._card(one) for one in ordered])
        buttons = (button for card in self.cards() for button in card.findChildren(Button))
        lead_through([*buttons, self.verify_link])

    def _card(self, certificate: CertificateSummary) -> QWidget:
        card = CertificateCard(certificate, is_new=certificate.course_id == self._course_id)
        card.open_button.on_press(partial(self.open_certificate, certificate))
        card.save_button.on_press(partial(self.paper.ask_file, certificate))
        card.print_button.on_press(partial(self.paper.print, certificate))
        self.paper.draw(certificate.id, card.picture)
        return card

    def open_certificate(self, certificate: CertificateSummary) -> None:
        """Show a certificate in full."""
        certificates, actor = self.desk.services.certificates, self.desk.actor

        def read(_progress: Progress) -> CertificateDetail:
            return certificates.detail(actor, certificate.id)

        self.load(read, self._open_sheet, what="detail")

    def _open_sheet(self, detail: CertificateDetail) -> None:
        CertificateSheet(self, detail, self.paper).open()

    def _explanation(self) -> Card:
        card = Card(_("How others check it"), margin=16)
        card.body.addWidget(
            FactRow(
                _("The square code proves it"),
                _("It carries name, course and dates, signed by this site. No internet is needed."),
                icon="qr-code",
            )
        )
        card.body.addWidget(
            FactRow(
                _("The number names it"),
                _("Each number is given once. Whoever keeps the register finds it by its number."),
                icon="hash",
            )
        )
        self.verify_link = Button(_("Verify a certificate"), Kind.LINK, icon="shield-check")
        line = row(gap=0)
        line.addWidget(self.verify_link.on_press(partial(self.desk.open, "verify")))
        line.addStretch(1)
        card.body.addLayout(line)
        return card
