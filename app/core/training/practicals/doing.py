"""Doing a practical: rounds, marks of steps, what is concluded. Every touch is a fact on disk at once."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.figures import day
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site, Unit
from app.core.people import printed_person
from app.core.training.errors import TrainingRefused
from app.core.training.hindrances import require_first
from app.core.training.models import RequirementRow
from app.core.training.practicals.access import refusals_kept, require_assessor, require_watcher
from app.core.training.practicals.deriving import RoundFact, digest_of, stand_of
from app.core.training.practicals.errors import (
    AssessorLapsed,
    MayNotAssess,
    NoForm,
    NotInOrder,
    SeenUnqualified,
    SignedAlready,
)
from app.core.training.practicals.form_service import published
from app.core.training.practicals.forms import FormContent
from app.core.training.practicals.kinds import STAGES, AssessmentVerdict, Stage, StepMark
from app.core.training.practicals.models import (
    PracticalMarkRow,
    PracticalRequestRow,
    PracticalResultRow,
    PracticalRoundRow,
    PracticalRunRow,
)
from app.core.training.practicals.pictures import keep_picture
from app.core.training.practicals.records import Current, current_of
from app.core.training.practicals.register_queries import qualification_of
from app.core.training.practicals.run_queries import facts_of, runs_of
from app.core.training.practicals.types import PublishedForm
from app.core.training.requirements.queries import by_id

_MOST_LETTERS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInHand:
    """A round with the run it belongs to, as they stand in a unit."""

    row: PracticalRoundRow
    run: PracticalRunRow
    requirement: RequirementRow
    content: FormContent
    current: Current
    seen: RoundFact


class Doing:
    """Watches and concludes. Who may: appointed assessors, in the scope in which they hold ASSESS."""

    def __init__(self, site: Site, assets: AssetStore | None) -> None:
        self._site = site
        self._assets = assets

    def begin(
        self, actor: Actor, person_id: UUID, requirement_id: UUID, stage: Stage | None = None
    ) -> UUID:
        """Begin a round at the stage that comes next, or at one before it; return its id.

        A round of one's own at the stage that is not finished is gone on with. Raises NoForm,
        NotInOrder for a stage whose turn has not come, ComesFirst, MayNotAssess, NotAllowed.
        """
        with refusals_kept(self._site, actor, person_id, requirement_id, "watch"):
            return self._begin(actor, person_id, requirement_id, stage)

    def _begin(
        self, actor: Actor, person_id: UUID, requirement_id: UUID, stage: Stage | None
    ) -> UUID:
        with self._site.transaction(actor, "practical.begin") as unit:
            requirement = by_id(unit, requirement_id)
            printed_person(unit, person_id)
            today = local_day(self._site.clock)
            held = require_watcher(unit, actor, person_id, requirement, today)
            form = published(unit, requirement_id)
            if form is None:
                raise NoForm(requirement.title)
            unit.take_turn("practical of", person_id)
            current = self._run(unit, person_id, requirement_id, form)
            wanted = stage or current.stands.stage
            _require_turn(current, wanted)
            if not current.facts.rounds:
                require_first(unit, person_id, requirement_id, today)
            if wanted is Stage.ASSESSED and not held.may_sign:
                raise AssessorLapsed(held.since)
            return self._round(unit, actor, current, form, wanted)

    def mark(
        self,
        actor: Actor,
        round_id: UUID,
        step: UUID,
        mark: StepMark,
        remark: str = "",
        photo: bytes | None = None,
    ) -> None:
        """Say what was seen of a step; the newest word counts, and all are kept.

        An assessment is marked by whoever watches it alone; a round of practice that is whole, on the day
        it was watched. Raises NotInOrder, SignedAlready, TrainingRefused, MayNotAssess, NotAllowed.
        """
        person_id, requirement_id = self._whose(round_id)
        with (
            refusals_kept(self._site, actor, person_id, requirement_id, "mark"),
            self._site.transaction(actor, "practical.mark") as unit,
        ):
            hand = round_in_hand(unit, round_id)
            today = local_day(self._site.clock)
            require_watcher(unit, actor, person_id, hand.requirement, today)
            if hand.row.stage is Stage.ASSESSED:
                _require_own(hand, actor.person_id)
            else:
                _require_same_day(hand, today)
            _require_unsigned(hand)
            self._mark(unit, actor, hand, step, mark, _text(remark), photo)

    def conclude(
        self,
        actor: Actor,
        round_id: UUID,
        verdict: AssessmentVerdict,
        remark: str = "",
        retry_on: date | None = None,
    ) -> UUID:
        """Say what an assessment came to; return the result, which both then sign.

        Nobody is competent with a critical step that is not done. Where they are not yet, another
        try is proposed after the days that the form says. Raises NotInOrder, SignedAlready,
        TrainingRefused, MayNotAssess, NotAllowed.
        """
        person_id, requirement_id = self._whose(round_id)
        with (
            refusals_kept(self._site, actor, person_id, requirement_id, "conclude"),
            self._site.transaction(actor, "practical.conclude", reason=_text(remark)) as unit,
        ):
            unit.take_turn("practical of", person_id)
            hand = round_in_hand(unit, round_id)
            today = local_day(self._site.clock)
            assessor = require_assessor(unit, actor, person_id, hand.requirement, today)
            _require_own(hand, assessor)
            _require_unsigned(hand)
            _require_whole(hand, verdict)
            _require_qualified_then(unit, hand, assessor)
            said = _text(remark)
            again = _retry_day(hand, verdict, said, retry_on, today)
            row = PracticalResultRow(
                round_id=round_id,
                verdict=verdict,
                remark=said,
                retry_on=again,
                sha256=digest_of(hand.seen, verdict, said, again),
                at=self._site.clock.now(),
                assessor_id=assessor,
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(row)
            unit.flush()
            return row.id

    def ask(
        self, actor: Actor, requirement_id: UUID, wanted_on: date | None = None, note: str = ""
    ) -> None:
        """Ask, as the learner, to be watched or assessed; whoever may sees it in their list.

        Raises NoForm, NotAllowed, TrainingRefused.
        """
        actor.require_anywhere(Capability.LEARN)
        if actor.person_id is None:
            raise NotAllowed(Capability.LEARN.named)
        if wanted_on is not None and wanted_on < local_day(self._site.clock):
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        with self._site.transaction(actor, "practical.ask") as unit:
            requirement = by_id(unit, requirement_id)
            if published(unit, requirement_id) is None:
                raise NoForm(requirement.title)
            unit.add(
                PracticalRequestRow(
                    person_id=actor.person_id,
                    requirement_id=requirement_id,
                    wanted_on=wanted_on,
                    note=_text(note),
                    at=self._site.clock.now(),
                )
            )

    def _run(
        self, unit: Unit, person_id: UUID, requirement_id: UUID, form: PublishedForm
    ) -> Current:
        """Return the run in which a round is recorded; the next is opened where one is over."""
        rows = runs_of(unit, person_id, requirement_id)
        current = current_of(form, rows, facts_of(unit, rows), renews=True)
        if current.row is not None:
            return current
        row = PracticalRunRow(
            person_id=person_id,
            requirement_id=requirement_id,
            number=current.facts.number,
            opened_at=self._site.clock.now(),
        )
        unit.add(row)
        unit.flush()
        return replace(current, row=row)

    def _round(
        self, unit: Unit, actor: Actor, current: Current, form: PublishedForm, stage: Stage
    ) -> UUID:
        if current.row is None or actor.person_id is None:
            raise LookupError("a run that was just opened")
        concluded = {one.round_id for one in current.facts.results}
        for seen in current.facts.rounds:
            is_mine = seen.assessor_id == actor.person_id and seen.stage is stage
            goes_on = not seen.is_whole or (stage is Stage.ASSESSED and seen.id not in concluded)
            if is_mine and goes_on and seen.version_sha256 == form.sha256:
                return seen.id
        row = PracticalRoundRow(
            run_id=current.row.id,
            version_id=form.id,
            stage=stage,
            at=self._site.clock.now(),
            assessor_id=actor.person_id,
            by=actor.account_id,
            by_name=actor.name,
        )
        unit.add(row)
        unit.flush()
        return row.id

    def _mark(
        self,
        unit: Unit,
        actor: Actor,
        hand: RoundInHand,
        step: UUID,
        mark: StepMark,
        remark: str,
        photo: bytes | None,
    ) -> None:
        known = next((one for one in hand.seen.steps if one.key == step), None)
        if known is None:
            raise NotFound(_("The step"))
        if known.is_critical and mark is StepMark.NOT_APPLICABLE:
            raise NotInOrder(
                _("A critical step is done or not done; it cannot be left out."),
                _("Mark it as done or as not done."),
            )
        held = hand.seen.newest.get(step)
        kept = "" if held is None else held.photo
        if photo is not None:
            kept = keep_picture(unit, self._assets, photo, _("Photo of a step"))
        today = local_day(self._site.clock)
        is_same = held is not None and (held.mark, held.remark, held.photo) == (mark, remark, kept)
        if held is not None and is_same and held.at.astimezone().date() == today:
            return  # on another day it is seen anew, perhaps by who may assess by now
        unit.add(
            PracticalMarkRow(
                round_id=hand.row.id,
                step=step,
                mark=mark,
                remark=remark,
                photo=kept,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
        )

    def _whose(self, round_id: UUID) -> tuple[UUID, UUID]:
        with self._site.read() as session:
            found = session.execute(
                sa.select(PracticalRunRow.person_id, PracticalRunRow.requirement_id)
                .join(PracticalRoundRow, PracticalRoundRow.run_id == PracticalRunRow.id)
                .where(PracticalRoundRow.id == round_id)
            ).first()
        if found is None:
            raise NotFound(_("The round"))
        return found.person_id, found.requirement_id


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


def _require_turn(current: Current, wanted: Stage) -> None:
    if STAGES.index(wanted) > STAGES.index(current.stands.stage):
        raise NotInOrder(
            _("The stages before this one are not finished yet."), _("Watch them first.")
        )


def _require_own(hand: RoundInHand, assessor: UUID | None) -> None:
    if hand.row.assessor_id != assessor:
        raise MayNotAssess(
            _("Only who watches an assessment marks and concludes it."),
            _("Watch a round of your own, or let the other assessor go on."),
        )


def _require_same_day(hand: RoundInHand, today: date) -> None:
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


def _require_unsigned(hand: RoundInHand) -> None:
    signed = [one for one in hand.current.facts.results if one.round_id == hand.row.id]
    if hand.current.stands.is_over or any(one.signings for one in signed):
        raise SignedAlready


def _require_whole(hand: RoundInHand, verdict: AssessmentVerdict) -> None:
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


def _require_qualified_then(unit: Unit, hand: RoundInHand, assessor: UUID) -> None:
    """Raise where a step was seen on a day on which who concludes was no assessor, by what was recorded then."""
    days = {one.at.astimezone().date() for one in hand.seen.newest.values()}
    for seen_on in sorted(days):
        found = qualification_of(unit, assessor, hand.requirement.id, seen_on)
        if not found.may_sign:
            raise SeenUnqualified(seen_on)


def _retry_day(
    hand: RoundInHand, verdict: AssessmentVerdict, remark: str, retry_on: date | None, today: date
) -> date | None:
    if verdict is AssessmentVerdict.COMPETENT:
        return None
    if not remark and not hand.seen.missed:
        raise NotInOrder(
            _("Say why they are not yet competent: every critical step is done."),
            _("Write a remark that the learner reads."),
        )
    again = retry_on or today + timedelta(days=hand.content.retry_days)
    if again < today:
        raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
    return again


def _text(untrusted: str) -> str:
    text = " ".join(untrusted.split())
    if len(text) > _MOST_LETTERS:
        raise TrainingRefused(
            _("The remark is too long."),
            _("Use at most {most} letters.").format(most=_MOST_LETTERS),
        )
    return text
