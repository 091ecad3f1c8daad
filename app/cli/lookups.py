"""What commands are told by code or number, found."""

from app.cli.frame import Frame
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people import OrgUnitId


def org_unit_coded(frame: Frame, code: str) -> OrgUnitId:
    """Return the org unit with a code. Raises NotFound."""
    for unit in frame.services.people.organisation.org_units(frame.actor()):
        if unit.code == code.upper():
            return unit.id
    raise NotFound(_("Org unit {code}").format(code=code))
