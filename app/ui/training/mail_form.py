"""The form of how a site sends mail."""

from app.core.base.words import _, mark
from app.core.links import MailPlan, Security
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField

_SECURITIES = {
    Security.NONE: mark("Not encrypted"),
    Security.STARTTLS: mark("Encrypted, certificate checked (STARTTLS)"),
    Security.UNCHECKED: mark("Encrypted, certificate not checked (STARTTLS)"),
}


class MailForm(Form):
    """Relay, sender, and what is sent. An empty password leaves the one there is."""

    def __init__(self, plan: MailPlan) -> None:
        super().__init__()
        self.here = CheckField(_("This PC writes and sends the site's messages"), plan.sends_here)
        self.reminds = CheckField(_("Send reminders by e-mail"), plan.reminds)
        self.certificates = CheckField(
            _("Send each certificate on issue, to who has an address"), plan.mails_certificates
        )
        self.from_address = TextField(
            _("Address of the sender"), plan.sender, hint="training@plant.in"
        )
        self.host = TextField(
            _("Mail relay"),
            plan.host,
            hint=_("Its name or address on the plant's network; empty: messages leave on a stick."),
        )
        self.port = NumberField(_("Port"), plan.port, least=1, most=65_535)
        self.security: ComboField[Security] = ComboField(
            _("Connection"), [(one, _(words)) for one, words in _SECURITIES.items()]
        )
        self.security.set_value(plan.security)
        self.login = TextField(
            _("Login"), plan.login, hint=_("Empty where the relay asks for none.")
        )
        self.password = PasswordField(
            _("Password"), hint=_("It is kept outside the records. Empty: as it is.")
        )
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        for field in (
            self.here, self.reminds, self.certificates, self.from_address, self.host, self.port,
            self.security, self.login, self.password, self.reason,
        ):  # fmt: skip
            self.add(field)

    def plan(self) -> MailPlan:
        """Return what stands there."""
        return MailPlan(
            host=self.host.value(),
            port=self.port.value(),
            security=self.security.value() or Security.NONE,
            login=self.login.value(),
            sender=self.from_address.value(),
            reminds=self.reminds.value(),
            mails_certificates=self.certificates.value(),
            sends_here=self.here.value(),
        )

    def new_password(self) -> str | None:
        """Return a password that was typed; None leaves the one there is."""
        return self.password.value() or None
