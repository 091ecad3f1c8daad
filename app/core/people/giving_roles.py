"""Giving and ending the job roles that somebody has beside the one of their placement (ADR 68)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people.errors import DayRefused, DetailRefused
from app.core.people.homes import Homes, home_in
from app.core.people.models import FurtherRoleRow, JobRoleRow, PersonRow
from app.core.people.organisation import job_role
from app.core.people.ownership import FieldOwners, OwnedField
from app.core.people.placing import open_placement
from app.core.people.rules import today
from app.core.people.types import JobRoleId, PersonId


class FurtherRoles:
    """Keeps them. Who may: holders of MANAGE_PEOPLE, in their scope."""

    def __init__(
        self,
        site: Site,
        homes: Homes,
        owners: FieldOwners,
        managed: Callable[[Actor, Unit, UUID], PersonRow],
        changed: Callable[[Unit, UUID], None],
    ) -> None:
        """Take how people are looked up to be managed, and what is told of a change of one."""
        self._site = site
        self._homes = homes
        self._owners = owners
        self._managed = managed
        self._changed = changed

    def give(
        self,
        actor: Actor,
        person_id: PersonId,
        job_role_id: JobRoleId,
        from_on: date | None = None,
        to_on: date | None = None,
        reason: str = "",
    ) -> None:
        """Let somebody have a job role beside theirs from a day (today) up to, but not on, another.

        Both days may lie ahead. Raises DayRefused, DetailRefused for a role that they have on one of
        these days or that is closed, FieldOwned, NotFound.
        """
        begins = from_on or today(self._site.clock)
        told = self._homes.told_of_role(person_id, job_role_id)
        with self._site.transaction(
            actor, "person.give-role", reason=reason, for_site=told
        ) as unit:
            row = self._managed(actor, unit, person_id)
            self._owners.require(unit, home_in(unit, row), {OwnedField.JOB_ROLE})
            role = job_role(unit, job_role_id)
            _require_days(row, begins, to_on)
            if role.closed_on is not None and role.closed_on <= begins:
                raise DetailRefused(
                    _("{role} is closed.").format(role=role.title), _("Choose another job role.")
                )
            _refuse_held(unit, row, role, begins, to_on)
            unit.add(
                FurtherRoleRow(
                    person_id=person_id, job_role_id=job_role_id, from_on=begins, to_on=to_on
                )
            )
            unit.flush()
            self._changed(unit, person_id)

    def end(
        self,
        actor: Actor,
        person_id: PersonId,
        job_role_id: JobRoleId,
        on: date | None = None,
        reason: str = "",
    ) -> None:
        """Let somebody have a further job role no more from a day on (today; it may lie ahead).

        On the day on which it began it is as if it had not been given. Raises DayRefused, DetailRefused
        where they have it not, FieldOwned, NotFound.
        """
        on = on or today(self._site.clock)
        told = self._homes.told_of_role(person_id, job_role_id)
        with self._site.transaction(actor, "person.end-role", reason=reason, for_site=told) as unit:
            row = self._managed(actor, unit, person_id)
            self._owners.require(unit, home_in(unit, row), {OwnedField.JOB_ROLE})
            role = job_role(unit, job_role_id)
            lasting = [
                one
                for one in _rows_of(unit, person_id)
                if one.job_role_id == job_role_id and (one.to_on is None or one.to_on > on)
            ]
            if not lasting:
                raise DetailRefused(
                    _("{name} does not have the further job role {role}.").format(
                        name=row.name, role=role.title
                    )
                )
            if all(on < one.from_on for one in lasting):
                raise DayRefused(on, _("that is before it begins"))
            for one in lasting:  # two, where two PCs gave it
                one.to_on = max(on, one.from_on)
            unit.flush()
            self._changed(unit, person_id)


def resume_further_roles(
    unit: Unit, person_id: UUID, left_on: date | None, on: date, *, again: bool
) -> None:
    """End what somebody had beside their job role when they left; `again` gives it anew from a day on."""
    for row in _rows_of(unit, person_id):
        if row.to_on is not None and row.to_on <= on:
            continue
        until, row.to_on = row.to_on, max(left_on or on, row.from_on)
        if again:
            unit.add(
                FurtherRoleRow(
                    person_id=person_id, job_role_id=row.job_role_id, from_on=on, to_on=until
                )
            )


def _rows_of(unit: Unit, person_id: UUID) -> list[FurtherRoleRow]:
    mine = sa.select(FurtherRoleRow).where(FurtherRoleRow.person_id == person_id)
    return list(unit.scalars(mine.order_by(FurtherRoleRow.from_on, FurtherRoleRow.id)))


def _require_days(row: PersonRow, begins: date, to_on: date | None) -> None:
    if row.left_on is not None and row.left_on <= begins:
        raise DetailRefused(_("{name} has left by then.").format(name=row.name))
    if row.joined_on is not None and begins < row.joined_on:
        raise DayRefused(begins, _("that is before they joined"))
    if to_on is not None and to_on <= begins:
        raise DayRefused(to_on, _("that is not after the day on which it begins"))


def _refuse_held(
    unit: Unit, row: PersonRow, role: JobRoleRow, begins: date, to_on: date | None
) -> None:
    """Raise DetailRefused for a job role that somebody has on one of the days already."""
    present = open_placement(unit, row.id)
    is_main = present is not None and present.job_role_id == role.id
    overlaps = any(
        one.job_role_id == role.id
        and (to_on is None or one.from_on < to_on)
        and (one.to_on is None or one.to_on > max(begins, one.from_on))
        for one in _rows_of(unit, row.id)
    )
    if is_main or overlaps:
        raise DetailRefused(
            _("{name} has the job role {role} already on one of these days.").format(
                name=row.name, role=role.title
            ),
            _("Choose another job role, or other days."),
        )
