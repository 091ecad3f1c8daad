"""Question banks: what authors do to questions. What was asked stays: an edit writes another version."""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from app.core.assessments.bank_approving import BankApproving
from app.core.assessments.bank_errors import BankInvalid, QuestionChanged
from app.core.assessments.bank_files import BankFiles
from app.core.assessments.bank_queries import (
    bank_page,
    bank_row,
    bank_summary,
    end_of,
    entry,
    entry_page,
    question_row,
)
from app.core.assessments.bank_types import BankEntry, BankSummary
from app.core.assessments.bank_writing import add_bank, add_question, add_version
from app.core.assessments.models import QuestionRow, QuestionVersionRow
from app.core.assessments.question_types import question_type
from app.core.assessments.quiz_pools import QuizPools
from app.core.assessments.stored import question_from_json
from app.core.assessments.types import Question
from app.core.base.actor import Actor, Capability
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site, Unit

MAX_TITLE = 200


class QuestionBanks:
    """Banks and the questions in them. A question need not be ready to be kept; a quiz checks that."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self.files = BankFiles(site, assets)
        self.approving = BankApproving(site)
        self.pools = QuizPools(site, self.approving)
        self._site = site

    def list(self, actor: Actor, request: PageRequest) -> Page[BankSummary]:
        """Return one stretch of the banks."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return bank_page(session, request)

    def bank(self, actor: Actor, bank_id: UUID) -> BankSummary:
        """Return one bank. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return bank_summary(session, bank_id)

    def questions(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[BankEntry]:
        """Return one stretch of a bank's questions."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return entry_page(session, bank_id, request)

    def question(self, actor: Actor, question_id: UUID) -> BankEntry:
        """Return one question as it stands now. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return entry(session, question_id)

    def create(self, actor: Actor, title: str) -> UUID:
        """Begin an empty bank; return its id. Raises BankInvalid."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        name = checked_title(title)
        with self._site.transaction(actor, "bank.create") as unit:
            return add_bank(unit, name).id

    def rename(self, actor: Actor, bank_id: UUID, title: str) -> None:
        """Call a bank otherwise. Raises BankInvalid."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        name = checked_title(title)
        with self._site.transaction(actor, "bank.rename") as unit:
            bank_row(unit, bank_id).title = name

    def blank(self, type_key: str, language: str) -> Question:
        """Return the question that an author begins with. Raises MalformedQuestion."""
        kind = question_type(type_key)
        return Question(type=kind.key, body=kind.blank(), language=language)

    def add(self, actor: Actor, bank_id: UUID, question: Question) -> UUID:
        """Add a question at the end of a bank; return its id."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "question.add") as unit:
            position = end_of(unit, bank_row(unit, bank_id).id)
            now = self._site.clock.now()
            return add_question(unit, bank_id, position, question, now).question_id

    def edit(self, actor: Actor, question_id: UUID, question: Question, seen: UUID) -> UUID:
        """Write the next version of a question; return its id, the old one when nothing differs.

        `seen` is the version that was edited. Raises QuestionChanged when it is no longer the newest.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "question.edit") as unit:
            unit.take_turn("question", question_id)
            row = question_row(unit, question_id)
            if row.current_version_id != seen:
                raise QuestionChanged(row.name)
            if question_from_json(unit.get_one(QuestionVersionRow, seen).question) == question:
                return seen
            return add_version(unit, row, question, self._site.clock.now()).id

    def duplicate(self, actor: Actor, question_id: UUID) -> UUID:
        """Add a copy of a question right behind it; return its id."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "question.duplicate") as unit:
            known = entry(unit, question_id)
            question = known.question
            name = _("{title} (copy)").format(title=question.name)[:MAX_TITLE]
            copy = replace(question, name=name if question.name else "")
            end = end_of(unit, known.bank_id)
            made = add_question(unit, known.bank_id, end, copy, self._site.clock.now()).question_id
            order = _order(unit, known.bank_id)
            order.insert(order.index(question_row(unit, question_id)) + 1, order.pop())
            _number(order)
            return made

    def move(self, actor: Actor, question_id: UUID, step: int) -> bool:
        """Move a question among those of its bank; False where it cannot go further."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "question.move") as unit:
            row = question_row(unit, question_id)
            order = _order(unit, row.bank_id)
            place = order.index(row) + step
            if not 0 <= place < len(order):
                return False
            order.remove(row)
            order.insert(place, row)
            _number(order)
            return True

    def withdraw(self, actor: Actor, question_id: UUID) -> None:
        """Take a question out of use: new quizzes do not ask it; published ones go on as they are."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "question.withdraw") as unit:
            question_row(unit, question_id).withdrawn_at = self._site.clock.now()

    def bring_back(self, actor: Actor, question_id: UUID) -> None:
        """Let new quizzes ask a question again."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        with self._site.transaction(actor, "question.bring-back") as unit:
            question_row(unit, question_id).withdrawn_at = None


def checked_title(title: str) -> str:
    """Return a bank's title without blanks around it. Raises BankInvalid."""
    name = title.strip()
    if not name:
        raise BankInvalid(_("A question bank needs a title."))
    if len(name) > MAX_TITLE:
        raise BankInvalid(_("The title is longer than {most} letters.").format(most=MAX_TITLE))
    return name


def _order(unit: Unit, bank_id: UUID) -> "list[QuestionRow]":
    statement = (
        sa.select(QuestionRow)
        .where(QuestionRow.bank_id == bank_id)
        .order_by(QuestionRow.position, QuestionRow.id)
    )
    return [*unit.scalars(statement)]


def _number(order: "list[QuestionRow]") -> None:
    """Give each row its place; rows that keep theirs are not touched."""
    for position, row in enumerate(order, start=1):
        if row.position != position:
            row.position = position
