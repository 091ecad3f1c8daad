"""A question in several languages: its texts in a fixed order, and the question as one language reads.

The order is stem, general feedback, then the texts of the body as its type walks them.
"""

from dataclasses import replace
from itertools import chain, repeat

from app.core.assessments.question_types import question_type
from app.core.assessments.question_types.base import TextChange
from app.core.assessments.types import NO_TEXT, Question, RichText, Translation


def with_own_texts(question: Question, change: TextChange) -> Question:
    """Return the question with `change` made to each text of its main language."""
    return replace(
        question,
        stem=change(question.stem),
        feedback=change(question.feedback),
        body=question_type(question.type).with_texts(question.body, change),
    )


def texts_of(question: Question) -> tuple[RichText, ...]:
    """Return the texts of the main language, in the order that translations keep to."""
    found: list[RichText] = []

    def note(text: RichText) -> RichText:
        found.append(text)
        return text

    with_own_texts(question, note)
    return tuple(found)


def in_language(question: Question, language: str) -> Question:
    """Return the question as a learner reads it; what is not translated stands in the main language."""
    given = _texts_in(question, language)
    if given is None:
        return question
    words = chain(given, repeat(NO_TEXT))

    def change(text: RichText) -> RichText:
        other = next(words)
        return text if other.is_blank else other

    return replace(with_own_texts(question, change), language=language, translations=())


def translated_texts(question: Question, language: str) -> Question:
    """Return the question with the texts of a language alone: blank where nothing is translated."""
    words = chain(_texts_in(question, language) or (), repeat(NO_TEXT))
    only = with_own_texts(question, lambda _text: next(words))
    return replace(only, translations=())


def with_translation(question: Question, language: str, other: Question) -> Question:
    """Return the question with the texts of `other`, which is built alike, as its translation.

    A translation of which every text is blank is taken away.
    """
    texts = texts_of(other)
    kept = [one for one in question.translations if one.language != language]
    if any(not text.is_blank for text in texts):
        kept.append(Translation(language=language, texts=texts))
    return replace(question, translations=tuple(kept))


def _texts_in(question: Question, language: str) -> tuple[RichText, ...] | None:
    found = (one.texts for one in question.translations if one.language == language)
    return next(found, None)
