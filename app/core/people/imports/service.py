"""Importing people: look first, then apply what was looked at."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.journal import DeedId, Site, Unit, written_by
from app.core.people.imports.apply import Importer
from app.core.people.imports.errors import FileHasErrors, PlanOutdated
from app.core.people.imports.headings import AUTO, Preset, find_headings
from app.core.people.imports.known import what_is_known
from app.core.people.imports.past import PastImport, past_import, past_imports
from app.core.people.imports.plan import PeoplePlan, work_out
from app.core.people.imports.rows import PersonInFile, RowError, read_people
from app.core.people.imports.table import read_table
from app.core.people.imports.taking_back import (
    TakeBackPlan,
    carry_out_take_back,
    work_out_take_back,
)
from app.core.people.organisation import take_organisation_turn
from app.core.people.sign_in_names import take_naming_turn

OnChanged = Callable[[Unit, Collection[UUID]], None]
"""Is told, inside the unit, which people came or changed."""


class PeopleImport:
    """Takes over people from HR files. Who may: holders of MANAGE_PEOPLE for the whole site.

    A badge in the file opens an account, so such files ask for MANAGE_ACCOUNTS too. Who is not in
    the file stays as they are, and so does every field that the file leaves empty.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_changed: list[OnChanged] = []

    def plan(self, actor: Actor, untrusted: bytes, preset: Preset = AUTO) -> PeoplePlan:
        """Say what importing a CSV or XLSX file would do, and change nothing.

        Raises FileUnreadable, MissingColumns.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        encoding, rows = read_table(untrusted)
        headings = find_headings(rows, preset)
        people: list[PersonInFile] = []
        unreadable: list[RowError] = []
        for row in read_people(rows, headings):
            if isinstance(row, RowError):
                unreadable.append(row)
            else:
                people.append(row)
        with self._site.read() as session:
            plan = work_out(what_is_known(session, self._site.site_id), people, unreadable)
        return replace(
            plan,
            encoding=encoding,
            ignored_columns=headings.ignored,
            private_columns=headings.private,
        )

    def apply(
        self,
        actor: Actor,
        plan: PeoplePlan,
        *,
        skip_errors: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Do what a plan says, all of it or nothing, in one entry of the journal.

        Rows with errors are left out when `skip_errors` says so. Raises FileHasErrors, and
        PlanOutdated when the people it is about have changed since it was made.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        if any(person.badge for person in plan.people):
            actor.require(Capability.MANAGE_ACCOUNTS)
        if plan.errors and not skip_errors:
            raise FileHasErrors(len(plan.errors))
        with self._site.transaction(actor, "people.import") as unit:
            take_naming_turn(unit)
            take_organisation_turn(unit)
            known = what_is_known(unit, self._site.site_id)
            again = work_out(known, plan.people, plan.unreadable)
            if not again.says_the_same_as(plan):
                raise PlanOutdated
            now = self._site.clock.now()
            touched = Importer(unit, known, now, progress or NoProgress()).carry_out(again)
            for act in self.on_changed:
                act(unit, touched)

    def past(self, actor: Actor, limit: int = 10) -> tuple[PastImport, ...]:
        """Return the imports that were applied, newest first."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.read() as session:
            return past_imports(session, limit)

    def plan_take_back(self, actor: Actor, deed_id: DeedId) -> TakeBackPlan:
        """Say what taking an import back would do, and change nothing. Raises NotFound."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.read() as session:
            return self._take_back_plan(session, deed_id)

    def take_back(self, actor: Actor, plan: TakeBackPlan) -> None:
        """Undo an import as far as nobody changed it since, in one entry of the journal.

        Raises PlanOutdated when the people it is about have changed since the plan was made.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        if any(step.table == "credential" for step in plan.steps):
            actor.require(Capability.MANAGE_ACCOUNTS)
        reason = _("Takes back the import {entry}").format(entry=plan.past.deed.position)
        with self._site.transaction(actor, "people.take-back", reason=reason) as unit:
            take_naming_turn(unit)
            again = self._take_back_plan(unit, plan.past.deed.id)
            if not again.says_the_same_as(plan):
                raise PlanOutdated
            carry_out_take_back(unit, again)

    def _take_back_plan(self, session: Session, deed_id: DeedId) -> TakeBackPlan:
        past = past_import(session, deed_id)
        written = written_by(session, deed_id)
        return work_out_take_back(session, past, written, self._site.clock.now())
