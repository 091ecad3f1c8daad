"""Drills: the alarm, the count of heads, all clear, what was seen; who took part is the roll."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.figures import clock_time, moment
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.courses import BegunSample
from app.core.journal import Site, Unit
from app.core.training.drills.heads import heads_in_words, require_said
from app.core.training.drills.kinds import DrillEvent
from app.core.training.drills.models import DrillEventRow, DrillObservationRow, DrillRow
from app.core.training.drills.photos import media_type_of
from app.core.training.drills.reading import observations_of, run_of
from app.core.training.drills.register import DrillRegister
from app.core.training.drills.samples import bring_sample
from app.core.training.drills.types import DrillDetail, DrillPlan
from app.core.training.drills.words import DRILLS
from app.core.training.errors import TrainingRefused
from app.core.training.requirements.checks import clean_text
from app.core.training.sessions.errors import WrongState
from app.core.training.sessions.kinds import SessionKind, SessionState
from app.core.training.sessions.models import ClassSessionRow
from app.core.training.sessions.reading import state_in
from app.core.training.sessions.service import Sessions
from app.core.training.sessions.types import SessionPlan

_PLANNED_FOR = timedelta(minutes=30)
_MOST_HEADS = 100_000
_UNSIGNED = frozenset({SessionState.OPEN, SessionState.HELD})


class Drills:
    """Runs drills. Who may: holders of ASSIGN. Signing is that of sessions."""

    def __init__(self, site: Site, sessions: Sessions, assets: AssetStore) -> None:
        self._site = site
        self._sessions = sessions
        self._assets = assets
        self.register = DrillRegister(site)
        sessions.signing.also_read.append(_told)
        sessions.signing.first_settled.append(_require_heads_said)

    def plan(self, actor: Actor, plan: DrillPlan) -> UUID:
        """Plan a drill and return the id of its session. Raises as planning a session does."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "drill.plan") as unit:
            return self.plan_in(unit, actor, plan)

    def plan_in(self, unit: Unit, actor: Actor, plan: DrillPlan) -> UUID:
        """Plan a drill in a unit of work that does more."""
        shift = clean_text(plan.shift, what=_("The shift"), required=False)
        session = SessionPlan(
            title=plan.title or _(DRILLS[plan.drill]),
            kind=SessionKind.DRILL,
            starts_at=plan.at,
            ends_at=plan.at + _PLANNED_FOR,
            venue=plan.venue,
            requirements=plan.requirements,
            trainers=plan.trainers,
            threshold=0,
        )
        session_id = self._sessions.planning.plan_in(unit, actor, session)
        unit.add(DrillRow(session_id=session_id, drill=plan.drill, shift=shift))
        return session_id

    def bring_sample(self, unit: Unit, begun: BegunSample) -> None:
        """Add the drill of a sample course with it (hook of courses)."""
        bring_sample(unit, begun, self, local_day(self._site.clock))

    def start(self, actor: Actor, session_id: UUID) -> None:
        """Give the alarm: the clock runs and the roll is open. Raises WrongState."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "drill.start") as unit:
            self._drill(unit, session_id)
            unit.take_turn("session", session_id)
            state = state_in(unit, session_id)
            if state is SessionState.PLANNED:
                self._sessions.rolling.open_in(unit, actor, session_id)
            elif state is not SessionState.OPEN or run_of(unit, session_id).started_at is not None:
                raise WrongState(state)
            self._note(unit, actor, session_id, DrillEvent.STARTED)

    def count(
        self,
        actor: Actor,
        session_id: UUID,
        *,
        expected: int,
        counted: int,
        missing: str = "",
        unexpected: str = "",
    ) -> None:
        """Note a count of heads, who is missing, and who was not expected; the newest count stands.

        While it goes on, or afterwards until it is signed. Raises TrainingRefused where they differ and
        nobody says who it is, WrongState.
        """
        actor.require_anywhere(Capability.ASSIGN)
        if not (0 <= expected <= _MOST_HEADS and 0 <= counted <= _MOST_HEADS):
            raise TrainingRefused(
                _("That is no number of heads."), _("Give how many were expected and counted.")
            )
        missing = clean_text(missing, what=_("Who is missing"), required=False)
        unexpected = clean_text(unexpected, what=_("Who was not expected"), required=False)
        require_said(expected, counted, missing, unexpected)
        with self._site.transaction(actor, "drill.count") as unit:
            self._begun(unit, session_id)
            self._note(
                unit,
                actor,
                session_id,
                DrillEvent.COUNTED,
                expected=expected,
                counted=counted,
                missing=missing,
                unexpected=unexpected,
            )

    def all_clear(self, actor: Actor, session_id: UUID) -> None:
        """Stop the clock: the drill is over, and is signed next. Raises WrongState."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.transaction(actor, "drill.all-clear") as unit:
            started = self._under_way(unit, session_id)
            self._note(unit, actor, session_id, DrillEvent.ALL_CLEAR)
            now = self._site.clock.now()
            self._sessions.rolling.end_in(unit, actor, session_id, started, now)

    def observe(
        self,
        actor: Actor,
        session_id: UUID,
        text: str,
        photo: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Keep something that was seen, with a photo (PNG or JPEG). Until the drill is signed.

        Raises TrainingRefused, WrongState, FileUnreadable, DiskFull.
        """
        actor.require_anywhere(Capability.ASSIGN)
        text = clean_text(text, what=_("What was seen"))
        media_type = None if photo is None else media_type_of(photo)
        with self._site.transaction(actor, "drill.observe") as unit:
            self._drill(unit, session_id)
            state = state_in(unit, session_id)
            if state not in _UNSIGNED:
                raise WrongState(state)
            kept = (
                None
                if photo is None or media_type is None
                else self._assets.add_file(unit, photo, media_type, progress or NoProgress())
            )
            unit.add(
                DrillObservationRow(
                    session_id=session_id,
                    text=text,
                    sha256=kept.sha256 if kept else None,
                    photo=kept.name if kept else "",
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )

    def detail(self, actor: Actor, session_id: UUID) -> DrillDetail:
        """Return a drill with all that it is made of. Raises NotFound."""
        session = self._sessions.detail(actor, session_id)
        with self._site.read() as reading:
            row = self._drill(reading, session_id)
            return DrillDetail(
                drill=row.drill,
                shift=row.shift,
                session=session,
                moments=run_of(reading, session_id).moments,
                observations=observations_of(reading, session_id),
            )

    def _drill(self, session: Session, session_id: UUID) -> DrillRow:
        row = session.scalars(
            sa.select(DrillRow).where(DrillRow.session_id == session_id)
        ).one_or_none()
        if row is None:
            raise NotFound(_("The drill"))
        return row

    def _under_way(self, unit: Unit, session_id: UUID) -> datetime:
        """Return when the alarm was given. Raises WrongState unless it goes on."""
        return self._begun(unit, session_id, frozenset({SessionState.OPEN}))

    def _begun(
        self, unit: Unit, session_id: UUID, states: frozenset[SessionState] = _UNSIGNED
    ) -> datetime:
        """Return when the alarm was given. Raises WrongState where it was not, or it stands otherwise."""
        self._drill(unit, session_id)
        unit.take_turn("session", session_id)
        state = state_in(unit, session_id)
        started = run_of(unit, session_id).started_at
        if state not in states or started is None:
            raise WrongState(SessionState.PLANNED if state is SessionState.OPEN else state)
        return started

    def _note(
        self,
        unit: Unit,
        actor: Actor,
        session_id: UUID,
        event: DrillEvent,
        *,
        expected: int | None = None,
        counted: int | None = None,
        missing: str = "",
        unexpected: str = "",
    ) -> None:
        unit.add(
            DrillEventRow(
                session_id=session_id,
                event=event,
                at=self._site.clock.now(),
                expected=expected,
                counted=counted,
                missing=missing,
                unexpected=unexpected,
                by=actor.account_id,
                by_name=actor.name,
            )
        )


def _require_heads_said(session: Session, row: ClassSessionRow) -> None:
    """Raise TrainingRefused for a drill whose last count leaves open who is missing, or there as well."""
    heads = run_of(session, row.id).heads
    if heads is not None:
        said = heads.missing, heads.unexpected
        require_said(heads.expected or 0, heads.counted or 0, *said)


def _told(session: Session, row: ClassSessionRow) -> list[str]:
    """Return what a trainer reads of a drill before signing it; nothing of another session."""
    drill = session.scalars(sa.select(DrillRow).where(DrillRow.session_id == row.id)).one_or_none()
    if drill is None:
        return []
    run = run_of(session, row.id)
    told = [
        _("{what}, shift {shift}").format(what=_(DRILLS[drill.drill]), shift=drill.shift or "–")
    ]
    if run.started_at and run.clear_at and run.took is not None:
        told.append(
            _("Alarm {start}, all clear {clear}: {took}").format(
                start=moment(run.started_at),
                clear=moment(run.clear_at),
                took=clock_time(run.took.total_seconds()),
            )
        )
    told += [
        heads_in_words(one.expected, one.counted, one.missing, one.unexpected)
        for one in run.moments
        if one.event is DrillEvent.COUNTED
    ]
    told += [
        _("Seen: {text}").format(text=seen.text)
        + (f" ({seen.photo}, SHA-256 {seen.sha256})" if seen.sha256 else "")
        for seen in observations_of(session, row.id)
    ]
    return told
