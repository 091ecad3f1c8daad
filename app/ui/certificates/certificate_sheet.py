"""One certificate in a sheet: its page, what is kept about it, what can be done with it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.core.base.figures import day, moment, share, size
from app.core.base.words import _
from app.core.certificates import CertificateDetail, CertificateState
from app.ui.certificates.paper import CertificatePaper, PagePicture
from app.ui.certificates.words import basis_words, state_words, validity
from app.ui.kit.buttons import Button, Kind, plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import Tone

_WIDTH = 640


class CertificateSheet(SideSheet):
    """`revoke` is given where the reader may let it hold no longer."""

    def __init__(
        self,
        host: QWidget,
        detail: CertificateDetail,
        paper: CertificatePaper,
        revoke: Callable[[], None] | None = None,
    ) -> None:
        summary = detail.summary
        super().__init__(host, summary.course_title, subtitle=summary.number, width=_WIDTH)
        self._token = detail.token
        self.body.addWidget(StatusChip(*state_words(summary)))
        if detail.revocation is not None:
            words = _("Revoked {when}: {reason}").format(
                when=moment(detail.revocation.at), reason=detail.revocation.reason
            )
            self.body.addWidget(Banner(words, Tone.DANGER, icon="ban"))
        self.picture = PagePicture(_("Certificate {number}").format(number=summary.number))
        self.body.addWidget(self.picture)
        for title, about, icon in _facts(detail):
            self.body.addWidget(FactRow(title, about, icon=icon))
        self.revoke_button: Button | None = None
        if revoke is not None and summary.state is not CertificateState.REVOKED:
            self.revoke_button = Button(_("Revoke"), Kind.GHOST, icon="ban").on_press(revoke)
            self.foot.insertWidget(0, self.revoke_button)
        self.foot.addWidget(plain(_("Copy the code"), "copy").on_press(self._copy))
        self.foot.addWidget(plain(_("Print"), "printer").on_press(partial(paper.print, summary)))
        save = primary(_("Save PDF"), "download")
        self.foot.addWidget(save.on_press(partial(paper.ask_file, summary)))
        paper.draw(summary.id, self.picture)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._token)


def _facts(detail: CertificateDetail) -> list[tuple[str, str, str]]:
    one = detail.summary
    score = "" if one.score is None else share(one.score)
    completed = _("Completed {day}").format(day=day(one.completed_on))
    facts = [
        (one.person_name, one.person_number, "user"),
        (validity(one), completed, "calendar-check"),
        (basis_words(one), _("What it rests on"), "list-checks"),
        (score, _("Score"), "target"),
        (detail.code, _("Short code, to read out"), "hash"),
        (detail.site_name, _("Issued {when}").format(when=moment(one.issued_at)), "stamp"),
    ]
    if detail.document is not None:
        about = _("Signed PDF, {size}, SHA-256 {digest}…").format(
            size=size(detail.document.size), digest=detail.document.sha256[:16]
        )
        frozen = _("Frozen {when}").format(when=moment(detail.document.made_at))
        facts.append((frozen, about, "lock"))
    return [fact for fact in facts if fact[0]]
