"""Letting somebody off: plainly, with a signature, or by asking somebody else, as the site says."""

from datetime import date
from functools import partial

from app.core.base.words import _
from app.core.signatures import Meaning
from app.core.training.assignments import AssignmentSummary
from app.core.training.signing import SigningRule
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import Tone
from app.ui.training.words import HOW_SIGNED

Asked = tuple[date | None, str]


class WaiverActs:
    """Asks on `host`; how the site lets waivers be signed is looked up first, and said in the form."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host, self._desk = host, host.desk
        self._waivers = host.desk.services.training.assignments.waivers

    def ask(self, one: AssignmentSummary) -> None:
        """Ask until when and why, then as the site says."""
        waivers = self._waivers
        self._host.load(
            lambda _progress: waivers.rule(), partial(self._open, one), what="waiver rule"
        )

    def _open(self, one: AssignmentSummary, rule: SigningRule) -> None:
        form = Form()
        until = DateField(_("Last day"), hint=_("Empty: for good."))
        reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        form.add_part(Banner(_(HOW_SIGNED[rule]), Tone.INFO))
        form.add(reason)
        form.add(until)
        waivers, actor = self._waivers, self._desk.actor
        told = _("{name} is let off.").format(name=one.name)
        title, save = _("Waive"), _("Waive")
        if rule is SigningRule.SIGNED:
            save = _("Read and sign")

            def reading() -> Wish[str]:
                asked = until.value(), reason.value()
                text = partial(waivers.text, actor, one.id, *asked)
                return Wish(text, _("Read it, and sign."))

            def read(text: str) -> None:
                self._sign(one, (until.value(), reason.value()), text)

            open_form(self._host, title, form, reading, done=read, save=save, subtitle=_about(one))
            return

        def wish() -> Wish[None]:
            act = waivers.waive
            if rule is SigningRule.TWO_PERSONS:
                ask = partial(
                    waivers.ask, actor, one.id, until_on=until.value(), reason=reason.value()
                )
                return Wish(ask, _("It waits for somebody else's signature."))
            return Wish(
                partial(act, actor, one.id, until_on=until.value(), reason=reason.value()), told
            )

        if rule is SigningRule.TWO_PERSONS:
            title, save = _("Ask for a waiver"), _("Ask")
        open_form(self._host, title, form, wish, save=save, subtitle=_about(one))

    def _sign(self, one: AssignmentSummary, asked: Asked, text: str) -> None:
        waivers, actor, desk = self._waivers, self._desk.actor, self._desk
        until, reason = asked

        def done(_none: None) -> None:
            desk.toast(_("{name} is let off.").format(name=one.name))

        wanted = ToSign(
            title=_("Waive and sign"),
            shown=text,
            meaning=Meaning.WAIVED,
            act=lambda signed, _said: waivers.waive(
                actor, one.id, until_on=until, reason=reason, signed=signed
            ),
            done=done,
        )
        ask_signature(self._host, wanted)


def _about(one: AssignmentSummary) -> str:
    return f"{one.name} · {one.title}"
