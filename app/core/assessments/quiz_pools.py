"""Quizzes and their banks: which questions a quiz pinned, what is newer, and how it takes that.

A quiz keeps the versions it was given. Taking newer ones changes a lesson's plan, which reaches
learners when the course is published again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.bank_approving import BankApproving
from app.core.assessments.bank_errors import NothingApproved, NothingToImport
from app.core.assessments.bank_queries import bank_row, bank_summary, entries_in_use
from app.core.assessments.bank_types import QuizBank
from app.core.assessments.models import QuestionRow, QuestionVersionRow
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of
from app.core.assessments.stored import quiz_from_json, quiz_to_json
from app.core.assessments.types import Quiz, Section
from app.core.base.actor import Actor, Capability
from app.core.courses import LessonPlan, lesson_kind
from app.core.journal import Site

_SECONDS_A_QUESTION = 45
_FEW = 500
_ChangeQuiz = Callable[[Quiz], Quiz]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pinned:
    """A version that a quiz asks, and how its question stands now."""

    bank_id: UUID
    question_id: UUID
    current: UUID | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a lesson pinned, and what its banks hold now."""

    pinned: dict[UUID, _Pinned]
    in_use: dict[UUID, dict[UUID, UUID]]
    """By bank: its questions in their order, each with the version that new quizzes ask."""

    def draws(self, section: Section, bank_id: UUID) -> bool:
        """Tell whether a section has a question of a bank."""
        pinned = (self.pinned.get(version) for version in section.pool)
        return any(one is not None and one.bank_id == bank_id for one in pinned)

    def added(self, bank_id: UUID) -> tuple[UUID, ...]:
        """Return the versions of a bank's questions that the lesson has in no version."""
        asked = {one.question_id for one in self.pinned.values()}
        now = self.in_use[bank_id].items()
        return tuple(version for question, version in now if question not in asked)


class QuizPools:
    """The pools of quiz lessons, seen from the banks they come from."""

    def __init__(self, site: Site, approving: BankApproving) -> None:
        self._site = site
        self._approving = approving

    def lesson(self, actor: Actor, bank_id: UUID) -> LessonPlan:
        """Return a quiz lesson that asks every question of a bank, those that are approved where that is asked.

        Raises NothingToImport, NothingApproved.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.read() as session:
            title = bank_row(session, bank_id).title
            known = tuple(one.version_id for one in entries_in_use(session, bank_id))
            offered = self._approving.offered(session, bank_id)
        if not known:
            raise NothingToImport(title)
        if offered is not None:
            known = tuple(offered.values())
        if not known:
            raise NothingApproved(title)
        quiz = Quiz(sections=(Section(pool=known),))
        return LessonPlan(
            kind=QUIZ_KIND,
            title=title,
            seconds=len(known) * _SECONDS_A_QUESTION,
            rule=lesson_kind(QUIZ_KIND).default_rule,
            body=body_of(quiz),
        )

    def banks_of(self, actor: Actor, plan: LessonPlan) -> tuple[QuizBank, ...]:
        """Return the banks that a quiz lesson draws from, and how far each has moved on."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            known = _known(session, plan, self._approving)
            banks = [bank_summary(session, one) for one in known.in_use]
        return tuple(
            QuizBank(
                id=bank.id,
                title=bank.title,
                code=bank.code,
                changed=sum(
                    one.current is not None and one.current != version and not one.is_withdrawn
                    for version, one in known.pinned.items()
                    if one.bank_id == bank.id
                ),
                withdrawn=sum(
                    one.is_withdrawn for one in known.pinned.values() if one.bank_id == bank.id
                ),
                added=len(known.added(bank.id)),
            )
            for bank in banks
        )

    def renewed(self, actor: Actor, plan: LessonPlan) -> LessonPlan:
        """Return the lesson with the present questions of its banks in place of those it pinned."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.read() as session:
            known = _known(session, plan, self._approving)
            added = [version for bank_id in known.in_use for version in known.added(bank_id)]
            tags = _tags(session, added)
        return _with_quizzes(plan, lambda quiz: _renewed(quiz, known, tags))

    def by_tag(self, actor: Actor, plan: LessonPlan) -> LessonPlan:
        """Return the lesson with a section for each first tag of its questions, all of them asked."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.read() as session:
            tags = _tags(session, _versions(plan))
        return _with_quizzes(plan, lambda quiz: _by_tag(quiz, tags))


def _quizzes(plan: LessonPlan) -> Iterable[Quiz]:
    yield quiz_from_json(plan.body.get("quiz"))
    for body in plan.body.get("languages", {}).values():
        yield quiz_from_json(body.get("quiz"))


