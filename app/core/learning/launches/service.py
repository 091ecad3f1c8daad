"""Launches: packages are opened, answered, left and gone on with; what they report counts.

Every call of a package's page is answered here. One that asks for its data to be kept is answered
when they are on disk. Everything else is on disk within five seconds (`keep`), and becomes a fact
when a result changes, at an end, and at a pause.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import Clock
from app.core.base.ids import new_id
from app.core.content import AssetStore, PackageIndex, substitutes_in
from app.core.courses import LessonPlan, Variant, package_settings
from app.core.journal import Site, Unit, kept_by_reserve
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.launch import Launch
from app.core.learning.launches.models import (
    PackageReportRow,
    PackageStateRow,
)
from app.core.learning.launches.play import Play
from app.core.learning.launches.plays import maker_of
from app.core.learning.launches.reporting import COMMIT, END, PAUSE, judged, new_report, trace_of
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.sharing import changed, known_to, note, tell
from app.core.learning.launches.shelf import Shelf
from app.core.learning.launches.types import Answer, Situation, Way, Wish
from app.core.learning.launches.wire import WiredPlay
from app.core.learning.launches.wires import Wires
from app.core.learning.service import Learning

_ASKING = "Get"
"""How the names of those calls begin that change nothing."""
_SETTING = "SetValue"
_IN_MEMORY = frozenset({"Initialize", "GetValue", _SETTING})
_WORKED_OUT = "adl.nav."
"""How the names of those elements begin that the whole tree of activities is asked for."""

Pairs = tuple[tuple[str, str], ...]
"""Elements, each with its value."""


def registration_of(start_id: UUID, lesson_id: UUID, package: str) -> UUID:
    """Return the registration of a learner's start, a lesson and a package.

    It is worked out, not drawn, so that two PCs that have not met yet name the same one.
    """
    return uuid5(start_id, f"{lesson_id}/{package}")


class Launches:
    """What learners do in packages. The learner is always the actor."""

    def __init__(
        self, site: Site, learning: Learning, assets: AssetStore, wires: Wires | None = None
    ) -> None:
        self._site = site
        self._learning = learning
        self._assets = assets
        self._wires = wires
        self._shelf = Shelf(assets)

    def foresee(self, plan: LessonPlan, language: str) -> None:
        """Have at hand what opening a package lesson reads first; nothing is recorded.

        Raises PackageNotPlayable, PackageUnreadable, AssetMissing.
        """
        self._shelf.index(_variant(plan, language).asset)

    def open(self, actor: Actor, start_id: UUID, lesson_id: UUID, language: str) -> Launch:
        """Return a launch of a package lesson that goes on from where the learner was.

        Raises LessonLocked, PackageNotPlayable, PackageUnreadable, AssetMissing.
        """
        hand = self._learning.in_lesson(actor, start_id, lesson_id)
        lesson = hand.lesson(lesson_id)
        package = _variant(lesson.plan, language).asset
        index = self._shelf.index(package)
        registration = registration_of(start_id, lesson_id, package)
        with self._site.read() as session:
            state, reported = _state_of(session, registration)
            shared = known_to(session, actor.person_id)
            substitutes = substitutes_in(session, self._assets, index)
        seat = self._seat(actor, index, registration, language, lesson.plan)
        play = _play(replace(seat, in_order=hand.outline.in_order, state=state, shared=shared))
        launch = Launch(
            registration=registration,
            index=index,
            play=play,
            api=play.api,
            is_recording=True,
            substitutes=substitutes,
            package=package,
            start_id=start_id,
            lesson_id=lesson_id,
            opened_at=self._site.clock.monotonic(),
            required=_required(lesson.plan),
            reported=dict(reported),
            shared=shared,
        )
        self._step_in(actor, launch)
        return launch

    def preview(self, actor: Actor, plan: LessonPlan, language: str) -> Launch:
        """Return a launch for an author's look: it works as any other, and leaves no record."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        package = _variant(plan, language).asset
        index = self._shelf.index(package)
        with self._site.read() as session:
            substitutes = substitutes_in(session, self._assets, index)
        registration = new_id()
        seat = self._seat(actor, index, registration, language, plan, is_preview=True)
        play = _play(seat)
        launch = Launch(
            registration=registration,
            index=index,
            play=play,
            api=play.api,
            is_recording=False,
            substitutes=substitutes,
            package=package,
            start_id=registration,
            lesson_id=plan.key,
            opened_at=self._site.clock.monotonic(),
        )
        self._step_in(actor, launch)
        return launch

    def begin(self, actor: Actor, launch: Launch) -> Situation:
        """Come in; what is to be opened is in the situation."""
        with held(launch):
            situation = launch.first or launch.play.begin()
        launch.first = None
        return self._moved(actor, launch, situation)

    def objection(self, launch: Launch, wish: Wish) -> str:
        """Return why a wish is not carried out, as a sentence; empty: the page may be left for it."""
        return launch.play.objection(wish)

    def go(self, actor: Actor, launch: Launch, wish: Wish) -> Situation:
        """Carry out a wish, of the learner or of the package; the page that was open is gone by now."""
        self._write(actor, launch, "package.end", END)
        with held(launch):
            situation = launch.play.go(wish)
        return self._moved(actor, launch, situation)

    def close(self, actor: Actor, launch: Launch) -> None:
        """End a launch whose page is gone for good; a second time changes nothing."""
        if launch.wire is None or self._wires is None:
            return
        if launch.play.situation().current:
            self.go(actor, launch, Wish(Way.SUSPEND_ALL))
        self._wires.detach(launch.wire)
        launch.wire = None

    def call(
        self,
        actor: Actor,
        launch: Launch,
        method: str,
        values: tuple[str, ...],
        earlier: Pairs = (),
    ) -> Answer:
        """Answer a call of a package's page; "true" to a commit means that it is on disk.

        `earlier` are elements that were set before it, and told to have been: `Answer.room`. Raises DiskFull and the like: then nothing of it may be confirmed.
        """
        answer = _answer(launch, method, values, earlier)
        if answer.must_keep:
            cause = END if answer.wish is not None or method == "Terminate" else COMMIT
            self._write(actor, launch, "package.commit", cause)
        return answer

    def call_in_memory(
        self, launch: Launch, method: str, values: tuple[str, ...], earlier: Pairs = ()
    ) -> Answer | None:
        """Answer a call that neither asks for the disk nor takes long; None: it is one for `call`.

        Whoever calls this makes sure that nobody else is at the launch meanwhile.
        """
        is_slow = method not in _IN_MEMORY or "".join(values[:1]).startswith(_WORKED_OUT)
        return None if is_slow else _answer(launch, method, values, earlier)

    @kept_by_reserve
    def keep(self, actor: Actor, launch: Launch) -> None:
        """Put on disk what is not there yet, without making it a fact."""
        if launch.is_recording and launch.is_changed:
            with self._site.transaction(actor, "package.keep") as unit:
                self._keep(unit, actor, launch)
            launch.is_changed = False

    def pause(self, actor: Actor, launch: Launch) -> None:
        """Write what is not yet a fact: at pause, lock and exit."""
        self._write(actor, launch, "package.pause", PAUSE)

    def situation(self, launch: Launch) -> Situation:
        """Return where a launch is, with nothing to open."""
        with held(launch):
            return launch.play.situation()

    def _step_in(self, actor: Actor, launch: Launch) -> None:
        """Come in as far as nothing has to be written for it; give a wire to what talks over one."""
        if not isinstance(launch.play, WiredPlay):
            launch.first = launch.play.begin()
            return
        if self._wires is None:
            raise PackageNotPlayable(launch.index.manifest.title)
        attach = self._wires.attach if launch.is_recording else self._wires.attach_preview
        launch.wire = attach(actor, launch.play, launch.registration)
        launch.endpoint = launch.wire.origin
        if launch.is_recording:
            launch.wire.heard = lambda unit, learner: self._take_heard(unit, learner, launch)

    def _take_heard(self, unit: Unit, actor: Actor, launch: Launch) -> None:
        """Let what pages have said over the wire count."""
        launch.is_unreported = True
        self._keep(unit, actor, launch)
        if judged(launch.play.standing(), launch.required) != launch.told:
            self._roll_up(unit, actor, launch)

    def _moved(self, actor: Actor, launch: Launch, situation: Situation) -> Situation:
        launch.is_changed = True
        if situation.opening is not None:
            launch.opened_at = self._site.clock.monotonic()
        self._write(actor, launch, "package.move", COMMIT)
        return situation if launch.wire is None else launch.wire.opened(situation)

    @kept_by_reserve
    def _write(self, actor: Actor, launch: Launch, action: str, cause: str) -> None:
        if not launch.is_recording:
            if launch.wire is not None:
                launch.wire.rehearse()
            return
        before = (launch.reported, launch.is_unreported, launch.told, launch.shared)
        try:
            with self._site.transaction(actor, action) as unit:
                if launch.wire is not None:
                    launch.wire.speak(unit)
                report = new_report(launch, cause, _seconds_open(launch, self._site.clock))
                if report is not None:
                    report.at = self._site.clock.now()
                    unit.add(report)
                self._keep(unit, actor, launch)
                if cause != COMMIT and actor.person_id is not None:
                    tell(unit, actor.person_id, launch.registration, self._site.clock.now())
                self._roll_up(unit, actor, launch)
        except BaseException:
            launch.reported, launch.is_unreported, launch.told, launch.shared = before
            raise
        launch.is_changed = False

    def _keep(self, unit: Unit, actor: Actor, launch: Launch) -> None:
        row = unit.get(PackageStateRow, launch.registration)
        if row is None:
            row = PackageStateRow(
                registration=launch.registration,
                start_id=launch.start_id,
                lesson_id=launch.lesson_id,
            )
            unit.add(row)
        row.state = launch.play.state()
        row.reported = launch.reported
        row.updated_at = self._site.clock.now()
        shared = launch.play.shared()
        changes = changed(launch.shared, shared)
        if changes and actor.person_id is not None:
            note(unit, actor.person_id, changes)
            launch.shared = shared
        unit.flush()

    def _roll_up(self, unit: Unit, actor: Actor, launch: Launch) -> None:
        standing = judged(launch.play.standing(), launch.required)
        if standing != launch.told or launch.wire is not None:
            self._learning.take_standing(
                unit,
                actor,
                launch.start_id,
                launch.lesson_id,
                trace_of(standing),
                standing.score,
            )
            launch.told = standing

    def _seat(
        self,
        actor: Actor,
        index: PackageIndex,
        registration: UUID,
        language: str,
        plan: LessonPlan,
        *,
        is_preview: bool = False,
    ) -> Seat:
        def read(name: str) -> bytes:
            file = index.file(name)
            if file is None:
                raise KeyError(name)
            return self._assets.read(file.sha256)

        return Seat(
            index=index,
            read=read,
            learner_id=actor.number or str(actor.person_id or actor.account_id or ""),
            learner_name=actor.name,
            language=language,
            seed=registration.int % (1 << 31),
            registration=registration,
            agent=self._agent(registration if is_preview else actor.person_id),
            is_preview=is_preview,
            required_score=_required(plan),
            window=package_settings(plan).window,
            any_activity=package_settings(plan).any_activity,
        )

    def _agent(self, person_id: UUID | None) -> dict[str, Any]:
        if self._wires is None or person_id is None:
            return {}
        agent: dict[str, Any] = self._wires.agents.agent_of(person_id)
        return agent


