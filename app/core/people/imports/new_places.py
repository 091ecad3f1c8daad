"""The org units and job roles that a file's people come into: those of the site, and new ones."""

import itertools
import re
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.journal import Unit
from app.core.people.derived import rebuild_reach
from app.core.people.imports.known import Known
from app.core.people.models import JobRoleRow, OrgUnitRow
from app.core.people.rules import MAX_NUMBER


class NewPlaces:
    """What the site knows, and what a plan makes."""

    def __init__(self, unit: Unit, known: Known) -> None:
        self._unit = unit
        self._known = known
        self._new_units: dict[str, UUID] = {}
        self._new_roles: dict[str, UUID] = {}

    def make(self, org_units: Sequence[str], job_roles: Sequence[str]) -> None:
        """Make places of these names, each with a code of its own."""
        site = self._known.site_id
        codes = set(self._unit.scalars(sa.select(OrgUnitRow.code)))
        units = [OrgUnitRow(site_id=site, code=free_code(n, codes), name=n) for n in org_units]
        codes = set(self._unit.scalars(sa.select(JobRoleRow.code)))
        roles = [JobRoleRow(site_id=site, code=free_code(n, codes), title=n) for n in job_roles]
        self._unit.add_all([*units, *roles])
        self._unit.flush()
        self._new_units = {row.name.casefold(): row.id for row in units}
        self._new_roles = {row.title.casefold(): row.id for row in roles}
        if units:
            rebuild_reach(self._unit)

    def org_unit(self, word: str) -> UUID:
        """Return the org unit that a file calls so."""
        return self._known.org_units.find(word) or self._new_units[word.casefold()]

    def job_role(self, word: str) -> UUID:
        """Return the job role that a file calls so."""
        return self._known.job_roles.find(word) or self._new_roles[word.casefold()]


def free_code(name: str, taken: set[str]) -> str:
    """Return a code made of a name that is not taken, and take it."""
    stem = "-".join(re.findall(r"\w+", name.upper()))[: MAX_NUMBER - 5] or "X"
    numbered = (f"{stem}-{n}" for n in itertools.count(2))
    code = next(code for code in itertools.chain([stem], numbered) if code not in taken)
    taken.add(code)
    return code
