"""Who is told of what: one statement of the work that is due and the steps of the ladder that it has reached.

What is due is found once, whatever number of steps there are; who is told is looked up for what is
shown, unless the list is narrowed or sorted by it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.paging import Page, PageRequest
from app.core.storage.columns import Day, Id, Word
from app.core.storage.folding import Folded, words_of
from app.core.storage.said import said_rows
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.reminders.kinds import OWN_STEPS, LadderStep
from app.core.training.reminders.ladder import rungs
from app.core.training.reminders.models import ReminderRow, ReviewReminderRow
from app.core.training.reminders.of_reviews import Reviews, due_reviews, review_rows, reviews_of
from app.core.training.reminders.reading import (
    dues_of,
    in_parts,
    is_among,
    is_due,
    is_of_those,
    recipients,
)
from app.core.training.reminders.types import Asked, Told
from app.core.training.supervisors import supervisor_here, supervisor_of, who_is_here

AnySelect = sa.Select[*tuple[Any, ...]]
SORTS = ("due_on", "step", "told", "number", "name", "org_unit", "title")
_PLACES = tuple(LadderStep)
_NOWHERE, _ELSEWHERE = UUID(int=0), UUID(int=1)
"""Stand for the home of who has none, and for every home that has no ladder of its own."""
_RUNG = (
    sa.column("home", Id()),
    sa.column("step", Word(LadderStep)),
    sa.column("place", sa.Integer()),
    sa.column("due_until", Day()),
    sa.column("late_until", Day()),
    sa.column("named_id", Id()),
    sa.column("up_id", Id()),
)


def page(session: Session, asked: Asked, request: PageRequest) -> Page[Told]:
    """Return one stretch of who is told: the filter `step`, sorted by one of SORTS, by due date without one."""
    reviews = _reviews(session, asked)
    reached = _reached(asked, reviews, request)
    total = sa.select(sa.func.count()).select_from(reached)
    cut = (
        _in_order(reached.c, request, asked.day)
        .add_columns(total.scalar_subquery().label("total"))
        .limit(request.limit)
        .offset(request.offset)
    )
    rows = session.execute(cut).all()
    if rows or not request.offset:
        told = _told(session, rows, reviews, asked.day)
        return Page(rows=told, total=rows[0].total if rows else 0)
    return Page(rows=(), total=session.scalar(total) or 0)


def everybody(session: Session, asked: Asked) -> tuple[Told, ...]:
    """Return everybody who is told, by due date and number."""
    every, reviews = PageRequest(), _reviews(session, asked)
    found = _in_order(_reached(asked, reviews, every).c, every, asked.day)
    return _told(session, session.execute(found).all(), reviews, asked.day)


def untold(session: Session, asked: Asked) -> tuple[Told, ...]:
    """Return who has a mail address and was not yet told of a step for its day, by due date and number."""
    every, reviews = PageRequest(), _reviews(session, asked)
    row, person = _reached(asked, reviews, every).c, neighbours().person
    has_address = sa.exists().where(person.id == _told_id(row, row, asked.day), person.email != "")
    fresh = _in_order(row, every, asked.day).where(~_was_told(row), has_address)
    return _told(session, session.execute(fresh).all(), reviews, asked.day)


def told_already(
    session: Session, work: Iterable[UUID]
) -> frozenset[tuple[UUID, LadderStep, date | None]]:
    """Return the steps of some work at which somebody was told, and for which day."""
    training, review = ReminderRow, ReviewReminderRow
    found: set[tuple[UUID, LadderStep, date | None]] = set()
    for some in in_parts(work):
        rows = session.execute(
            sa.select(training.assignment_id.label("id"), training.step, training.due_on)
            .where(training.assignment_id.in_(some))
            .union_all(
                sa.select(review.keeper_id, review.step, review.due_on).where(
                    review.keeper_id.in_(some)
                )
            )
        )
        found.update((work_id, step, due_on) for work_id, step, due_on in rows)
    return frozenset(found)


def _was_told(row: Any) -> sa.ColumnElement[bool]:  # columns of what was reached
    """Return the condition that somebody was told of a step for its day."""
    training, review = ReminderRow, ReviewReminderRow
    goes_by = sa.case((row.step == LadderStep.LEARNER, row.due_on), else_=row.late_after)
    return sa.or_(
        sa.exists().where(
            training.assignment_id == row.id,
            training.step == row.step,
            sa.or_(training.due_on.is_(None), training.due_on == goes_by),
        ),
        sa.exists().where(
            review.keeper_id == row.id, review.step == row.step, review.due_on == goes_by
        ),
    )


def _in_order(row: Any, request: PageRequest, day: date) -> AnySelect:  # columns
    """Select id, step, told_id and meant_id of what was reached, in the order of a request."""
    usual = (row.due_on, row.number, row.code, row.id, row.place)
    told, meant = _told_id(row, row, day).label("told_id"), _meant_id(row).label("meant_id")
    found = sa.select(row.id, row.step, told, meant)
    if not request.sort:
        return found.order_by(*usual)
    return found.order_by(row.first.desc() if request.descending else row.first, *usual)


def _reached(asked: Asked, reviews: Reviews, request: PageRequest) -> sa.CTE:
    """Return each step that work has reached, as far as a request asks for it."""
    due, rung, told = (
        _due(asked, reviews, request.text),
        _rungs(asked),
        aliased(neighbours().listing),
    )
    firsts: dict[str, Any] = {"step": rung.c.place, "told": sa.func.coalesce(told.name, "")}
    first = firsts.get(request.sort, due.c.get(request.sort, due.c.due_on))
    has_reached = sa.and_(
        rung.c.home == due.c.home,
        due.c.due_on <= rung.c.due_until,
        due.c.late_after <= rung.c.late_until,
    )
    work = (
        due.c.id, due.c.person_id, due.c.due_on, due.c.late_after, due.c.number, due.c.code,
        due.c.is_review,
    )  # fmt: skip
    found = sa.select(
        *work, rung.c.step, rung.c.place, rung.c.named_id, rung.c.up_id, first.label("first")
    ).join_from(due, rung, has_reached)
    if request.text or request.sort == "told":
        whom = _told_id(rung.c, due.c, asked.day)
        found = found.outerjoin(told, told.person_id == whom)
    if steps := request.values("step"):
        found = found.where(rung.c.step.in_([LadderStep(one) for one in steps]))
    for word in words_of(request.text):
        found = found.where(
            sa.or_(
                due.c.words.contains(word, autoescape=True),
                told.search_text.contains(word, autoescape=True),
            )
        )
    return found.cte("reached").prefix_with("MATERIALIZED")


def _reviews(session: Session, asked: Asked) -> Reviews:
    return due_reviews(session, _until(asked), asked)


def _until(asked: Asked) -> date:
    """Return the last due date of which anybody is told."""
    return max((min(row[3], row[4]) for row in _steps(asked)), default=date.min)


def _due(asked: Asked, reviews: Reviews, text: str) -> sa.CTE:
    """Return the work that may have reached a step, found once; with the `words` in which a text is looked for."""
    near = neighbours()
    work = (
        sa.select(
            AssignmentRow.id,
            AssignmentRow.person_id,
            AssignmentRow.due_on,
            sa.func.coalesce(AssignmentRow.late_after, AssignmentRow.due_on).label("late_after"),
            RequirementRow.code,
            RequirementRow.title,
            *_whose(asked, RequirementRow.title, text),
            sa.false().label("is_review"),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(near.listing, near.listing.person_id == AssignmentRow.person_id)
        .join(near.person, near.person.id == AssignmentRow.person_id)
        .where(*is_due(_until(asked), asked.day), *is_among(asked))
    )
    every = sa.union_all(work, _due_reviews(asked, reviews, text)) if reviews else work
    return every.cte("due").prefix_with("MATERIALIZED")


def _due_reviews(asked: Asked, reviews: Reviews, text: str) -> AnySelect:
    """Select reviews as `_due` does work; of who sees to one and is away or has left, too."""
    near, row = neighbours(), review_rows(reviews).c
    return (
        sa.select(
            row.id,
            row.person_id,
            row.due_on,
            row.due_on.label("late_after"),
            row.code,
            row.title,
            *_whose(asked, row.code + " " + row.title, text),
            sa.true().label("is_review"),
        )
        .join(near.listing, near.listing.person_id == row.person_id)
        .join(near.person, near.person.id == row.person_id)
        .where(*is_of_those(asked))
    )


def _whose(asked: Asked, named: Any, text: str) -> list[Any]:  # columns
    """Return whose work it is, whose ladder it climbs, and the words in which a text is looked for."""
    listing = neighbours().listing
    words = listing.search_text + " " + Folded(named + " " + listing.org_unit)
    return [
        listing.number,
        listing.name,
        listing.org_unit,
        _home(asked).label("home"),
        (words if text else sa.literal("")).label("words"),
    ]


def _rungs(asked: Asked) -> sa.CTE:
    nobody = (_ELSEWHERE, _PLACES[0], 0, date.min, date.min, None, None)
    return said_rows(_RUNG, _steps(asked) or [nobody])


def _steps(asked: Asked) -> list[tuple[Any, ...]]:
    ladders = {_ELSEWHERE: asked.usual}
    ladders |= {home or _NOWHERE: ladder for home, ladder in asked.by_site.items()}
    return [
        (
            home, one.step, _PLACES.index(one.step), one.due_until, one.late_until, one.named_id, one.up_id,
        )
        for home, ladder in ladders.items()
        for one in rungs(ladder, asked.day)
    ]  # fmt: skip


def _home(asked: Asked) -> sa.ColumnElement[UUID]:
    """Return whose ladder a person's work climbs."""
    elsewhere = sa.literal(_ELSEWHERE, Id())
    known = [home or _NOWHERE for home in asked.by_site]
    if not known:
        return elsewhere
    home = sa.func.coalesce(
        neighbours().person.home_site_id, sa.literal(_NOWHERE, Id()), type_=Id()
    )
    return sa.case((home.in_(known), home), else_=elsewhere)


