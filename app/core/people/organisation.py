"""The organisation: the tree of org units, and the job roles."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.journal import Site, Unit
from app.core.people.derived import rebuild_reach, rename_in_listing
from app.core.people.errors import CodeTaken, NameTaken, UnitWithinItself
from app.core.people.models import JobRoleRow, OrgUnitReachRow, OrgUnitRow
from app.core.people.naming_places import Place, is_own
from app.core.people.organisation_queries import home_sites, job_roles, org_unit_tree
from app.core.people.rules import clean_code, clean_name, today
from app.core.people.types import HomeSite, JobRole, JobRoleId, OrgUnit, OrgUnitId


class Organisation:
    """Shapes the organisation. Who may: holders of MANAGE_PEOPLE, within their part of the tree."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def org_units(self, actor: Actor, text: str = "") -> tuple[OrgUnit, ...]:
        """Return the org units that the actor sees, each under its parent.

        With `text` only those that have its words in code or name.
        """
        scope = actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return org_unit_tree(session, scope, today(self._site.clock), text)

    def job_roles(self, actor: Actor, text: str = "") -> tuple[JobRole, ...]:
        """Return every job role by title; with `text` only those that have its words."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return job_roles(session, today(self._site.clock), text)

    def sites(self, actor: Actor) -> tuple[HomeSite, ...]:
        """Return the sites that have people here, by name; none where there is only one."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return home_sites(session)

    def add_org_unit(
        self, actor: Actor, code: str, name: str, parent_id: OrgUnitId | None = None
    ) -> OrgUnitId:
        """Add a unit below another, or at the top. Raises CodeTaken, NameTaken, NotFound."""
        actor.require(Capability.MANAGE_PEOPLE, parent_id)
        code, name = clean_code(code), clean_name(name)
        with self._site.transaction(actor, "org-unit.add") as unit:
            take_organisation_turn(unit)
            if unit.scalar(sa.select(OrgUnitRow.id).where(*self._own(OrgUnitRow, code))):
                raise CodeTaken(code)
            if parent_id is not None:
                org_unit(unit, parent_id)
            self._refuse_taken_name(unit, name, parent_id)
            row = OrgUnitRow(site_id=self._site.site_id, code=code, name=name, parent_id=parent_id)
            unit.add(row)
            rebuild_reach(unit)
        return OrgUnitId(row.id)

    def rename_org_unit(self, actor: Actor, org_unit_id: OrgUnitId, name: str) -> None:
        """Call a unit otherwise. Raises NameTaken, NotFound."""
        actor.require(Capability.MANAGE_PEOPLE, org_unit_id)
        name, told = clean_name(name), self._told_of(OrgUnitRow, org_unit_id)
        with self._site.transaction(actor, "org-unit.rename", for_site=told) as unit:
            take_organisation_turn(unit)
            row = org_unit(unit, org_unit_id)
            self._refuse_taken_name(unit, name, row.parent_id, but=org_unit_id)
            row.name = name
            rename_in_listing(unit, org_unit=org_unit_id, job_role=None)

    def move_org_unit(
        self, actor: Actor, org_unit_id: OrgUnitId, parent_id: OrgUnitId | None
    ) -> None:
        """Put a unit, with all below it, under another one.

        Raises UnitWithinItself, NameTaken, NotFound.
        """
        actor.require(Capability.MANAGE_PEOPLE, org_unit_id)
        actor.require(Capability.MANAGE_PEOPLE, parent_id)
        with self._site.transaction(actor, "org-unit.move") as unit:
            take_organisation_turn(unit)
            row = org_unit(unit, org_unit_id)
            if parent_id is not None:
                org_unit(unit, parent_id)
                if unit.get(OrgUnitReachRow, (org_unit_id, parent_id)) is not None:
                    raise UnitWithinItself(row.name)
            self._refuse_taken_name(unit, row.name, parent_id, but=org_unit_id)
            row.parent_id = parent_id
            rebuild_reach(unit)

    def add_job_role(self, actor: Actor, code: str, title: str) -> JobRoleId:
        """Add a job role to the site. Raises CodeTaken, NameTaken."""
        actor.require(Capability.MANAGE_PEOPLE)
        code, title = clean_code(code), clean_name(title)
        with self._site.transaction(actor, "job-role.add") as unit:
            take_organisation_turn(unit)
            if unit.scalar(sa.select(JobRoleRow.id).where(*self._own(JobRoleRow, code))):
                raise CodeTaken(code)
            self._refuse_taken_title(unit, title)
            row = JobRoleRow(site_id=self._site.site_id, code=code, title=title)
            unit.add(row)
            unit.flush()
        return JobRoleId(row.id)

    def rename_job_role(self, actor: Actor, job_role_id: JobRoleId, title: str) -> None:
        """Call a job role otherwise. Raises NameTaken, NotFound."""
        actor.require(Capability.MANAGE_PEOPLE)
        title, told = clean_name(title), self._told_of(JobRoleRow, job_role_id)
        with self._site.transaction(actor, "job-role.rename", for_site=told) as unit:
            take_organisation_turn(unit)
            row = job_role(unit, job_role_id)
            self._refuse_taken_title(unit, title, but=job_role_id)
            row.title = title
            rename_in_listing(unit, org_unit=None, job_role=job_role_id)

    def _told_of(self, model: type[OrgUnitRow] | type[JobRoleRow], key: UUID) -> UUID | None:
        """Return the site that is to be told what its department or job role is called; None for this one."""
        with self._site.read() as session:
            home = session.scalar(sa.select(model.site_id).where(model.id == key))
        return None if home == self._site.site_id else home

    def _refuse_taken_name(
        self, session: Session, name: str, parent_id: UUID | None, but: UUID | None = None
    ) -> None:
        """Raise NameTaken where a unit of the same place is called so: nobody could tell the two apart."""
        beside = sa.select(OrgUnitRow.id, OrgUnitRow.name).where(
            OrgUnitRow.parent_id == parent_id, *self._own(OrgUnitRow)
        )
        _refuse_among(session.execute(beside), name, but)

    def _refuse_taken_title(self, session: Session, title: str, but: UUID | None = None) -> None:
        titles = sa.select(JobRoleRow.id, JobRoleRow.title).where(*self._own(JobRoleRow))
        _refuse_among(session.execute(titles), title, but)

    def _own(self, place: Place, code: str | None = None) -> list[sa.ColumnElement[bool]]:
        """Return the conditions that a place is this site's, and has a code; an old one is anybody's."""
        own = is_own(place, self._site.site_id)
        return [own] if code is None else [own, place.code == code]


def take_organisation_turn(unit: Unit) -> None:
    """Let no other station change the tree or the roles before this unit ends."""
    unit.take_turn("organisation")


def org_unit(session: Session, org_unit_id: UUID) -> OrgUnitRow:
    """Return a unit's row. Raises NotFound."""
    row = session.get(OrgUnitRow, org_unit_id)
    if row is None:
        raise NotFound(str(org_unit_id))
    return row


def job_role(session: Session, job_role_id: UUID) -> JobRoleRow:
    """Return a job role's row. Raises NotFound."""
    row = session.get(JobRoleRow, job_role_id)
    if row is None:
        raise NotFound(str(job_role_id))
    return row


def _refuse_among(others: sa.Result[UUID, str], name: str, but: UUID | None) -> None:
    # compared here, not in SQL, which folds the case of ASCII letters alone
    if any(other != but and called.casefold() == name.casefold() for other, called in others):
        raise NameTaken(name)
