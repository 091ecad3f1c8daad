"""Which credits count no more: those that corrections put aside, and what had stood in on the strength of them,
or of a completion that was withdrawn.

Nothing is written on what falls with something else. It follows from the facts alone, so that every PC that
has the same facts says the same, whichever it heard of first, and as of any moment.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.journal import shown_in_sql
from app.core.learning import completion_stands, is_withdrawn
from app.core.storage.columns import Day, Moment
from app.core.storage.tables import table_of
from app.core.training.correction_models import CorrectionVerdictRow
from app.core.training.kinds import Basis, LinkKind, Substitutes
from app.core.training.models import (
    RequirementCreditRow,
    RequirementLinkRow,
    RequirementRow,
    RequirementTermsRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.rivals import is_outdone, is_without_effect

FOREVER = date.max
"""Stands for no expiry where SQL needs a day; it sorts after every other."""


def is_put_aside(credit: Any, known: Moment | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that a correction put one aside, or won over what gave it; `known`: before then.

    What stands in for something falls with what it stands on.
    """
    is_substitute = credit.basis == Basis.SUBSTITUTE
    has_no_ground = sa.or_(_rests_on_withdrawn(credit, known), _lacks_one_of_all(credit, known))
    return sa.or_(_falls(credit, known), sa.and_(is_substitute, has_no_ground))


def held_until_of(met: Any) -> sa.ColumnElement[Any]:
    """Return the last valid day of a completion or a credit as an expression, FOREVER where it holds for good."""
    return sa.func.coalesce(met.valid_until, sa.literal(FOREVER, Day))


def _falls(credit: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that a correction put a credit aside, or what it stands on alone."""
    table = table_of(CorrectionVerdictRow)
    verdict, giving = table.alias(), table.alias()
    before = [] if known is None else [verdict.c.at < known]
    is_replaced = sa.exists().where(
        verdict.c.replaces_id.in_(_rests_on(credit)), ~is_without_effect(verdict.c, known), *before
    )
    has_lost = sa.exists().where(
        giving.c.credit_id.in_(_rests_on(credit)), is_outdone(giving.c, known)
    )
    return sa.or_(is_replaced.correlate_except(verdict), has_lost.correlate_except(giving))


def _rests_on(credit: Any) -> tuple[Any, Any]:
    """Return the credits with which one falls, as columns: itself, and what a substitute stands on.

    That one may stand aside by now for what another PC gave for the same occasion.
    """
    below = shown_in_sql(RequirementCreditRow, credit.proof_id)
    return credit.id, sa.case((credit.basis == Basis.SUBSTITUTE, below))


def _rests_on_withdrawn(credit: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that what stands in rests on a completion that was withdrawn."""
    return is_withdrawn(shown_in_sql(neighbours().completion, credit.proof_id), known)


def _lacks_one_of_all(credit: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    """Return the condition that one of several on which a credit stood together was taken away.

    It has the last day of the one that ended first, so each of them lasted as long. Where nothing was
    taken away nothing falls, whatever was linked since.
    """
    link = aliased(RequirementLinkRow)
    return (
        sa.exists()
        .where(
            link.requirement_id == credit.requirement_id,
            link.kind == LinkKind.SUBSTITUTE,
            link.ended_on.is_(None),
            _asks_for_all(credit.requirement_id),
            sa.or_(_was_corrected(credit, link), _was_withdrawn(credit, link)),
            ~_holds_by_credit(credit, link, known),
            ~_holds_by_course(credit, link, known),
        )
        .correlate_except(link)
    )


def _asks_for_all(requirement_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a requirement is met by all its substitutes together, as its last terms say."""
    terms, later = aliased(RequirementTermsRow), aliased(RequirementTermsRow)
    is_last = ~sa.exists().where(
        later.requirement_id == terms.requirement_id, later.from_on > terms.from_on
    )
    asks = sa.exists().where(
        terms.requirement_id == requirement_id, terms.substitutes == Substitutes.ALL, is_last
    )
    return asks.correlate_except(terms)


def _was_corrected(credit: Any, link: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a correction named a credit of a substitute that was there before."""
    gone, verdict = aliased(RequirementCreditRow), aliased(CorrectionVerdictRow)
    of_substitute = _of_substitute(gone, credit, link)
    named = sa.exists().where(*of_substitute, verdict.replaces_id.in_(_rests_on(gone)))
    return named.correlate_except(gone, verdict)


def _was_withdrawn(credit: Any, link: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a completion of a substitute that was there before was withdrawn."""
    gone, requirement = aliased(neighbours().completion), aliased(RequirementRow)
    named = sa.exists().where(*_of_course(gone, requirement, credit, link), is_withdrawn(gone.id))
    return named.correlate_except(gone, requirement)


def _holds_by_credit(credit: Any, link: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    kept = aliased(RequirementCreditRow)
    before = [] if known is None else [kept.recorded_at < known]
    held = sa.exists().where(*_of_substitute(kept, credit, link), ~_falls(kept, known), *before)
    return held.correlate_except(kept)


def _holds_by_course(credit: Any, link: Any, known: Moment | None) -> sa.ColumnElement[bool]:
    done, requirement = aliased(neighbours().completion), aliased(RequirementRow)
    of_substitute = _of_course(done, requirement, credit, link)
    held = sa.exists().where(*of_substitute, completion_stands(done, known))
    return held.correlate_except(done, requirement)


def _of_course(
    done: Any, requirement: Any, credit: Any, link: Any
) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of `_of_substitute` for a completion of the substitute's course."""
    return (
        requirement.id == link.other_id,
        done.person_id == credit.person_id,
        done.course_id == requirement.course_id,
        done.at <= credit.at,
        held_until_of(done) >= held_until_of(credit),
    )


def _of_substitute(one: Any, credit: Any, link: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that a credit is of a substitute, not newer than what it stands in for, and lasts as long."""
    return (
        one.person_id == credit.person_id,
        one.requirement_id == link.other_id,
        one.at <= credit.at,
        held_until_of(one) >= held_until_of(credit),
    )