def _told_id(rung: Any, work: Any, day: date) -> sa.ColumnElement[UUID]:  # columns
    """Return whom a step tells on a day: of columns step, named_id and up_id, and of the work's person_id and is_review.

    Instead of a supervisor who has left or is on leave theirs, then whom the next step names; so of whom
    nobody supervises, and of who sees to a review. Nobody is told of themselves but as the learner.
    """
    learner = work.person_id
    named, up = (who_is_here(_but(whom, learner), day) for whom in (rung.named_id, rung.up_id))
    above = supervisor_here(learner, day)
    return sa.case(
        (
            sa.and_(rung.step.in_(OWN_STEPS), work.is_review),
            sa.func.coalesce(who_is_here(learner, day), above, up, type_=Id()),
        ),
        (rung.step.in_(OWN_STEPS), learner),
        (rung.step == LadderStep.SUPERVISOR, sa.func.coalesce(above, up, type_=Id())),
        (rung.named_id.is_(None), sa.null()),
        else_=sa.func.coalesce(named, up, type_=Id()),
    )


def _meant_id(row: Any) -> sa.ColumnElement[UUID]:  # columns
    """Return whom a step is for, whether they are here or not; nobody where it is the learner themselves."""
    return sa.case(
        (row.step.in_(OWN_STEPS), row.person_id),
        (row.step == LadderStep.SUPERVISOR, supervisor_of(row.person_id)),
        else_=_but(row.named_id, row.person_id),
    )


def _but(whom: Any, learner: Any) -> sa.ColumnElement[UUID]:  # columns
    """Return whom a step names, but nobody where that is whose work it is."""
    return sa.func.nullif(whom, learner, type_=Id())


def _told(session: Session, rows: Iterable[Any], reviews: Reviews, day: date) -> tuple[Told, ...]:
    """Return rows of `_in_order` with their work and who is told."""
    found = [(row.id, row.step, row.told_id, row.meant_id) for row in rows]
    ids = {one for one, *_others in found}
    work = dues_of(session, ids, day) | reviews_of(session, reviews, ids, day)
    people = {whom for *_work, told, meant in found for whom in (told, meant) if whom is not None}
    known = recipients(session, people)
    return tuple(
        Told(
            step=step,
            due=work[one],
            recipient=known.get(told) if told is not None else None,
            instead_of=known.get(meant) if meant is not None and meant != told else None,
        )
        for one, step, told, meant in found
    )
