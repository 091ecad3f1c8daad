"""Asking for a peer to get again what it is thought to hold."""

from collections.abc import Callable

from app.core.base.words import _
from app.core.sync import Peer
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


def ask_again(host: Screen[Services], peer: Peer, done: Callable[[], None]) -> FormSheet:
    """Ask since when; `done` is called once the next file carries it again."""
    desk, form = host.desk, Form()
    since = DateField(_("Written since"), hint=_("Empty: everything, from the first entry on."))
    form.add(since)

    def wish() -> Wish[int]:
        day = since.value()
        words = _("The next file for {name} carries it again.").format(name=peer.label)
        return Wish(lambda: desk.services.sync.resending.since(desk.actor, peer, day), words)

    return open_form(
        host,
        _("Send again to {name}").format(name=peer.label),
        form,
        wish,
        done=lambda _entries: done(),
        save=_("Let it go again"),
        subtitle=_(
            "For when files were lost after their receipt. What is there already does no harm; the next word of it holds again."
        ),
    )
