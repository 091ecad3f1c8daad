"""A round with all around it, and what has to be so before it is marked or concluded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.figures import day, moment
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.models import RequirementRow
from app.core.training.practicals.deriving import RoundFact, stand_of
from app.core.training.practicals.errors import (
    MayNotAssess,
    NoForm,
    NotInOrder,
    SeenUnqualified,
    SignedAlready,
)
from app.core.training.practicals.form_service import published
from app.core.training.practicals.forms import FormContent
from app.core.training.practicals.kinds import AssessmentVerdict, Stage
from app.core.training.practicals.models import PracticalRoundRow, PracticalRunRow
from app.core.training.practicals.records import Current
from app.core.training.practicals.register_queries import qualification_of
from app.core.training.practicals.run_queries import facts_of
from app.core.training.requirements.queries import by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInHand:
    """A round with the run it belongs to, as they stand in a unit."""

    row: PracticalRoundRow
    run: PracticalRunRow
    requirement: RequirementRow
    content: FormContent
    current: Current
    seen: RoundFact


def round_in_hand(session: Session, round_id: UUID) -> RoundInHand:
    """Return a round with all around it. Raises NotFound, NoForm."""
    row = session.get(PracticalRoundRow, round_id)
    if row is None:
        raise NotFound(_("The round"))
    run = session.get_one(PracticalRunRow, row.run_id)
    requirement = by_id(session, run.requirement_id)
    form = published(session, requirement.id)
    if form is None:
        raise NoForm(requirement.title)
    facts = facts_of(session, [run])[run.id]
    current = Current(row=run, facts=facts, stands=stand_of(form.content, facts))
    return RoundInHand(
        row=row,
        run=run,
        requirement=requirement,
        content=form.content,
        current=current,
        seen=next(one for one in facts.rounds if one.id == round_id),
    )


def require_own(hand: RoundInHand, assessor: UUID | None) -> None:
    """Raise MayNotAssess unless somebody watches the round themselves."""
    if hand.row.assessor_id != assessor:
        raise MayNotAssess(
            _("Only who watches an assessment marks and concludes it."),
            _("Watch a round of your own, or let the other assessor go on."),
        )


def require_of_now(hand: RoundInHand) -> None:
    """Raise NotInOrder for a round that was begun before the practical was asked for anew."""
    since = hand.current.facts.since
    if since is None or hand.current.facts.is_of_now(hand.seen):
        return
    raise NotInOrder(
        _("This round was begun before {when}, from when on what is seen counts.").format(
            when=moment(since)
        ),
        _("Begin another round, and watch them again."),
    )


def require_same_day(hand: RoundInHand, today: date) -> None:
    """Raise NotInOrder for a round of practice that was watched to its end on an earlier day."""
    if not hand.seen.is_whole:
        return
    watched_on = max(one.at.astimezone().date() for one in hand.seen.newest.values())
    if watched_on < today:
        raise NotInOrder(
            _("This round was watched on {day}; what was seen then stays.").format(
                day=day(watched_on)
            ),
            _("Begin another round, and watch them again."),
        )


def require_unsigned(hand: RoundInHand) -> None:
    """Raise SignedAlready where the run is over, or one of the two has signed a result of the round."""
    signed = [one for one in hand.current.facts.results if one.round_id == hand.row.id]
    if hand.current.stands.is_over or any(one.signings for one in signed):
        raise SignedAlready


def require_whole(hand: RoundInHand, verdict: AssessmentVerdict) -> None:
    """Raise NotInOrder unless a round can be concluded with a verdict."""
    if hand.row.stage is not Stage.ASSESSED:
        raise NotInOrder(
            _("This round is practice: only an assessment is concluded."),
            _("Begin the assessment once the stages before it are finished."),
        )
    if not hand.seen.is_whole:
        raise NotInOrder(_("Not every step is marked yet."), _("Mark the steps that are left."))
    if verdict is AssessmentVerdict.NOT_YET:
        return
    if hand.current.stands.stage is not Stage.ASSESSED:
        raise NotInOrder(
            _("The stages before this one are not finished yet."), _("Watch them first.")
        )
    if missed := hand.seen.missed:
        raise NotInOrder(
            _("A critical step is not done: {step}. Nobody is competent without it.").format(
                step=missed[0].text
            ),
            _("Conclude with not yet competent."),
        )


def require_qualified_then(unit: Unit, hand: RoundInHand, assessor: UUID) -> None:
    """Raise where a step was seen on a day on which who concludes was no assessor, by what was recorded then."""
    days = {one.at.astimezone().date() for one in hand.seen.newest.values()}
    for seen_on in sorted(days):
        found = qualification_of(unit, assessor, hand.requirement.id, seen_on)
        if not found.may_sign:
            raise SeenUnqualified(seen_on)
