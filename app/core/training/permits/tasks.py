"""Keeping tasks: machines and operations, what each asks for, and the labels that stick on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.paging import has_words
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.journal import Site, Unit
from app.core.people import means
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.permits import reading
from app.core.training.permits.errors import NoTask, TaskCodeTaken
from app.core.training.permits.label_paper import labels_document
from app.core.training.permits.models import TaskRequirementRow, TaskRow
from app.core.training.permits.types import TakenIn, Task, TaskWords
from app.core.training.requirements.checks import clean_code, clean_text
from app.core.training.requirements.queries import by_code as requirement_by_code

_MOST_LABELS = 2000


class Tasks:
    """The tasks of this site. Who may change them: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def all(self, actor: Actor, text: str = "") -> tuple[Task, ...]:
        """Return every task by title; with `text` only those that have its words."""
        actor.require_anywhere(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            found = reading.tasks(session, self._today(), self._is_own())
        return tuple(
            one
            for one in found
            if has_words(f"{one.code} {one.title} {one.org_unit} {one.location}", text)
        )

    def coded(self, actor: Actor, code: str) -> Task:
        """Return the task with a code. Raises NoTask."""
        actor.require_anywhere(Capability.VIEW_RECORDS)
        with self._site.read() as session:
            return self.find(session, code, self._today())

    def add(self, actor: Actor, new: TaskWords) -> UUID:
        """Add a task. Raises TaskCodeTaken, TrainingRefused, NotFound for what it asks for."""
        actor.require(Capability.ASSIGN)
        code = clean_code(new.code)
        with self._site.transaction(actor, "task.add") as unit:
            unit.take_turn("tasks")
            if self._row_coded(unit, code) is not None:
                raise TaskCodeTaken(code)
            return self._add(unit, code, new)

    def change(self, actor: Actor, task_id: UUID, words: TaskWords, reason: str = "") -> None:
        """Say something else of a task from today on; its code stays.

        Raises as `add` does, and ReasonNeeded where fewer people would be kept away than before.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "task.change", reason=reason) as unit:
            unit.take_turn("tasks")
            row = _by_id(unit, task_id)
            self._require_reason(unit, row, words, reason)
            _say(unit, row, words)
            self._ask(unit, row.id, words)

    def take_in(self, actor: Actor, wanted: Sequence[TaskWords], reason: str = "") -> TakenIn:
        """Add the tasks of a list, and change those whose codes are there: all of them, or none.

        Raises as `change` does, naming the line.
        """
        actor.require(Capability.ASSIGN)
        added = changed = 0
        with self._site.transaction(actor, "task.take-in", reason=reason) as unit:
            unit.take_turn("tasks")
            for line, words in enumerate(wanted, start=2):  # below the headings
                with _line_told(line):
                    code = clean_code(words.code)
                    row = self._row_coded(unit, code)
                    if row is None:
                        self._add(unit, code, words)
                        added += 1
                        continue
                    self._require_reason(unit, row, words, reason)
                    _say(unit, row, words)
                    self._ask(unit, row.id, words)
                    changed += 1
        return TakenIn(added=added, changed=changed)

    def retire(self, actor: Actor, task_id: UUID, on: date, reason: str = "") -> None:
        """Let nobody do a task any more from a day on."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "task.retire", reason=reason) as unit:
            _by_id(unit, task_id).retired_on = on

    def bring_back(self, actor: Actor, task_id: UUID, reason: str = "") -> None:
        """Let a retired task be done again by who may."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "task.bring-back", reason=reason) as unit:
            _by_id(unit, task_id).retired_on = None

    def labels(self, actor: Actor, codes: Sequence[str], site_name: str) -> Document:
        """Return labels to stick on machines, ten on a page: of these codes, or of all that are in use.

        Raises TrainingRefused.
        """
        today = self._today()
        if codes:
            found = tuple(self.coded(actor, code) for code in codes)
        else:
            found = tuple(one for one in self.all(actor) if _is_in_use(one, today))
        if not 0 < len(found) <= _MOST_LABELS:
            raise TrainingRefused(
                _("There are {count} tasks to print labels of.").format(count=len(found)),
                _("Choose 1 to {most} of them.").format(most=_MOST_LABELS),
            )
        content = labels_document(found, site_name, self._site.clock.now())
        leaving = Leaving(kind=FileKind.TASK_LABELS, title=_("Labels of tasks"), records=len(found))
        return Document(content=content, leaving=leaving)

    def find(self, session: Session, untrusted_code: str, day: date) -> Task:
        """Return the task that a label means, as of a day. Raises NoTask."""
        code = "-".join(untrusted_code.upper().split())
        found = reading.tasks(session, day, TaskRow.code == code, self._is_own())
        if not found:
            raise NoTask(untrusted_code)
        return found[0]

    def words_of(self, task: Task) -> TaskWords:
        """Return what is said of a task, to be changed in part."""
        sets: dict[str, list[str]] = defaultdict(list)
        for one in task.asks:
            sets[one.one_of].append(one.code)
        return TaskWords(
            code=task.code,
            title=task.title,
            org_unit=task.org_unit_code,
            location=task.location,
            is_dangerous=task.is_dangerous,
            allows_supervision=task.allows_supervision,
            needs=tuple(sets.pop("", ())),
            one_of={name: tuple(codes) for name, codes in sets.items()},
        )

    def _add(self, unit: Unit, code: str, words: TaskWords) -> UUID:
        row = TaskRow(site_id=self._site.site_id, code=code)
        _say(unit, row, words)
        unit.add(row)
        unit.flush()
        self._ask(unit, row.id, words)
        return row.id

    def _row_coded(self, unit: Unit, code: str) -> TaskRow | None:
        return unit.scalars(sa.select(TaskRow).where(TaskRow.code == code, self._is_own())).first()

    def _is_own(self) -> sa.ColumnElement[bool]:
        return sa.or_(TaskRow.site_id == self._site.site_id, TaskRow.site_id.is_(None))

    def _ask(self, unit: Unit, task_id: UUID, words: TaskWords) -> None:
        """Let a task ask for these requirements, and no others, from today on."""
        today = self._today()
        asked = dict(_wanted(unit, words))
        rows = unit.scalars(
            sa.select(TaskRequirementRow).where(TaskRequirementRow.task_id == task_id)
        ).all()
        missing = _end_earlier(rows, asked, today)
        for row in (one for one in rows if one.from_on == today):
            if row.requirement_id in missing:
                row.one_of, row.to_on = missing.pop(row.requirement_id), None
            elif row.to_on is None and row.requirement_id not in asked:
                row.to_on = today
        for requirement_id, one_of in missing.items():
            unit.add(
                TaskRequirementRow(
                    task_id=task_id, requirement_id=requirement_id, from_on=today, one_of=one_of
                )
            )
        unit.flush()

    def _require_reason(self, unit: Unit, row: TaskRow, words: TaskWords, reason: str) -> None:
        """Raise ReasonNeeded where a task that asks for less is given none."""
        (before,) = reading.tasks(unit, self._today(), TaskRow.id == row.id)
        wanted = dict(_wanted(unit, words))
        is_less = (
            any(wanted.get(one.requirement_id) != one.one_of for one in before.asks)
            or before.is_dangerous > words.is_dangerous
            or before.allows_supervision < words.allows_supervision
        )
        if is_less and not reason.split():
            raise ReasonNeeded

    def _today(self) -> date:
        return local_day(self._site.clock)


@contextmanager
def _line_told(line: int) -> Iterator[None]:
    """Name the line of a file in what is wrong with it."""
    try:
        yield
    except UserFacingError as error:
        raise TrainingRefused(
            _("Line {line}: {happened}").format(line=line, happened=error.happened), error.remedy
        ) from error


def _is_in_use(task: Task, today: date) -> bool:
    return task.retired_on is None or task.retired_on > today


def _end_earlier(
    rows: Sequence[TaskRequirementRow], asked: Mapping[UUID, str], today: date
) -> dict[UUID, str]:
    """End what was asked before today and is no longer asked so; return what does not stand yet."""
    missing = dict(asked)
    for row in (one for one in rows if one.to_on is None):
        if missing.get(row.requirement_id) == row.one_of:
            del missing[row.requirement_id]
        elif row.from_on < today:
            row.to_on = today
    return missing


def _by_id(unit: Unit, task_id: UUID) -> TaskRow:
    row = unit.get(TaskRow, task_id)
    if row is None:
        raise NotFound(_("The task"))
    return row


def _say(unit: Unit, row: TaskRow, words: TaskWords) -> None:
    row.title = clean_text(words.title, what=_("The title"))
    row.location = clean_text(words.location, what=_("The place"), required=False)
    row.org_unit_id = _org_unit(unit, words.org_unit)
    row.is_dangerous = words.is_dangerous
    row.allows_supervision = words.allows_supervision


def _org_unit(unit: Unit, code: str) -> UUID | None:
    if not code.strip():
        return None
    row: Any = neighbours().org_unit
    found: UUID | None = unit.scalars(sa.select(row.id).where(means(row, [code]))).first()
    if found is None:
        raise NotFound(_("The department {code}").format(code=code.strip()))
    return found


def _wanted(unit: Unit, words: TaskWords) -> Iterator[tuple[UUID, str]]:
    """Yield the requirements that are asked for, each with the name of its set. Raises TrainingRefused."""
    seen: set[UUID] = set()
    sets = {"": words.needs, **words.one_of}
    for name, codes in sets.items():
        for code in codes:
            row = requirement_by_code(unit, clean_code(code))
            if row.id in seen:
                raise TrainingRefused(
                    _("{code} is asked for twice.").format(code=row.code), _("Name it once.")
                )
            seen.add(row.id)
            yield row.id, clean_text(name, what=_("The name of a set"), required=bool(name))
