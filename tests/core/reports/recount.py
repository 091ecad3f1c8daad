"""The overview's figures counted again in plain Python, person by person, as the words say them.

What is dated later than the day of the recount counts as of that day: it is known.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.journal import Site
from app.core.learning.models import (
    CompletionWithdrawalRow,
    CourseCompletionRow,
    CourseStartRow,
    LearningSessionRow,
)
from app.core.people.models import PersonListingRow
from app.core.reports.kept_figures import Standings
from app.core.training import AssignmentEvent, Source, Standing, standing
from app.core.training.models import (
    AbsenceRow,
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementRow,
)


@dataclass(frozen=True)
class Recount:
    """Every row that matters, in memory."""

    people: dict[UUID, PersonListingRow]
    assignments: dict[tuple[UUID, UUID], list[AssignmentRow]]
    completions: dict[tuple[UUID, UUID], list[CourseCompletionRow]]
    started: frozenset[tuple[UUID, UUID]]
    sittings: list[tuple[UUID, datetime]]
    courses: dict[UUID, UUID | None]
    credits: dict[tuple[UUID, UUID], list[RequirementCreditRow]]
    let_off: dict[UUID, datetime]
    """When each assignment was waived last."""
    away: dict[UUID, date]
    """From which day on due dates of people stand still."""
    today: date = date.max

    def standings(self, day: date) -> dict[tuple[UUID, UUID], Standing]:
        """Return where each required pair stood at the end of a day."""
        return {pair: stands for pair, (stands, _held) in self._stood(day).items()}

    def _stood(self, day: date) -> dict[tuple[UUID, UUID], tuple[Standing, Standing]]:
        """Return the same, and beside it where it stood but for any due date."""
        return {
            pair: (self._standing(pair, newest, day), self._standing(pair, newest, day, due=False))
            for pair, rows in self.assignments.items()
            if (left := self.people[pair[0]].left_on) is None or left > day
            for newest in [max(given, key=lambda row: row.cycle, default=None)
                           for given in [[row for row in rows if self.day_of(row.assigned_at) <= day]]]
            if newest is not None and not self.was_cancelled(newest, day)
            and not self.was_waived(newest, day)
            and newest.source is not Source.CHOSEN
        }  # fmt: skip

    def count(self, day: date, scope: frozenset[UUID] | None = None) -> Standings:
        """Return the figures of a day."""
        found = [
            stands
            for (person, _requirement), stands in self._stood(day).items()
            if scope is None or self.people[person].org_unit_id in scope
        ]
        held = {Standing.VALID, Standing.EXPIRING}
        return Standings(
            required=len(found),
            held=sum(one in held for _stands, one in found),
            expiring=sum(one is Standing.EXPIRING for _stands, one in found),
            overdue=sum(stands is Standing.OVERDUE for stands, _held in found),
        )

    def learners(self, day: date, length: timedelta, scope: frozenset[UUID] | None = None) -> int:
        """Return how many people learned in the stretch that ends with a day."""
        who = {who for who, at in self.sittings if day - length < self.day_of(at) <= day}
        return sum(scope is None or self.people[one].org_unit_id in scope for one in who)

    def _standing(
        self, pair: tuple[UUID, UUID], newest: AssignmentRow, day: date, *, due: bool = True
    ) -> Standing:
        course = self.courses[pair[1]]
        key = (pair[0], course) if course is not None else None
        proofs = [
            (row.at, 0, row.id.bytes, row.valid_until)
            for row in (self.completions.get(key, []) if key else [])
        ]
        proofs += [(row.at, 1, row.id.bytes, row.valid_until) for row in self.credits.get(pair, [])]
        done = [
            proof
            for proof in proofs
            if self.day_of(proof[0]) <= day
            and (newest.counts_from is None or proof[0] >= newest.counts_from)
        ]
        last = max(done, key=lambda proof: (proof[3] or date.max, *proof[:3]), default=None)
        due_on = newest.due_on if due else None
        late = due_on and max(due_on, newest.late_after or due_on)
        stands_still = (since := self.away.get(pair[0])) is not None and since <= day
        return standing(
            today=day,
            due_on=due_on,
            late_after=date.max if stands_still else late,
            is_started=key in self.started,
            is_completed=last is not None,
            valid_until=None if last is None else last[3],
            is_open=newest.closed_at is None or self.day_of(newest.closed_at) > day,
            is_renewal=newest.source is Source.RENEWAL,
        )

    def was_waived(self, row: AssignmentRow, day: date) -> bool:
        """Tell whether somebody was let off an assignment at the end of a day."""
        if row.waived_until is None:
            return False
        since = self.let_off.get(row.id)
        return (since is None or self.day_of(since) <= day) and day <= row.waived_until

    def day_of(self, at: datetime) -> date:
        """Return the local day of an instant, at most today."""
        return min(at.astimezone().date(), self.today)

    def was_cancelled(self, row: AssignmentRow, day: date) -> bool:
        """Tell whether an assignment was cancelled by the end of a day."""
        is_over = row.closed_at is not None and self.day_of(row.closed_at) <= day
        return bool(row.cancelled_reason) and is_over


def read_all(site: Site) -> Recount:
    """Read what the overview counts."""
    assignments: dict[tuple[UUID, UUID], list[AssignmentRow]] = defaultdict(list)
    completions: dict[tuple[UUID, UUID], list[CourseCompletionRow]] = defaultdict(list)
    with site.read() as session:
        for assignment in session.scalars(sa.select(AssignmentRow)):
            assignments[assignment.person_id, assignment.requirement_id].append(assignment)
        gone = set(session.scalars(sa.select(CompletionWithdrawalRow.completion_id)))
        for completion in session.scalars(sa.select(CourseCompletionRow)):
            if completion.id in gone:
                continue
            completions[completion.person_id, completion.course_id].append(completion)
        credited: dict[tuple[UUID, UUID], list[RequirementCreditRow]] = defaultdict(list)
        for credit in session.scalars(sa.select(RequirementCreditRow)):
            credited[credit.person_id, credit.requirement_id].append(credit)
        let_off: dict[UUID, datetime] = {}
        for event in session.scalars(sa.select(AssignmentEventRow)):
            if event.event is AssignmentEvent.WAIVED:
                before = let_off.get(event.assignment_id, event.at)
                let_off[event.assignment_id] = max(before, event.at)
        away: dict[UUID, date] = {}
        for absence in session.scalars(sa.select(AbsenceRow)):
            if not absence.has_moved_dues:
                before_that = away.get(absence.person_id, absence.from_on)
                away[absence.person_id] = min(before_that, absence.from_on)
        starts = list(session.scalars(sa.select(CourseStartRow)))
        sat = session.scalars(sa.select(LearningSessionRow))
        whose = {start.id: start.person_id for start in starts}
        return Recount(
            people={row.person_id: row for row in session.scalars(sa.select(PersonListingRow))},
            assignments=assignments,
            completions=completions,
            credits=credited,
            let_off=let_off,
            away=away,
            started=frozenset((start.person_id, start.course_id) for start in starts),
            sittings=[(whose[row.start_id], row.ended_at) for row in sat],
            courses={row.id: row.course_id for row in session.scalars(sa.select(RequirementRow))},
            today=site.clock.now().astimezone().date(),
        )
