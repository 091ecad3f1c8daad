"""A question bank file in a course folder becomes a quiz lesson (a lesson source of courses)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from app.core.assessments.bank_writing import add_bank, add_questions
from app.core.assessments.banks import MAX_TITLE
from app.core.assessments.formats import BANK_FORMATS, BankImport, export_format, recognised_format
from app.core.assessments.question_media import beside, media_names, media_type, with_media
from app.core.assessments.quiz_lessons import QUIZ_KIND, body_of
from app.core.assessments.quiz_settings import drawn, settings_from
from app.core.assessments.types import Quiz, Section
from app.core.base.clock import Clock
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _, language_name
from app.core.content import AssetStore
from app.core.courses import FileToKeep, Finding, LessonDraft, LessonPlan, SourceFile
from app.core.journal import Unit

_SECONDS_A_QUESTION = 45
_USUAL = export_format("gift")
"""What a text is read as whose format does not show: its problems then say by line what is wrong."""


class QuizSource:
    """Reads question banks; the questions go into a bank of their own."""

    kind = QUIZ_KIND
    suffixes = frozenset(
        suffix for one in BANK_FORMATS if one.becomes_lesson for suffix in one.suffixes
    )

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:
        """Say which questions a bank file holds, and by line which cannot be asked."""
        untrusted = file.path.read_bytes()
        format_ = recognised_format(untrusted, file.untrusted_name) or _USUAL
        found = format_.read(untrusted, progress)
        seconds = len(found.questions) * _SECONDS_A_QUESTION
        media = media_names(one.question for one in found.questions)
        there = beside(file.path)
        return LessonDraft(
            plan=LessonPlan(kind=self.kind, title=file.title, seconds=seconds),
            findings=tuple(_findings(file, found, sorted(media - there.keys()))),
            files=tuple(
                FileToKeep(path, media_type(name))
                for name, path in sorted(there.items())
                if name in media
            ),
            has_languages=True,
            parsed=found,
        )

    def store(
        self, unit: Unit, assets: AssetStore, file: SourceFile, draft: LessonDraft
    ) -> LessonPlan:
        """Keep the questions, and return the lesson with a quiz that asks all of them."""
        parsed = cast("BankImport", draft.parsed)  # what `read` put there
        bank = add_bank(unit, bank_title(file))
        questions = [found.question for found in parsed.questions]
        stored = {
            kept.path.name: assets.add_file(unit, kept.path, kept.media_type, NoProgress()).sha256
            for kept in draft.files
        }
        kept = [with_media(question, stored) for question in questions]
        pool = add_questions(unit, bank.id, 1, kept, self._clock.now())
        section = Section(pool=tuple(pool), draw=drawn(file.settings, len(pool)))
        quiz = Quiz(sections=(section,), settings=settings_from(file.settings)[0])
        return replace(draft.plan, body=body_of(quiz))


def bank_title(file: SourceFile) -> str:
    """Return what tells the bank from those of other courses and languages, whose files are called the same."""
    words = file.title
    if file.course_title:
        words = _("{course}: {quiz}").format(course=file.course_title, quiz=file.title)
    language = f" ({language_name(file.told_apart)})" if file.told_apart else ""
    return words[: MAX_TITLE - len(language)] + language


def _findings(file: SourceFile, found: BankImport, missing: Iterable[str]) -> Iterator[Finding]:
    """Yield what an author should know of a bank file, and what keeps it from being a quiz."""
    name = file.untrusted_name
    for one in found.problems:
        text = f"{one.question_name}: {one.reason}" if one.question_name else one.reason
        yield Finding(file=name, text=text, line=one.line or None, omits=bool(found.questions))
    for media in missing:
        yield Finding(file=name, text=_("{name} is not beside it.").format(name=media))
    if not found.questions:
        text = _("It holds no question that can be asked.")
        yield Finding(file=name, text=text, blocks=True)
    _settings, unknown = settings_from(file.settings)
    for text in unknown:
        yield Finding(file=name, text=text)
