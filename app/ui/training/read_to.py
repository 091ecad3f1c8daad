"""Who reads something to somebody that needs that proves at the PC that they are there."""

from collections.abc import Callable

from app.core.base.words import _
from app.core.people import ProvedPresent
from app.core.training.controlled import require_another
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.screen import Screen


def ask_witness(host: Screen[Services], called: str, then: Callable[[ProvedPresent], None]) -> None:
    """Let who read something to the reader prove that they are here; then go on."""
    form = Form()
    name = TextField(_("Badge or number of who read it to you"), required=True)
    secret = PasswordField(_("Their own PIN or password"), required=True)
    form.add(name)
    form.add(secret)
    sign_in = host.desk.services.sign_in

    def act() -> ProvedPresent:
        proved = sign_in.prove_present(name.value(), secret.value())
        return require_another(host.desk.actor, proved)

    open_form(
        host,
        _("Read to you"),
        form,
        lambda: Wish(act, _("It is noted who read it to you.")),
        done=then,
        subtitle=_("Whoever read {number} to you says so here. You stay signed in.").format(
            number=called
        ),
        save=_("I read it to them"),
    )
