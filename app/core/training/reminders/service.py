"""Reminders: the ladder, who is told what today, notice boards, and writing down who was told."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site, Unit
from app.core.people import person_numbered
from app.core.people.shifts import (
    EVERYBODY,
    WhoWorks,
    Written,
    shift_book,
    shift_heading,
    spellings,
    who_in_words,
    word_of,
)
from app.core.training.errors import TrainingRefused
from app.core.training.reminders import reading, telling
from app.core.training.reminders.board_paper import board_document
from app.core.training.reminders.kinds import RollBy
from app.core.training.reminders.ladder import horizon, ladder_on
from app.core.training.reminders.models import (
    ReminderLadderRow,
    ReminderRow,
    ReviewReminderRow,
)
from app.core.training.reminders.types import Asked, Due, Ladder, LadderWords, Recipient, Roll, Told

_MOST_DAYS = 365


class Reminders:
    """Who may see them: who sees records, in their scope. The ladder is the administrator's."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ladder(self, actor: Actor, on: date | None = None) -> Ladder:
        """Return the ladder in force on a day; today's without one."""
        actor.require_anywhere(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            return self._ladder(session, on or self._today())

    def ladders(self, actor: Actor) -> tuple[Ladder, ...]:
        """Return every ladder that was set, the oldest first; those to come among them."""
        actor.require_anywhere(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            return tuple(reading.ladders(session, self._site.site_id))

    def set_ladder(self, actor: Actor, words: LadderWords, reason: str = "") -> None:
        """Say who is told when, from a day on: today or later.

        Raises TrainingRefused for days that cannot be, NotFound for numbers of nobody.
        """
        actor.require(Capability.MANAGE_SITE)
        _check(words, self._today())
        with self._site.transaction(actor, "reminders.set-ladder", reason=reason) as unit:
            unit.take_turn("reminder ladder")
            row = unit.scalars(
                sa.select(ReminderLadderRow).where(
                    ReminderLadderRow.site_id == self._site.site_id,
                    ReminderLadderRow.from_on == words.from_on,
                )
            ).first()
            if row is None:
                row = ReminderLadderRow(site_id=self._site.site_id, from_on=words.from_on)
                unit.add(row)
            row.learner_before, row.supervisor_after = words.learner_before, words.supervisor_after
            row.head_after, row.qa_after = words.head_after, words.qa_after
            row.head_id, row.qa_id = _somebody(unit, words.head), _somebody(unit, words.qa)
            row.numbers_only = words.numbers_only

    def told(
        self, actor: Actor, on: date | None = None, who: WhoWorks = EVERYBODY
    ) -> tuple[Told, ...]:
        """Return who is told what as of a day, each step that is reached, by due date.

        `who`: only of the training of those who work on a day, or in a shift.
        """
        scope = actor.scope_of(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            asked = self._asked(session, on or self._today(), scope, who)
            return telling.everybody(session, asked)

    def page(self, actor: Actor, request: PageRequest, on: date | None = None) -> Page[Told]:
        """Return one stretch of the same list (telling.page has its sorts).

        Filters: step, works (TODAY), shift (its name; "" for those of whom no hours are known).
        """
        scope, day = actor.scope_of(Capability.VIEW_RECORDS), on or self._today()
        shift = next(iter(request.values("shift")), None)
        who = WhoWorks(on=day if request.values("works") else None, shift=shift)
        with self._site.read() as session:
            return telling.page(session, self._asked(session, day, scope, who), request)

    def rolls(
        self,
        actor: Actor,
        *,
        by: RollBy = RollBy.SUPERVISOR,
        on: date | None = None,
        who: WhoWorks = EVERYBODY,
    ) -> tuple[Roll, ...]:
        """Return what is due soon or overdue by supervisor, department or shift, for notice boards."""
        scope = actor.scope_of(Capability.VIEW_RECORDS)
        day = on or self._today()
        with self._site.read() as session:
            until = horizon(self._ladder(session, day), day)
            found = reading.dues(session, until, self._asked(session, day, scope, who))
            rolls = _GROUPED[by](session, found, self._site.site_id, who.on or day)
        about = who_in_words(who)
        return tuple(replace(one, about=about) for one in rolls)

    def board(
        self,
        actor: Actor,
        site_name: str,
        *,
        by: RollBy = RollBy.SUPERVISOR,
        only: UUID | None = None,
        who: WhoWorks = EVERYBODY,
    ) -> Document:
        """Return notice-board pages: one for each supervisor, department or shift, or one of them.

        Raises TrainingRefused where nothing is due.
        """
        rolls = [
            one for one in self.rolls(actor, by=by, who=who) if only is None or one.key == only
        ]
        if not rolls and not who.is_everybody:
            raise TrainingRefused(
                _("Nothing is due of those for whom the pages would be."),
                _("Make them of everybody, or for another day or shift."),
            )
        if not rolls:
            raise TrainingRefused(
                _("Nothing is due, so there is nothing to hang up."), _("Look again tomorrow.")
            )
        content = board_document(
            rolls,
            site_name,
            self._today(),
            self._site.clock.now(),
            numbers_only=self.ladder(actor).numbers_only,
        )
        count = sum(len(one.dues) for one in rolls)
        leaving = Leaving(kind=FileKind.NOTICE, title=_("Notice board"), records=count)
        return Document(content=content, leaving=leaving)

    def recipient(self, person_id: UUID) -> Recipient:
        """Return how somebody is told. Raises NotFound."""
        with self._site.read() as session:
            found = reading.recipients(session, [person_id])
        if person_id not in found:
            raise NotFound(_("The person"))
        return found[person_id]

    def recipients(self, people: Iterable[UUID]) -> dict[UUID, Recipient]:
        """Return how some people are told, by id; who is not here any more is left out."""
        with self._site.read() as session:
            return reading.recipients(session, people)

    def fresh(self) -> tuple[Told, ...]:
        """Return who is to be told by mail today and was not yet. It may take seconds; nobody waits.

        Who has no address is left to the notice board, and told as soon as there is one.
        """
        with self._site.read() as session:
            return telling.untold(session, self._asked(session, self._today(), None))

    def still(self, work: Iterable[UUID]) -> tuple[Told, ...]:
        """Return every step of some work that is still to be told today, told before or not.

        What was completed, let off or paused, or is of somebody who left, is not among it.
        """
        with self._site.read() as session:
            asked = self._asked(session, self._today(), None)
            return telling.everybody(session, replace(asked, of=frozenset(work)))

    def take(self, unit: Unit, fresh: Iterable[Told]) -> tuple[Told, ...]:
        """Write down that these are told, and return those who were not by then.

        Each step is taken once for the day that the work is due: where that is moved, it is taken anew.

        Whoever calls this sees in the same unit of work that they are told.
        """
        unit.take_turn("reminders")
        one_by_one = list(fresh)
        known = telling.told_already(unit, (one.due.work_id for one in one_by_one))
        taken = [
            one
            for one in one_by_one
            if known.isdisjoint((one.due.work_id, one.step, day) for day in (None, one.goes_by))
        ]
        for model, column, is_review in (
            (ReminderRow, "assignment_id", False),
            (ReviewReminderRow, "keeper_id", True),
        ):
            some = (one for one in taken if one.due.is_review is is_review)
            unit.insert_many(model, self._told_rows(some, column))
        return tuple(taken)

    def _told_rows(self, told: Iterable[Told], column: str) -> Iterator[dict[str, object]]:
        """Yield the rows that say who was told; `column` names what they were told of."""
        now = self._site.clock.now()
        for one in told:
            if one.recipient is not None:
                yield {
                    column: one.due.work_id,
                    "step": one.step,
                    "due_on": one.goes_by,
                    "told_id": one.recipient.id,
                    "at": now,
                }

    def _asked(
        self,
        session: Session,
        day: date,
        scope: frozenset[UUID] | None,
        who: WhoWorks = EVERYBODY,
    ) -> Asked:
        """Return the question of who is told of this site's people: another site reminds its own."""
        here = self._site.site_id
        shifts = spellings(session, here, who, day)
        ladder = self._ladder(session, day)
        return Asked(day=day, usual=ladder, here=here, scope=scope, shifts=shifts)

    def _ladder(self, session: Session, day: date) -> Ladder:
        return ladder_on(day, reading.ladders(session, self._site.site_id))

    def _today(self) -> date:
        return local_day(self._site.clock)


def _by_unit(
    _session: Session, found: Iterable[Due], _here: UUID | None, _day: date
) -> tuple[Roll, ...]:
    groups: dict[UUID | None, list[Due]] = defaultdict(list)
    for one in found:
        groups[one.org_unit_id].append(one)
    rolls = (
        Roll(key=key, heading=some[0].org_unit or _("No department"), dues=tuple(some))
        for key, some in groups.items()
    )
    return tuple(sorted(rolls, key=lambda one: (one.key is None, one.heading)))


def _by_supervisor(
    session: Session, found: Iterable[Due], _here: UUID | None, _day: date
) -> tuple[Roll, ...]:
    groups = reading.by_supervisor(found)
    known = reading.recipients(session, (key for key in groups if key is not None))
    rolls = (
        Roll(
            key=key,
            heading=known[key].name if key in known else _("No supervisor"),
            dues=tuple(some),
        )
        for key, some in groups.items()
    )
    return tuple(sorted(rolls, key=lambda one: (one.key is None, one.heading)))


def _by_shift(
    session: Session, found: Iterable[Due], here: UUID | None, day: date
) -> tuple[Roll, ...]:
    """Return a roll for each shift with its hours on a day: those that begin first, first."""
    book = shift_book(session, here, day)
    groups: dict[str, list[Due]] = defaultdict(list)
    for one in found:
        groups[word_of(one.shift)].append(one)
    told: list[tuple[tuple[bool, str, str], Roll]] = []
    for word, some in groups.items():
        shift = book.shift_of(Written(None, word))
        hours = None if shift is None else shift.calendar.hours_on(day)
        heading = shift_heading(some[0].shift if shift is None else shift.name, shift, day)
        order = (shift is None, f"{hours.begins:%H:%M}" if hours else "~", word)
        told.append((order, Roll(key=None, heading=heading, dues=tuple(some))))
    return tuple(roll for _order, roll in sorted(told, key=lambda one: one[0]))


_GROUPED: dict[RollBy, Callable[[Session, Iterable[Due], UUID | None, date], tuple[Roll, ...]]] = {
    RollBy.SUPERVISOR: _by_supervisor,
    RollBy.UNIT: _by_unit,
    RollBy.SHIFT: _by_shift,
}


def _somebody(unit: Unit, number: str) -> UUID | None:
    return person_numbered(unit, number) if number.strip() else None


def _check(words: LadderWords, today: date) -> None:
    if words.from_on < today:
        raise TrainingRefused(
            _("A ladder cannot begin in the past: who was told then stays as it was."),
            _("Let it begin today or later."),
        )
    for days in (words.learner_before, words.supervisor_after, words.head_after, words.qa_after):
        if days is not None and not 0 <= days <= _MOST_DAYS:
            raise TrainingRefused(
                _("{count} is no number of days.").format(count=days),
                _("Give 0 to {most}, or nothing to leave the step out.").format(most=_MOST_DAYS),
            )
    after = [
        days
        for days in (words.supervisor_after, words.head_after, words.qa_after)
        if days is not None
    ]
    if after != sorted(after):
        raise TrainingRefused(
            _("A later step would come before an earlier one."),
            _("Tell the supervisor first, then the head, then quality assurance."),
        )
