"""Importing people: look first, then apply what was looked at."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.garbage import collector_resting
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.journal import DeedId, Site, Unit, written_by
from app.core.people.imports.apply import Importer
from app.core.people.imports.errors import (
    DaysUnclear,
    FileHasErrors,
    PlanOutdated,
    ThresholdPassed,
)
from app.core.people.imports.fields import AUTO, KEPT_AS, Preset
from app.core.people.imports.headings import FileColumn, Headings
from app.core.people.imports.known import Known, what_is_known
from app.core.people.imports.mapping import HrMapping
from app.core.people.imports.mappings import Mappings, kept_mappings
from app.core.people.imports.past import PastImport, past_import, past_imports
from app.core.people.imports.plan import PeoplePlan
from app.core.people.imports.reading import (
    HrSet,
    columns_of,
    found_again,
    headings_of,
    likely_columns,
    read_files,
    read_set,
)
from app.core.people.imports.runs import owned_fields, run_row
from app.core.people.imports.taking_back import (
    TakeBackPlan,
    carry_out_take_back,
    work_out_take_back,
)
from app.core.people.imports.wish import ImportWish
from app.core.people.imports.working_out import work_out
from app.core.people.organisation import take_organisation_turn
from app.core.people.ownership import FieldOwners
from app.core.people.rules import today
from app.core.people.sign_in_names import take_naming_turn
from app.core.spreadsheets import FileUnreadable, GivenFile

_PLAIN = ImportWish()

OnChanged = Callable[[Unit, Collection[UUID]], None]
"""Is told, inside the unit, which people came or changed."""


class PeopleImport:
    """Takes over people from HR files. Who may: holders of MANAGE_PEOPLE for the whole site.

    A badge in the file opens an account, and who leaves has theirs disabled, so such files ask for
    MANAGE_ACCOUNTS too. Who is not in the file stays as they are unless somebody says that they left,
    and so does every field that the file leaves empty.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.mappings = Mappings(site)
        self.owners = FieldOwners(site)
        self.on_changed: list[OnChanged] = []

    def read(self, actor: Actor, files: Sequence[GivenFile]) -> HrSet:
        """Read the CSV, XLSX and XLS files of one set, to be looked at as often as needed.

        Raises FileUnreadable.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        with collector_resting():
            return read_files(files)

    def columns(self, actor: Actor, hr_set: HrSet) -> tuple[FileColumn, ...]:
        """Return what seem to be the columns of a set that nobody told how to read."""
        actor.require(Capability.MANAGE_PEOPLE)
        return likely_columns(hr_set)

    def plan(self, actor: Actor, untrusted: bytes, preset: Preset = AUTO) -> PeoplePlan:
        """Say what importing one file would do, as `look` does. Raises FileUnreadable, MissingColumns."""
        hr_set = self.read(actor, [GivenFile(name="", content=untrusted)])
        return self.look(actor, hr_set, ImportWish(preset=preset))

    def look(self, actor: Actor, hr_set: HrSet, wish: ImportWish = _PLAIN) -> PeoplePlan:
        """Say what importing a set would do, and change nothing.

        Raises MissingColumns, FileUnreadable for letters from before Unicode.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        now = today(self._site.clock)
        hr_set = _without(hr_set, wish.without)
        with collector_resting(), self._site.read() as session:
            mapping, headings = _mapped(session, hr_set, wish)
            read = read_set(hr_set, headings, mapping, wish.cells, now)
            known = self._known(session)
            plan = work_out(known, read.people, read.errors, wish.terms(mapping, now))
        found = [one for _at, one in headings]
        return replace(
            plan,
            encoding=", ".join(dict.fromkeys(file.encoding for file in hr_set.files)),
            ignored_columns=_once(name for one in found for name in one.ignored),
            private_columns=_once(name for one in found for name in one.private),
            files=hr_set.files,
            parts=tuple(part.label for part in hr_set.parts),
            unread_parts=read.unread,
            mapping=mapping,
            columns=columns_of(headings),
            order=read.order,
            open_day=read.open_day if read.order is None else "",
            unknown_words=read.unknown,
            fields=read.fields,
            closed=tuple(
                field for field in read.fields if KEPT_AS.get(field, field).value in known.closed
            ),
            fixes=wish.fixes,
        )

    def apply(
        self,
        actor: Actor,
        plan: PeoplePlan,
        *,
        skip_errors: bool = False,
        typed: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Do what a plan says, all of it or nothing, in one entry of the journal.

        Rows with errors are left out when `skip_errors` says so. Raises FileHasErrors, DaysUnclear,
        ThresholdPassed unless `typed` is the number of a plan's guard, and PlanOutdated when the
        people it is about have changed since it was made.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        if plan.closing or plan.terms.accounts or any(person.badge for person in plan.people):
            actor.require(Capability.MANAGE_ACCOUNTS)
        _require_clear(plan, skip_errors=skip_errors, typed=typed)
        now = self._site.clock.now()
        run = run_row(plan, plan.fixes, actor.account_id, now, typed)
        names = ", ".join(file.name for file in plan.files if file.name)
        reason = _("{files} · run {id}").format(files=names or _("HR file"), id=run.id.hex)
        with (
            collector_resting(),
            self._site.transaction(actor, "people.import", reason=reason) as unit,
        ):
            take_naming_turn(unit)
            take_organisation_turn(unit)
            known = self._known(unit)
            again = work_out(known, plan.people, plan.unreadable, plan.terms)
            if not again.says_the_same_as(plan):
                raise PlanOutdated
            touched = Importer(unit, known, now, progress or NoProgress()).carry_out(again)
            unit.add(run)
            for act in self.on_changed:
                act(unit, touched)

    def owned_fields(self, actor: Actor) -> dict[str, str]:
        """Return the fields that the next HR file overwrites, each with the name of its mapping."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            return owned_fields(session)

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
        if any(step.table in {"credential", "account"} for step in plan.steps):
            actor.require(Capability.MANAGE_ACCOUNTS)
        reason = _("Takes back the import {entry}").format(entry=plan.past.deed.position)
        with self._site.transaction(actor, "people.take-back", reason=reason) as unit:
            take_naming_turn(unit)
            again = self._take_back_plan(unit, plan.past.deed.id)
            if not again.says_the_same_as(plan):
                raise PlanOutdated
            touched = carry_out_take_back(unit, again)
            for act in self.on_changed:
                act(unit, touched)

    def _known(self, session: Session) -> Known:
        closed = frozenset(field.value for field in self.owners.closed_to_file(session))
        return what_is_known(session, self._site.site_id, today(self._site.clock), closed)

    def _take_back_plan(self, session: Session, deed_id: DeedId) -> TakeBackPlan:
        past = past_import(session, deed_id)
        written = written_by(session, deed_id)
        return work_out_take_back(session, past, written, self._site.clock.now())


def _mapped(
    session: Session, hr_set: HrSet, wish: ImportWish
) -> tuple[HrMapping, list[tuple[int, Headings]]]:
    """Return how a set is read, and what its columns hold: a saved mapping is found by the headings."""
    if wish.mapping is not None:
        return wish.mapping, headings_of(hr_set, wish.preset, wish.mapping)
    saved = found_again(kept_mappings(session), hr_set)
    if saved is not None:
        return saved, headings_of(hr_set, wish.preset, saved)
    guessed = headings_of(hr_set, wish.preset, HrMapping())
    names = {column.normal for column in columns_of(guessed)}
    return HrMapping(headings=tuple(sorted(names))), guessed


def _without(hr_set: HrSet, without: frozenset[int]) -> HrSet:
    """Return a set of which some parts are empty: the others keep their places."""
    if not without:
        return hr_set
    parts = tuple(
        replace(part, sheet=replace(part.sheet, rows=())) if at in without else part
        for at, part in enumerate(hr_set.parts)
    )
    if all(not part.sheet.rows for part in parts):
        raise FileUnreadable(_("No sheet is left to read."))
    return replace(hr_set, parts=parts)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _require_clear(plan: PeoplePlan, *, skip_errors: bool, typed: int | None) -> None:
    if plan.open_day:
        raise DaysUnclear(plan.open_day)
    if plan.errors and not skip_errors:
        raise FileHasErrors(len(plan.errors))
    if plan.guard is not None and typed != plan.guard.count:
        raise ThresholdPassed(plan.guard.count, plan.guard.people)
