"""Doing a practical: rounds, marks of steps, what is concluded. Every touch is a fact on disk at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site, Unit
from app.core.people import printed_person
from app.core.training.errors import TrainingRefused
from app.core.training.hindrances import require_first
from app.core.training.practicals.access import refusals_kept, require_assessor, require_watcher
from app.core.training.practicals.deriving import RoundFact, RunFacts, digest_of
from app.core.training.practicals.errors import (
    AssessorLapsed,
    NoForm,
    NotInOrder,
)
from app.core.training.practicals.form_service import published
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
from app.core.training.practicals.rounds import (
    RoundInHand,
    require_of_now,
    require_own,
    require_qualified_then,
    require_same_day,
    require_unsigned,
    require_whole,
    round_in_hand,
)
from app.core.training.practicals.run_queries import facts_of, runs_of
from app.core.training.practicals.types import PublishedForm
from app.core.training.requirements.queries import by_id

_MOST_LETTERS = 1_000


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
                require_own(hand, actor.person_id)
            else:
                require_same_day(hand, today)
            require_unsigned(hand)
            require_of_now(hand)
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
            require_own(hand, assessor)
            require_unsigned(hand)
            require_of_now(hand)
            require_whole(hand, verdict)
            require_qualified_then(unit, hand, assessor)
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
        for seen in _unfinished(current.facts, stage):
            if seen.assessor_id == actor.person_id and seen.version_sha256 == form.sha256:
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
        _require_step(hand, step, mark)
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


def _require_step(hand: RoundInHand, step: UUID, mark: StepMark) -> None:
    """Raise NotFound for a step of another form, NotInOrder for a critical one that is left out."""
    known = next((one for one in hand.seen.steps if one.key == step), None)
    if known is None:
        raise NotFound(_("The step"))
    if known.is_critical and mark is StepMark.NOT_APPLICABLE:
        raise NotInOrder(
            _("A critical step is done or not done; it cannot be left out."),
            _("Mark it as done or as not done."),
        )


def _require_turn(current: Current, wanted: Stage) -> None:
    if STAGES.index(wanted) > STAGES.index(current.stands.stage):
        raise NotInOrder(
            _("The stages before this one are not finished yet."), _("Watch them first.")
        )


def _unfinished(facts: RunFacts, stage: Stage) -> Iterator[RoundFact]:
    """Yield the rounds of a stage that can be gone on with."""
    concluded = {one.round_id for one in facts.results}
    for seen in facts.rounds:
        goes_on = not seen.is_whole or (stage is Stage.ASSESSED and seen.id not in concluded)
        if seen.stage is stage and goes_on and facts.is_of_now(seen):
            yield seen


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
