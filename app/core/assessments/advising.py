"""What makes a question poor though it can be asked: said to its author, who decides. Pure."""

from collections.abc import Iterable, Mapping

from app.core.assessments.markup import plain_text
from app.core.assessments.question_types.options import Option, OptionsBody
from app.core.assessments.types import Question
from app.core.base.words import _

_POINTS_AT_OTHERS = {
    "all of the above",
    "none of the above",
    "both of the above",
    "उपरोक्त सभी",
    "उपर्युक्त सभी",
    "इनमें से सभी",
    "वरील सर्व",
}
_SAFETY = frozenset({"safety", "सुरक्षा", "பாதுகாப்பு", "భద్రత", "সুরক্ষা", "নিরাপত্তা"})
_LONGER, _LONG = 2.0, 40
"""A right answer so many times as long as any other, and of so many letters, gives itself away."""


def advice(question: Question) -> tuple[str, ...]:
    """Return what its author should look at again, as sentences; empty where nothing is known."""
    found: list[str] = []
    if isinstance(question.body, OptionsBody):
        found.extend(_of_options(question.body.options))
    if not question.critical and _SAFETY & {one.casefold() for one in question.tags}:
        found.append(_("It has the tag “safety”, and may be wrong without failing the quiz (★)."))
    return tuple(found)


def _of_options(options: Iterable[Option]) -> Iterable[str]:
    texts = {one.key: " ".join(plain_text(one.text).split()) for one in options}
    said = [one.casefold().rstrip(".") for one in texts.values() if one]
    for words in sorted(_POINTS_AT_OTHERS.intersection(said)):
        told = _("“{words}” points at other options: say what it means instead.")
        yield told.format(words=words)
    if len(set(said)) < len(said):
        yield _("Two options say the same.")
    if _gives_itself_away(options, {key: len(text) for key, text in texts.items()}):
        yield _("The right answer is far longer than the others: it can be guessed.")


def _gives_itself_away(options: Iterable[Option], lengths: Mapping[str, int]) -> bool:
    right = [lengths[one.key] for one in options if one.share > 0]
    wrong = [lengths[one.key] for one in options if one.share <= 0]
    return len(right) == 1 and bool(wrong) and right[0] >= max(_LONG, _LONGER * max(wrong))
