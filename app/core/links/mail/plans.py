"""How a site sends mail: read, checked, kept. The password lies in the key folder of the PC that sends."""

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.journal import Site
from app.core.keys import KeyFolder
from app.core.links.mail.errors import MailRefused
from app.core.links.mail.kinds import Security
from app.core.links.mail.models import MailPlanRow
from app.core.links.mail.relay import Login
from app.core.links.mail.types import MailPlan
from app.core.links.mail.writing import check_address, one_line

_PASSWORD = "mail.password"  # noqa: S105  the name of a file
_MOST_PORT = 65_535


class Plans:
    """Keeps how this site sends. Who may change it: holders of MANAGE_SITE."""

    def __init__(self, site: Site, keys: KeyFolder) -> None:
        self._site = site
        self._keys = keys

    def plan(self) -> MailPlan:
        """Return how this site sends."""
        with self._site.read() as session:
            row = self._row(session)
        if row is None:
            return MailPlan()
        is_here = row.station == self._site.station.fingerprint
        return MailPlan(
            host=row.host,
            port=row.port,
            security=row.security,
            login=row.login,
            sender=row.sender,
            reminds=row.reminds,
            mails_certificates=row.mails_certificates,
            sends_here=is_here,
            sends_elsewhere=row.station is not None and not is_here,
            certificates_from=row.certificates_from,
        )

    def login(self, plan: MailPlan) -> Login:
        """Return how the relay is signed in to from here."""
        if not plan.login:
            return Login()
        kept = self._keys.read_private(_PASSWORD) or b""
        return Login(name=plan.login, password=kept.decode("utf-8", "replace"))

    def keep(
        self, actor: Actor, plan: MailPlan, password: str | None = None, reason: str = ""
    ) -> None:
        """Say how this site sends; None leaves the password as it is. Raises MailRefused.

        A PC that begins to send, or to send certificates, sends those that are issued from now on.
        """
        actor.require(Capability.MANAGE_SITE)
        plan = _checked(plan)
        now = self._site.clock.now()
        with self._site.transaction(actor, "mail.set-plan", reason=reason) as unit:
            row = self._row(unit)
            if row is None:
                row = MailPlanRow(site_id=self._site.site_id)
                unit.add(row)
            own = self._site.station.fingerprint
            begins = plan.sends_here and row.station != own
            if begins or (plan.mails_certificates and not row.mails_certificates):
                row.certificates_from = now
            if plan.sends_here:
                row.station = own
            elif row.station == own:
                row.station = None
            row.host, row.port, row.security = plan.host, plan.port, plan.security
            row.login, row.sender, row.reminds = plan.login, plan.sender, plan.reminds
            row.mails_certificates = plan.mails_certificates
        if password is not None:
            self._keep_password(password)

    def _keep_password(self, password: str) -> None:
        if password:
            self._keys.write_private(_PASSWORD, password.encode())
        else:
            self._keys.forget_private(_PASSWORD)

    def _row(self, session: Session) -> MailPlanRow | None:
        wanted = sa.select(MailPlanRow).where(MailPlanRow.site_id == self._site.site_id)
        return session.scalars(wanted).first()


def _checked(plan: MailPlan) -> MailPlan:
    """Return a plan as it is kept. Raises MailRefused for one with which nothing could be sent."""
    host, login = plan.host.strip(), plan.login.strip()
    if host != one_line(host) or " " in host or not host.isascii():
        raise MailRefused(
            _("“{text}” is no name of a relay.").format(text=one_line(host)),
            _("Give its name or address on the plant's network, as mail.plant or 10.0.0.5."),
        )
    if not 1 <= plan.port <= _MOST_PORT:
        raise MailRefused(_("{port} is no port.").format(port=plan.port), _("It is mostly 25."))
    sender = check_address(plan.sender) if plan.sender.strip() or host or plan.reminds else ""
    if login and plan.security is Security.NONE:
        raise MailRefused(
            _("A password would cross the network for everybody to read."),
            _("Choose encryption (STARTTLS), or a relay that needs no login."),
        )
    return replace(plan, host=host, login=one_line(login), sender=sender)
