"""Writing questions: banks, questions in them, and the versions that never change."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.assessments.markup import plain_text
from app.core.assessments.models import QuestionBankRow, QuestionRow, QuestionVersionRow
from app.core.assessments.stored import question_to_json
from app.core.assessments.types import Question
from app.core.base.ids import new_id
from app.core.journal import Unit

_LONGEST_CODE, _LONGEST_NAME = 60, 200


def add_bank(unit: Unit, title: str, code: str = "") -> QuestionBankRow:
    """Add an empty bank; without a code one is made from the title."""
    unit.take_turn("bank codes")
    bank = QuestionBankRow(code=code or _free_code(unit, title), title=title)
    unit.add(bank)
    unit.flush()
    return bank


def add_question(
    unit: Unit, bank_id: UUID, position: int, question: Question, at: datetime
) -> QuestionVersionRow:
    """Add a question with its first version, and return that."""
    row = QuestionRow(
        id=new_id(),
        bank_id=bank_id,
        name=name_of(question),
        position=position,
        current_version_id=new_id(),
    )
    unit.add(row)
    unit.flush()
    return _write(unit, row, 1, question, at)


def add_questions(
    unit: Unit, bank_id: UUID, first: int, questions: Sequence[Question], at: datetime
) -> list[UUID]:
    """Add many questions at once, from a position on; return the ids of their versions."""
    ids = [(new_id(), new_id()) for _question in questions]
    unit.insert_many(
        QuestionRow,
        [
            {
                "id": question_id,
                "bank_id": bank_id,
                "name": name_of(question),
                "position": position,
                "current_version_id": version_id,
            }
            for position, (question, (question_id, version_id)) in enumerate(
                zip(questions, ids, strict=True), start=first
            )
        ],
    )
    unit.insert_many(
        QuestionVersionRow,
        [
            {
                "id": version_id,
                "question_id": question_id,
                "number": 1,
                "type": question.type,
                "question": question_to_json(question),
                "written_at": at,
            }
            for question, (question_id, version_id) in zip(questions, ids, strict=True)
        ],
    )
    return [version_id for _question_id, version_id in ids]


def add_version(
    unit: Unit, row: QuestionRow, question: Question, at: datetime
) -> QuestionVersionRow:
    """Write the next version of a question and make it the one that new quizzes ask."""
    numbers = sa.select(sa.func.max(QuestionVersionRow.number)).where(
        QuestionVersionRow.question_id == row.id
    )
    row.name = name_of(question)
    row.current_version_id = new_id()
    return _write(unit, row, (unit.scalar(numbers) or 0) + 1, question, at)


def name_of(question: Question) -> str:
    """Return what a list calls the question: its name, else its words."""
    return (question.name or plain_text(question.stem))[:_LONGEST_NAME]


def _write(
    unit: Unit, row: QuestionRow, number: int, question: Question, at: datetime
) -> QuestionVersionRow:
    version = QuestionVersionRow(
        id=row.current_version_id,
        question_id=row.id,
        number=number,
        type=question.type,
        question=question_to_json(question),
        written_at=at,
    )
    unit.add(version)
    unit.flush()
    return version


def _free_code(unit: Unit, title: str) -> str:
    base = title[:_LONGEST_CODE] or "bank"
    like = sa.select(QuestionBankRow.code).where(
        QuestionBankRow.code.startswith(base, autoescape=True)
    )
    taken = set(unit.scalars(like))
    numbered = (f"{base} {number}" for number in range(2, len(taken) + 3))
    return next(code for code in (base, *numbered) if code not in taken)
