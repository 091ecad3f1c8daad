"""The forms for departments and job roles, each in a sheet."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.people import OrgUnit, OrgUnitId
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField


class NewForm(Form):
    """Name and code of something new; a department also says what it is part of."""

    def __init__(self, above: "AboveField | None" = None) -> None:
        super().__init__()
        self.name = TextField(_("Name"), required=True)
        self.code = TextField(
            _("Code"),
            required=True,
            hint=_("Short, for HR files and lists: PRESS or L2. It stays when the name changes."),
        )
        self.above = above
        for field in (self.name, self.code, *([above] if above else [])):
            self.add(field)


class RenameForm(Form):
    """Another name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        hint = _(
            "An HR file that still gives the old name would bring it in anew: change it there."
        )
        self.name = TextField(_("Name"), name, required=True, hint=hint)
        self.add(self.name)


class AboveField(ComboField[OrgUnitId | None]):
    """Which department something is part of, or none."""

    def __init__(
        self, units: Sequence[OrgUnit], chosen: OrgUnitId | None, *, with_top: bool
    ) -> None:
        top: list[tuple[OrgUnitId | None, str]] = [(None, _("None: at the top"))]
        super().__init__(
            _("Part of"), [*(top if with_top else []), *((one.id, _in_tree(one)) for one in units)]
        )
        if any(one.id == chosen for one in units):
            self.set_value(chosen)


def manages_site(actor: Actor) -> bool:
    """Tell whether somebody may shape what belongs to the whole site, not to a part of it."""
    may = actor.may(Capability.MANAGE_PEOPLE)
    return may and actor.scope_of(Capability.MANAGE_PEOPLE) is None


def outside(units: Sequence[OrgUnit], unit: OrgUnit) -> list[OrgUnit]:
    """Return the units of a tree but one and all below it."""
    rest = list(dropwhile(lambda one: one.id != unit.id, units))
    below = takewhile(lambda one: one.depth > unit.depth, rest[1:])
    within = {unit.id, *(one.id for one in below)}
    return [one for one in units if one.id not in within]


def _in_tree(unit: OrgUnit) -> str:
    return "\u2003" * unit.depth + f"{unit.name} · {unit.code}"
