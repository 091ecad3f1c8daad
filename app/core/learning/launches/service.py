"""Launches: packages are opened, answered, left and gone on with; what they report counts.

Every call of a package's page is answered here. One that asks for its data to be kept is answered
when they are on disk. Everything else is on disk within five seconds (`keep`), and becomes a fact
when a result changes, at an end, and at a pause.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.ids import new_id
from app.core.content import AssetStore, PackageIndex, read_package_index, substitutes_in
from app.core.courses import LessonPlan, Variant, package_settings
from app.core.journal import Site, Unit
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.launch import Launch
from app.core.learning.launches.models import (
    PackageReportRow,
    PackageStateRow,
    SharedPackageStateRow,
)
from app.core.learning.launches.play import Play
from app.core.learning.launches.plays import maker_of
from app.core.learning.launches.reporting import COMMIT, END, PAUSE, judged, new_report, trace_of
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import Answer, Situation, Wish
from app.core.learning.service import Learning

_ASKING = "Get"
"""How the names of those calls begin that change nothing."""


def registration_of(start_id: UUID, lesson_id: UUID, package: str) -> UUID:
    """Return the registration of a learner's start, a lesson and a package.

    It is worked out, not drawn, so that two PCs that have not met yet name the same one.
    """
    return uuid5(start_id, f"{lesson_id}/{package}")


class Launches:
    """What learners do in packages. The learner is always the actor."""

    def __init__(self, site: Site, learning: Learning, assets: AssetStore) -> None:
        self._site = site
        self._learning = learning
        self._assets = assets

    def open(self, actor: Actor, start_id: UUID, lesson_id: UUID, language: str) -> Launch:
        """Return a launch of a package lesson that goes on from where the learner was.

        Raises LessonLocked, PackageNotPlayable, PackageUnreadable, AssetMissing.
        """
        lesson = self._learning.open_lesson(actor, start_id, lesson_id)
        package = _variant(lesson.plan, language).asset
        index = read_package_index(self._assets, package)
        registration = registration_of(start_id, lesson_id, package)
        with self._site.read() as session:
            state, reported = _state_of(session, registration)
            shared = _shared_of(session, actor.person_id)
            substitutes = substitutes_in(session, self._assets, index)
        seat = self._seat(actor, index, registration, language)
        return Launch(
            registration=registration,
            index=index,
            play=(play := _play(seat, state, shared)),
            api=play.api,
            is_recording=True,
            substitutes=substitutes,
            package=package,
            start_id=start_id,
            lesson_id=lesson_id,
            opened_at=self._site.clock.monotonic(),
            required=_required(lesson.plan),
            reported=dict(reported),
        )

    def preview(self, actor: Actor, plan: LessonPlan, language: str) -> Launch:
        """Return a launch for an author's look: it works as any other, and leaves no record."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        package = _variant(plan, language).asset
        index = read_package_index(self._assets, package)
        with self._site.read() as session:
            substitutes = substitutes_in(session, self._assets, index)
        registration = new_id()
        play = _play(self._seat(actor, index, registration, language), {}, {})
        return Launch(
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

    def begin(self, actor: Actor, launch: Launch) -> Situation:
        """Come in; what is to be opened is in the situation."""
        return self._moved(actor, launch, launch.play.begin())

    def objection(self, launch: Launch, wish: Wish) -> str:
        """Return why a wish is not carried out, as a sentence; empty: the page may be left for it."""
        return launch.play.objection(wish)

    def go(self, actor: Actor, launch: Launch, wish: Wish) -> Situation:
        """Carry out a wish, of the learner or of the package; the page that was open is gone by now."""
        self._write(actor, launch, "package.end", END)
        return self._moved(actor, launch, launch.play.go(wish))

    def call(self, actor: Actor, launch: Launch, method: str, values: tuple[str, ...]) -> Answer:
        """Answer a call of a package's page; "true" to a commit means that it is on disk.

        Raises DiskFull and the like: then nothing of it may be confirmed.
        """
        answer = launch.play.call(method, values)
        if not method.startswith(_ASKING):
            launch.is_changed = launch.is_unreported = True
        if answer.must_keep:
            cause = END if answer.wish is not None or method == "Terminate" else COMMIT
            self._write(actor, launch, "package.commit", cause)
        return answer

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
        return launch.play.situation()

    def _moved(self, actor: Actor, launch: Launch, situation: Situation) -> Situation:
        launch.is_changed = True
        if situation.opening is not None:
            launch.opened_at = self._site.clock.monotonic()
        self._write(actor, launch, "package.move", COMMIT)
        return situation

    def _write(self, actor: Actor, launch: Launch, action: str, cause: str) -> None:
        if not launch.is_recording:
            return
        before = (launch.reported, launch.is_unreported, launch.told)
        try:
            with self._site.transaction(actor, action) as unit:
                report = new_report(launch, cause, self._seconds_open(launch))
                if report is not None:
                    report.at = self._site.clock.now()
                    unit.add(report)
                self._keep(unit, actor, launch)
                self._roll_up(unit, actor, launch)
        except BaseException:
            launch.reported, launch.is_unreported, launch.told = before
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
        if shared and actor.person_id is not None:
            unit.merge(SharedPackageStateRow(person_id=actor.person_id, state=shared))
        unit.flush()

    def _roll_up(self, unit: Unit, actor: Actor, launch: Launch) -> None:
        standing = judged(launch.play.standing(), launch.required)
        if standing != launch.told:
            self._learning.take_standing(
                unit,
                actor,
                launch.start_id,
                launch.lesson_id,
                trace_of(standing),
                standing.score,
            )
            launch.told = standing

    def _seconds_open(self, launch: Launch) -> int:
        return max(0, int(self._site.clock.monotonic() - launch.opened_at))

    def _seat(self, actor: Actor, index: PackageIndex, registration: UUID, language: str) -> Seat:
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
            now=self._site.clock.now(),
            seed=registration.int % (1 << 31),
        )


def _play(seat: Seat, state: Mapping[str, Any], shared: Mapping[str, Any]) -> Play:
    maker = maker_of(seat.index.manifest.standard)
    if maker is None:
        raise PackageNotPlayable(seat.index.manifest.title)
    return maker.make(replace(seat, state=state, shared=shared))


def _required(plan: LessonPlan) -> Fraction | None:
    percent = package_settings(plan).required_score
    return None if percent is None else Fraction(percent, 100)


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


def _shared_of(session: Session, person_id: UUID | None) -> dict[str, Any]:
    row = session.get(SharedPackageStateRow, person_id) if person_id is not None else None
    return row.state if row is not None else {}
