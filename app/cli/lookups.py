"""What commands are told by code, found."""

from app.cli.frame import Frame
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people import OrgUnit


def coded_org_unit(frame: Frame, code: str) -> OrgUnit:
    """Return the org unit with a code. Raises NotFound."""
    for unit in frame.services.people.organisation.org_units(frame.actor()):
        if unit.code == code.upper():
            return unit
    raise NotFound(_("Org unit {code}").format(code=code))
