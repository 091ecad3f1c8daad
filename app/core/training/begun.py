"""Whether somebody has begun what a requirement asks for, whatever kind that is: one definition, as SQL.

A course is begun when it is opened, and so is a document; a practical when somebody has watched a first
round, a class or a drill when its roll says that they came. It is begun until it is completed,
acknowledged, concluded or signed, with its quiz passed where that is asked: from then on the evidence
speaks. Lists, reports and looks back ask this.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.storage.columns import Instant, Moment
from app.core.training.held import Pair, pair_of
from app.core.training.models import RequirementCreditRow
from app.core.training.neighbours import neighbours

_COMPETENT, _CAME = "competent", "in"
_HELD, _CANCELLED = "held", "cancelled"
_HANDS = 2
"""A result counts once the learner and the assessor have signed it."""


def is_begun(pair: Pair | None = None, before: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that a pair is begun and not over; `before`: as it was at that time."""
    pair = pair or pair_of()
    return sa.or_(
        _course(pair, before),
        is_being_read(pair, before),
        _practical(pair, before),
        _attended(pair, before),
        _waits_for_quiz(pair, before),
    )


def waits_for_second(
    pair: Pair | None = None, before: Moment | None = None
) -> sa.ColumnElement[bool]:
    """Return the condition that signed attendance of a pair waits for a second person."""
    wait = neighbours().session_wait
    return _waits(pair or pair_of(), before, sa.and_(wait.for_second, ~_is_answered(before)))


def _waits_for_quiz(pair: Pair, before: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that signed attendance waits for a quiz, and nobody refused it."""
    wait, verdict = neighbours().session_wait, neighbours().session_verdict
    is_refused = _is_answered(before, verdict.is_accepted.is_(False))
    return _waits(pair, before, sa.and_(wait.for_quiz, ~is_refused))


def _is_answered(
    before: Moment | None, *conditions: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Return the condition that a second person answered what waits."""
    wait, verdict = neighbours().session_wait, neighbours().session_verdict
    return (
        sa.exists()
        .where(
            verdict.signing_id == wait.signing_id,
            verdict.person_id == wait.person_id,
            verdict.requirement_id == wait.requirement_id,
            *_by(verdict.at, before),
            *conditions,
        )
        .correlate_except(verdict)
    )


def _course(pair: Pair, before: Moment | None) -> sa.ColumnElement[bool]:
    near = neighbours()
    start, completion = near.start, near.completion
    done = sa.exists().where(completion.start_id == start.id, *_by(completion.at, before))
    return (
        sa.exists()
        .where(
            start.person_id == pair.person_id,
            start.course_id == pair.course_id,
            *_by(start.at, before),
            ~done.correlate_except(completion),
        )
        .correlate_except(start)
    )


def is_being_read(pair: Pair, before: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that somebody opened what they are to read, since it is asked, and has not signed."""
    near = neighbours()
    opening, said = near.document_opening, near.acknowledgement
    is_read = sa.exists().where(
        said.person_id == opening.person_id,
        said.requirement_id == opening.requirement_id,
        said.at >= opening.at,
        *_by(said.at, before),
    )
    counts = pair.counts_from
    return (
        sa.exists()
        .where(
            opening.person_id == pair.person_id,
            opening.requirement_id == pair.requirement_id,
            *_by(opening.at, before),
            *([] if counts is None else [sa.or_(counts.is_(None), opening.at >= counts)]),
            ~is_read.correlate_except(said),
        )
        .correlate_except(opening)
    )


def _practical(pair: Pair, before: Moment | None) -> sa.ColumnElement[bool]:
    near = neighbours()
    run, watched = near.practical_run, near.practical_round
    counts = pair.counts_from
    began = sa.exists().where(
        watched.run_id == run.id,
        *_by(watched.at, before),
        *([] if counts is None else [sa.or_(counts.is_(None), watched.at >= counts)]),
    )
    return (
        sa.exists()
        .where(
            run.person_id == pair.person_id,
            run.requirement_id == pair.requirement_id,
            began.correlate_except(watched),
            ~_is_over(before),
        )
        .correlate_except(run)
    )


def _is_over(before: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that a run ended: somebody is competent in it, and both have signed."""
    near = neighbours()
    run, result, signing = near.practical_run, near.practical_result, near.practical_signing
    watched = aliased(near.practical_round)
    hands = sa.select(sa.func.count(sa.distinct(signing.hand))).where(
        signing.result_id == result.id, *_by(signing.at, before)
    )
    return (
        sa.exists()
        .where(
            watched.run_id == run.id,
            result.round_id == watched.id,
            result.verdict == _COMPETENT,
            hands.correlate_except(signing).scalar_subquery() >= _HANDS,
        )
        .correlate_except(watched, result)
    )


def _attended(pair: Pair, before: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that somebody came to what is neither signed yet nor called off."""
    near = neighbours()
    line, proves, signing = near.attendance, near.session_requirement, near.session_signing
    newer = aliased(line)
    is_corrected = sa.exists().where(newer.corrects_id == line.id, *_by(newer.noted_at, before))
    is_signed = sa.exists().where(signing.session_id == line.session_id, *_by(signing.at, before))
    return (
        sa.exists()
        .where(
            line.person_id == pair.person_id,
            line.mark == _CAME,
            *_by(line.noted_at, before),
            proves.session_id == line.session_id,
            proves.requirement_id == pair.requirement_id,
            proves.ended_at.is_(None),
            ~is_corrected.correlate_except(newer),
            ~is_signed.correlate_except(signing),
            ~_is_called_off(line, before),
        )
        .correlate_except(line, proves)
    )


def _is_called_off(line: Any, before: Moment | None) -> sa.ColumnElement[bool]:  # a mapped class
    """Return the condition that the session of a line was called off by who knew how far it had come."""
    off = neighbours().session_event
    held = aliased(off)
    was_held = sa.exists().where(
        held.session_id == off.session_id, held.event == _HELD, *_by(held.at, before)
    )
    return (
        sa.exists()
        .where(
            off.session_id == line.session_id,
            off.event == _CANCELLED,
            off.began_at.is_not(None),
            *_by(off.at, before),
            sa.or_(off.ended_at.is_not(None), ~was_held.correlate_except(held)),
        )
        .correlate_except(off)
    )


def _waits(
    pair: Pair, before: Moment | None, for_what: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Return the condition that signed attendance waits for something, and has given nothing yet."""
    wait, credit = neighbours().session_wait, RequirementCreditRow
    credited = sa.exists().where(
        credit.person_id == wait.person_id,
        credit.requirement_id == wait.requirement_id,
        credit.proof_id == wait.signing_id,
        *_by(credit.recorded_at, before),
    )
    return (
        sa.exists()
        .where(
            wait.person_id == pair.person_id,
            wait.requirement_id == pair.requirement_id,
            for_what,
            *_by(wait.at, before),
            ~credited.correlate_except(credit),
        )
        .correlate_except(wait)
    )


def _by(column: Any, before: Moment | None) -> list[sa.ColumnElement[bool]]:  # a mapped attribute
    if before is None:
        return []
    is_value = isinstance(before, datetime)
    return [column < (sa.literal(before, Instant) if is_value else before)]
