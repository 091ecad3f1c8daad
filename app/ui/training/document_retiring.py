"""Retiring a document and bringing it back: first why, then a signature over what follows."""

from collections.abc import Callable

from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import DocumentSummary
from app.services import Services
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature


def ask_retiring(host: Screen[Services], one: DocumentSummary) -> None:
    """Ask why, show what follows, and retire the document from today on with a signature."""
    desk, retiring = host.desk, host.desk.services.documents.retiring
    actor, today = desk.actor, local_day(desk.clock)
    question = Question(
        title=_("Retire {number}?").format(number=one.number),
        text=_("Nobody is asked to read it any more; what is open ends. Evidence stays."),
        yes=_("Retire"),
        ask_reason=True,
        danger=True,
    )

    def go_on(reason: str) -> None:
        _sign(
            host,
            _("Retire {number}").format(number=one.number),
            lambda: retiring.retirement_text(actor, one.id, today, reason),
            lambda signed: retiring.retire(actor, one.id, today, reason, signed),
            _("The document is retired."),
        )

    desk.confirm(question, go_on)


def ask_bringing_back(host: Screen[Services], one: DocumentSummary) -> None:
    """Ask why, show what is in force again, and bring the document back with a signature."""
    desk, retiring = host.desk, host.desk.services.documents.retiring
    actor = desk.actor
    question = Question(
        title=_("Bring {number} back?").format(number=one.number),
        text=_(
            "It can be assigned again. Whoever had it to read when it was retired has it to read again."
        ),
        yes=_("Bring back"),
        ask_reason=True,
    )

    def go_on(reason: str) -> None:
        _sign(
            host,
            _("Bring {number} back").format(number=one.number),
            lambda: retiring.return_text(actor, one.id, reason),
            lambda signed: retiring.bring_back(actor, one.id, reason, signed),
            _("The document is back."),
        )

    desk.confirm(question, go_on)


def _sign(
    host: Screen[Services],
    title: str,
    text: Callable[[], str],
    act: Callable[[Undersigned], None],
    told: str,
) -> None:
    def sign(shown: str) -> None:
        wanted = ToSign(
            title=title,
            shown=shown,
            meaning=Meaning.DECIDED,
            act=lambda signed, _reason: act(signed),
            done=lambda _nothing: host.desk.toast(told),
        )
        ask_signature(host, wanted)

    host.load(lambda _progress: text(), sign, what="text to sign")