def _seconds_open(launch: Launch, clock: Clock) -> int:
    return max(0, int(clock.monotonic() - launch.opened_at))


def _answer(launch: Launch, method: str, values: tuple[str, ...], earlier: Pairs) -> Answer:
    for pair in earlier:
        launch.play.call(_SETTING, pair)
    answer = launch.play.call(method, values)
    if earlier or not method.startswith(_ASKING):
        launch.is_changed = launch.is_unreported = True
    return answer


def _required(plan: LessonPlan) -> Fraction | None:
    percent = package_settings(plan).required_score
    return None if percent is None else Fraction(percent, 100)


def held(launch: Launch) -> AbstractContextManager[None]:
    """Keep what pages say over the wire waiting; where there is none, nothing waits."""
    return nullcontext() if launch.wire is None else launch.wire.held()


def _play(seat: Seat) -> Play:
    maker = maker_of(seat.index.manifest.standard)
    if maker is None:
        raise PackageNotPlayable(seat.index.manifest.title)
    return maker.make(seat)


def _variant(plan: LessonPlan, language: str) -> Variant:
    in_language = (one for one in plan.variants if one.language == language)
    found = next(in_language, next(iter(plan.variants), None))
    if found is None:
        raise PackageNotPlayable(plan.title)
    return found


def _state_of(session: Session, registration: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the newest state: this PC's own, or one that came with facts from another."""
    row = session.get(PackageStateRow, registration)
    newest = session.scalars(
        sa.select(PackageReportRow)
        .where(PackageReportRow.registration == registration, PackageReportRow.state.is_not(None))
        .order_by(PackageReportRow.at.desc())
        .limit(1)
    ).one_or_none()
    if row is not None and (newest is None or newest.at <= row.updated_at):
        return row.state, row.reported
    return (newest.state or {}, {}) if newest is not None else ({}, {})
