"""The training matrix: seen, tried, changed, and carried out."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.batches import batches
from app.core.base.clock import local_day, start_of
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.courses import Releases
from app.core.egress import Document
from app.core.journal import Site, Unit
from app.core.people import further_roles_of, place_of
from app.core.storage.prepared import Prepared
from app.core.training.assignments.reaching import a_reason
from app.core.training.enrolment import Enrolment
from app.core.training.enrolment.matching import At
from app.core.training.enrolment.running import narrowed
from app.core.training.errors import TrainingRefused
from app.core.training.matrix.asking import Asking, wanted
from app.core.training.matrix.audiences import Audiences, audience_row
from app.core.training.matrix.curricula import Curricula
from app.core.training.matrix.drafts import Drafts
from app.core.training.matrix.finding import audiences_of, requirements_of
from app.core.training.matrix.gaps import gap_counts_of, gap_of
from app.core.training.matrix.grid import Grid, PastEntry, changes_of, grid_on, history_of
from app.core.training.matrix.impact import cells_of, impact_of, waiting_of
from app.core.training.matrix.kept import KeptStatements
from app.core.training.matrix.models import MatrixChangeRow, MatrixDraftRow, MatrixEntryRow
from app.core.training.matrix.paper import grid_paper
from app.core.training.matrix.people import PeopleGrid, site_name
from app.core.training.matrix.running import AskedOtherwise, MatrixRun, Pairs
from app.core.training.matrix.types import (
    Cell,
    Gap,
    GapCount,
    MatrixImpact,
    MatrixReachesMany,
    PastChange,
    Proposal,
    RunOfMatrix,
    WaitingCells,
)
from app.core.training.matrix.writing import check, first_day, write
from app.core.training.models import RequirementRow

_SOME = 500
"""People who are looked at together."""


class Matrix:
    """This site's matrix. Who may: holders of ASSIGN for the whole site; others look.

    Every site asks of its own people; curricula are everybody's, as requirements are.
    """

    def __init__(self, site: Site, releases: Releases, enrolment: Enrolment) -> None:
        self._site = site
        self._releases = releases
        self._enrolment = enrolment
        self.curricula = Curricula(site)
        self.audiences = Audiences(site)
        self.drafts = Drafts(site)
        self.people = PeopleGrid(site)
        self._statements = KeptStatements()

    def grid(self, actor: Actor, on: date | None = None) -> Grid:
        """Return the whole matrix as it stands today, or stood or will stand on a day."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return grid_on(session, on or self._today(), self._site.site_id)

    def history(self, actor: Actor, cell: Cell) -> tuple[PastEntry, ...]:
        """Return what a cell asked for at any time, and who said so, the newest first."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return history_of(session, cell)

    def changes(self, actor: Actor, limit: int = 100) -> tuple[PastChange, ...]:
        """Return the changes that were applied, the newest first."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return changes_of(session, limit)

    def paper(self, actor: Actor, on: date | None = None) -> Document:
        """Return the matrix as it stood on a day as a PDF, A3 across."""
        grid = self.grid(actor, on)
        with self._site.read() as session:
            site = site_name(session, self._site.site_id)
        return grid_paper(grid, site=site, made_by=actor.name, made_at=self._site.clock.now())

    def try_out(self, actor: Actor, proposal: Proposal, on: date | None = None) -> MatrixImpact:
        """Say what a change would do on its day. Nothing is changed. Raises what `apply` does."""
        actor.require(Capability.ASSIGN)
        day = on or self._today()
        with self._site.read() as session:
            check(session, proposal, day, self._today())
            return self._impact(session, proposal, day)

    def first_day(self, actor: Actor, proposal: Proposal) -> date:
        """Return the first day on which a change may take effect: today, or the last that is planned for its cells."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            return first_day(session, proposal, self._today())

    def apply(
        self,
        actor: Actor,
        proposal: Proposal,
        *,
        reason: str,
        on: date | None = None,
        confirmed: int | None = None,
    ) -> RunOfMatrix:
        """Change the matrix from a day on (today), all of it or nothing; carry it out if that is today.

        `confirmed` is the number of people that whoever changes it knows of. What was marked by the
        actor and not applied is forgotten. Raises TrainingRefused, Loop, NotFound, ReasonNeeded,
        and MatrixReachesMany where the number has to be said and is not that number.
        """
        actor.require(Capability.ASSIGN)
        reason, day = a_reason(reason), on or self._today()
        with self._site.transaction(actor, "matrix.apply", reason=reason) as unit:
            unit.take_turn("training matrix")
            check(unit, proposal, day, self._today())
            impact = self._impact(unit, proposal, day)
            if impact.reaches_many and confirmed != impact.people:
                raise MatrixReachesMany(impact.people, impact.here)
            change = MatrixChangeRow(
                at=self._site.clock.now(),
                effective_on=day,
                reason=reason,
                people=impact.people,
                is_confirmed=confirmed == impact.people,
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(change)
            unit.flush()
            done = RunOfMatrix()
            if day == self._today():
                done = self._change_today(unit, actor, proposal, change.id, impact)
            else:
                write(unit, proposal, day, change.id, self._site.site_id)
            _forget_draft(unit, actor)
        return done

    def waiting(self, actor: Actor) -> WaitingCells:
        """Return what is asked for and was not carried out, because it reaches many."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            return waiting_of(session, self._asking(session, self._today()), self._kept)

    def run(self, actor: Actor, *, confirmed: int | None = None) -> RunOfMatrix:
        """Carry the matrix out as it stands; for what was held back, with the number of people said."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "matrix.run") as unit:
            run = self.run_in(unit, actor)
            ended, given = run.end(allowed=confirmed), run.give(allowed=confirmed)
        return RunOfMatrix(
            assigned=given.assigned,
            cancelled=ended.cancelled,
            held_back=tuple(dict.fromkeys((*ended.held_back, *given.held_back))),
        )

    def run_in(
        self,
        unit: Unit,
        actor: Actor,
        people: Collection[UUID] | None = None,
        asked_otherwise: AskedOtherwise | None = None,
    ) -> MatrixRun:
        """Return a run of today for everybody or for some people, inside a unit.

        It may end something, let others act in the unit, and give then. `asked_otherwise` tells what
        else is asked of these people, where somebody has looked at them.
        """
        some = None if people is None else narrowed(people)
        is_used = _is_used(unit)
        asking = self._asking(unit, self._today(), people=some, is_used=is_used)
        run = self._run(unit, actor, asking, is_used=is_used)
        return run if asked_otherwise is None else replace(run, asked_otherwise=asked_otherwise)

    def asked_of(self, session: Session, pairs: Pairs) -> set[tuple[UUID, UUID]]:
        """Return those of some pairs of person and requirement for which the matrix asks today."""
        if not _is_used(session):
            return set()
        people = narrowed({person_id for person_id, _requirement in pairs})
        asked = wanted(self._asking(session, self._today(), people=people), with_retired=True)
        ids = {requirement_id for _person, requirement_id in pairs}
        found = session.execute(
            sa.select(asked.c.person_id, asked.c.requirement_id).where(
                asked.c.requirement_id.in_(list(ids))
            )
        )
        return {(one, other) for one, other in found} & set(pairs)

    def gap(self, actor: Actor, person_id: UUID, role_ids: Sequence[UUID]) -> Gap:
        """Say what other job roles would ask of somebody: new, as before, no more. Raises NotFound.

        The further job roles that they have stay.
        """
        with self._site.read() as session:
            actor.scope_of(Capability.ASSIGN)
            actor.require(Capability.ASSIGN, place_of(session, person_id))
            beside = further_roles_of(session, [person_id], self._today()).get(person_id, {})
            roles = {*role_ids, *beside}
            asking = self._asking(session, self._today(), people=[person_id], as_if_in=roles)
            now = self._site.clock.now()
            return gap_of(session, asking, person_id, role_ids, now, self._kept)

    def gap_counts(
        self, actor: Actor, moves: Mapping[UUID, Collection[UUID]]
    ) -> dict[UUID, GapCount]:
        """Say by person how much the job roles that they come to have make new, keep and end.

        Who may: holders of ASSIGN for the whole site.
        """
        actor.require(Capability.ASSIGN)
        alike: dict[frozenset[UUID], list[UUID]] = defaultdict(list)
        for person_id, role_ids in moves.items():
            alike[frozenset(role_ids)].append(person_id)
        found: dict[UUID, GapCount] = {}
        with self._site.read() as session:
            for roles, people in alike.items():
                for some in batches(people, _SOME):
                    asking = self._asking(session, self._today(), people=some, as_if_in=roles)
                    found |= gap_counts_of(session, asking, self._kept)
        return found

    def retire_audience(self, actor: Actor, audience_id: UUID, reason: str = "") -> None:
        """Take an audience out of the matrix. Raises TrainingRefused while anything is asked of it."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "audience.retire", reason=reason) as unit:
            row = audience_row(unit, audience_id)
            grid = grid_on(unit, self._today(), self._site.site_id)
            asked = {one.owner_id for one in (*grid.asked, *grid.planned)}
            if audience_id in asked:
                raise TrainingRefused(
                    _("Something is still asked of “{title}”.").format(title=row.title),
                    _("Clear its row in the matrix first."),
                )
            row.retired_on = self._today()

    def bring_back_audience(self, actor: Actor, audience_id: UUID, reason: str = "") -> None:
        """Put a retired audience into the matrix again."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "audience.bring-back", reason=reason) as unit:
            audience_row(unit, audience_id).retired_on = None

    def _impact(self, session: Session, proposal: Proposal, day: date) -> MatrixImpact:
        asking = self._asking(session, day, proposal=proposal)
        return impact_of(session, asking, self._moment(day), self._length_of, self._kept)

    def _asking(
        self,
        session: Session,
        day: date,
        *,
        proposal: Proposal | None = None,
        people: Collection[UUID] | None = None,
        as_if_in: Collection[UUID] | None = None,
        is_used: bool = True,
    ) -> Asking:
        site_id = self._site.site_id
        also = [one.cell.owner_id for one in proposal.edits] if proposal is not None else []
        return Asking(
            at=At(today=day, site_id=site_id, people=people),
            audiences=audiences_of(session, site_id, day, also=also) if is_used else {},
            proposal=proposal or Proposal(),
            as_if_in=as_if_in,
        )

    def _change_today(
        self, unit: Unit, actor: Actor, proposal: Proposal, change_id: UUID, impact: MatrixImpact
    ) -> RunOfMatrix:
        """Write a change of today and carry it out, for the requirements that it is about.

        What ends is found before it is written: afterwards nothing tells whom it was asked of.
        """
        today = self._today()
        asking = self._asking(unit, today, proposal=proposal)
        cells = cells_of(unit, asking)
        only = requirements_of(unit, asking, cells)
        ended = self._run(unit, actor, replace(asking, only=only)).end(cells, impact.people)
        write(unit, proposal, today, change_id, self._site.site_id)
        after = replace(self._asking(unit, today), only=only)
        given = self._run(unit, actor, after).give(cells, impact.people)
        return RunOfMatrix(assigned=given.assigned, cancelled=ended.cancelled)

    def _run(self, unit: Unit, actor: Actor, asking: Asking, *, is_used: bool = True) -> MatrixRun:
        return MatrixRun(
            unit=unit,
            actor=actor,
            asking=asking,
            now=self._site.clock.now(),
            asked_otherwise=self._kept,
            kept=self._statements,
            is_used=is_used,
        )

    def _kept(self, session: Session, pairs: Pairs) -> set[tuple[UUID, UUID]]:
        return self._enrolment.asked_of(session, pairs)

    def _length_of(self, session: Session, requirement_id: UUID) -> int | None:
        """Return the seconds that the lessons of a requirement's course say they take."""
        row = session.get(RequirementRow, requirement_id)
        if row is None or row.course_id is None:
            return None
        try:
            version = self._releases.newest(session, row.course_id)
        except NotFound:
            return None
        return sum(one.seconds for one in version.outline.lessons) or None

    def _moment(self, day: date) -> datetime:
        now = self._site.clock.now()
        return now if day == self._today() else max(now, start_of(day))

    def _today(self) -> date:
        return local_day(self._site.clock)


def _is_used(session: Session) -> bool:
    """Tell whether the matrix ever asked for anything: most sites begin without one."""
    session.flush()
    return bool(_ANY_ENTRY.run(session.connection(), {}))


_ANY_ENTRY = Prepared(sa.select(MatrixEntryRow.id).limit(1))


def _forget_draft(unit: Unit, actor: Actor) -> None:
    if actor.account_id is None:
        return
    row = unit.get(MatrixDraftRow, actor.account_id)
    if row is not None:
        row.edits = []