def _with_quizzes(plan: LessonPlan, change: _ChangeQuiz) -> LessonPlan:
    def changed(body: dict[str, object]) -> dict[str, object]:
        return {**body, "quiz": quiz_to_json(change(quiz_from_json(body.get("quiz"))))}

    body = changed(plan.body)
    if languages := plan.body.get("languages"):
        body["languages"] = {code: changed(one) for code, one in languages.items()}
    return replace(plan, body=body)


def _versions(plan: LessonPlan) -> list[UUID]:
    return [one for quiz in _quizzes(plan) for section in quiz.sections for one in section.pool]


def _known(session: Session, plan: LessonPlan, approving: BankApproving) -> _Known:
    pinned: dict[UUID, _Pinned] = {}
    wanted = _versions(plan)
    for start in range(0, len(wanted), _FEW):
        statement = (
            sa.select(QuestionVersionRow.id, QuestionRow)
            .join(QuestionRow, QuestionRow.id == QuestionVersionRow.question_id)
            .where(QuestionVersionRow.id.in_(wanted[start : start + _FEW]))
        )
        for version_id, row in session.execute(statement):
            pinned[version_id] = _Pinned(
                bank_id=row.bank_id,
                question_id=row.id,
                current=row.current_version_id,
                is_withdrawn=row.withdrawn_at is not None,
            )
    order = dict.fromkeys(pinned[one].bank_id for one in wanted if one in pinned)
    in_use = {one: _in_use(session, one) for one in order}
    for bank_id in order:
        offered = approving.offered(session, bank_id)
        if offered is not None:
            in_use[bank_id] = dict(offered)
    return _Known(pinned=_as_offered(pinned, in_use), in_use=in_use)


def _as_offered(
    pinned: Mapping[UUID, _Pinned], in_use: Mapping[UUID, Mapping[UUID, UUID]]
) -> dict[UUID, _Pinned]:
    """Return what is pinned with the version that may be asked now; as it is where none may."""
    return {
        version: one
        if one.is_withdrawn
        else replace(one, current=in_use[one.bank_id].get(one.question_id))
        for version, one in pinned.items()
    }


def _in_use(session: Session, bank_id: UUID) -> dict[UUID, UUID]:
    statement = (
        sa.select(QuestionRow.id, QuestionRow.current_version_id)
        .where(
            QuestionRow.bank_id == bank_id,
            QuestionRow.withdrawn_at.is_(None),
            QuestionRow.current_version_id.is_not(None),
        )
        .order_by(QuestionRow.position, QuestionRow.id)
    )
    return {question: version for question, version in session.execute(statement) if version}


def _tags(session: Session, versions: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for start in range(0, len(versions), _FEW):
        statement = sa.select(QuestionVersionRow.id, QuestionVersionRow.question).where(
            QuestionVersionRow.id.in_(versions[start : start + _FEW])
        )
        for version_id, document in session.execute(statement):
            found[version_id] = tuple(document.get("tags", ()))
    return found


def _renewed(quiz: Quiz, known: _Known, tags: Mapping[UUID, tuple[str, ...]]) -> Quiz:
    pools = [[*_newest(section.pool, known)] for section in quiz.sections]
    for bank_id in known.in_use:
        homes = [place for place, one in enumerate(quiz.sections) if known.draws(one, bank_id)]
        for version in known.added(bank_id) if homes else ():
            pools[_home_of(quiz, homes, tags.get(version, ()))].append(version)
    sections = (
        _with_pool(section, tuple(pool)) for section, pool in zip(quiz.sections, pools, strict=True)
    )
    return replace(quiz, sections=tuple(sections))


def _home_of(quiz: Quiz, homes: Sequence[int], tags: Collection[str]) -> int:
    """Return the place of the section that takes a question: the last that it is tagged for, else the last."""
    fitting = [place for place in homes if quiz.sections[place].title in tags]
    return (fitting or homes)[-1]


def _newest(pool: Iterable[UUID], known: _Known) -> Iterable[UUID]:
    for version in pool:
        pinned = known.pinned.get(version)
        if pinned is None:
            yield version
        elif not pinned.is_withdrawn:
            yield pinned.current or version


def _by_tag(quiz: Quiz, tags: Mapping[UUID, tuple[str, ...]]) -> Quiz:
    pools: dict[str, list[UUID]] = {}
    for section in quiz.sections:
        for version in section.pool:
            first = next(iter(tags.get(version, ())), "")
            pools.setdefault(first, []).append(version)
    sections = (Section(title=tag, pool=tuple(pool)) for tag, pool in pools.items())
    return replace(quiz, sections=tuple(sections))


def _with_pool(section: Section, pool: tuple[UUID, ...]) -> Section:
    """Return the section with another pool; it draws no more than that holds."""
    draw = section.draw
    return replace(section, pool=pool, draw=draw if draw is None or draw <= len(pool) else None)
