"""Writing questions as Moodle XML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked, joined_tags
from app.core.assessments.formats.base import BankQuestion, MediaSource
from app.core.assessments.formats.building import gaps_stem
from app.core.assessments.formats.cloze import write_cloze
from app.core.assessments.formats.moodle_questions import (
    ALL_OR_NOTHING_CHOICE,
    ALL_OR_NOTHING_GRADING,
)
from app.core.assessments.formats.moodle_texts import write_text
from app.core.assessments.formats.shares import percent_of
from app.core.assessments.formats.xml_reading import add, document
from app.core.assessments.markup import plain_text, shown_html
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.gaps import Gaps, GapsBody
from app.core.assessments.question_types.matching import Matching, MatchingBody
from app.core.assessments.question_types.numbers import written
from app.core.assessments.question_types.numeric import AcceptedNumber, Numeric, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import Ordering, OrderingBody
from app.core.assessments.question_types.short_text import ShortText, ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.types import EVERYTHING, NOTHING, Credit, Question, RichText, TextFormat
from app.core.base.words import _

_STEPS = "RELATIVE_NEXT_EXCLUDE_LAST"
"""Moodle's name for our credit in part: followed by the right next one."""


@dataclass(frozen=True, slots=True)
class _Out:
    """The element of one question, and where files come from."""

    element: Element
    media: MediaSource

    def text(self, name: str, text: RichText) -> Element:
        return write_text(self.element, name, text, self.media)

    def setting(self, name: str, value: str) -> None:
        add(self.element, name, value)

    def answer(self, text: RichText, share: Fraction, feedback: RichText) -> Element:
        made = self.text("answer", text)
        made.set("fraction", percent_of(share))
        write_text(made, "feedback", feedback, self.media)
        return made


def write_bank(bank: Sequence[BankQuestion], media: MediaSource) -> bytes:
    """Return the questions as one file. Raises NotAsked."""
    root = Element("quiz")
    category: tuple[str, ...] = ()
    for one in bank:
        if one.category != category:
            category = one.category
            entry = add(root, "question", type="category")
            names = (" ".join(name.split()).replace("/", "//") for name in category)
            add(add(entry, "category"), "text", "/".join(["$course$", "top", *names]))
        root.append(_element(one, media))
    return document(root)


def _element(one: BankQuestion, media: MediaSource) -> Element:
    question = one.question
    writer = _WRITERS.get(question.type)
    if writer is None:
        raise NotAsked(_("Moodle XML has no question of this type."))
    out = _Out(Element("question"), media)
    add(add(out.element, "name"), "text", question.name)
    out.text("questiontext", _stem(question))
    out.text("generalfeedback", question.feedback)
    out.setting("defaultgrade", str(question.points))
    out.setting("hidden", "0")
    if one.external_id:
        out.setting("idnumber", one.external_id)
    out.element.set("type", writer(out, question.body))
    if tags := joined_tags(question):
        holder = add(out.element, "tags")
        for tag in tags:
            add(add(holder, "tag"), "text", tag)
    return out.element


def _stem(question: Question) -> RichText:
    """Return the text of a question; a text with gaps takes what is asked before it."""
    body = question.body
    if not isinstance(body, GapsBody):
        return question.stem
    text = write_cloze(body)
    if question.stem == gaps_stem():
        return text
    asked = f"<p>{shown_html(question.stem)}</p>"
    media = tuple(dict.fromkeys((*question.stem.media, *text.media)))
    if text.format is TextFormat.PLAIN:
        return RichText(source=f"{plain_text(question.stem)}\n\n{text.source}", media=media)
    return RichText(source=asked + text.source, format=text.format, media=media)


def _choice_one(out: _Out, body: ChoiceOneBody) -> str:
    out.setting("single", "true")
    _options(out, [(one, one.share) for one in body.options])
    return "multichoice"


def _choice_many(out: _Out, body: ChoiceManyBody) -> str:
    right = body.right
    if body.credit is ChoiceCredit.ALL_OR_NOTHING:
        _options(out, [(one, EVERYTHING if one.key in right else NOTHING) for one in body.options])
        return ALL_OR_NOTHING_CHOICE
    out.setting("single", "false")
    if body.credit is ChoiceCredit.WEIGHTED:
        _options(out, [(one, one.share) for one in body.options])
    else:
        each = Fraction(1, len(right))
        _options(out, [(one, each if one.key in right else -each) for one in body.options])
    return "multichoice"


def _options(out: _Out, options: Sequence[tuple[Option, Fraction]]) -> None:
    loose = not any(one.pinned for one, _share in options)
    out.setting("shuffleanswers", "true" if loose else "false")
    for one, share in options:
        out.answer(one.text, share, one.feedback)


def _true_false(out: _Out, body: TrueFalseBody) -> str:
    for truth, feedback in ((True, body.feedback_true), (False, body.feedback_false)):
        share = EVERYTHING if body.answer is truth else NOTHING
        out.answer(RichText(source=str(truth).lower()), share, feedback)
    return "truefalse"


def _short_text(out: _Out, body: ShortTextBody) -> str:
    out.setting("usecase", "1" if body.case_matters else "0")
    for one in body.accepted:
        out.answer(RichText(source=one.pattern), one.share, one.feedback)
    return "shortanswer"


def _numeric(out: _Out, body: NumericBody) -> str:
    for one in body.accepted:
        value, reach = _target(one)
        made = out.answer(RichText(source=written(value)), one.share, one.feedback)
        add(made, "tolerance", written(reach))
    if not body.other_feedback.is_blank:
        out.answer(RichText(source="*"), NOTHING, body.other_feedback)
    return "numerical"


def _target(one: AcceptedNumber) -> tuple[Decimal, Decimal]:
    if one.within is not None:
        middle = (one.within.low + one.within.high) / 2
        return middle, one.within.high - middle
    if one.near is None:
        raise NotAsked(_("There is no number."))
    reach = one.near.tolerance * (abs(one.near.value) if one.near.relative else Decimal(1))
    return one.near.value, reach


def _matching(out: _Out, body: MatchingBody) -> str:
    answers = {one.key: plain_text(one.text) for one in body.answers}
    used = {one.answer for one in body.prompts}
    pairs = [(one.text, answers[one.answer]) for one in body.prompts]
    pairs += [(RichText(), text) for key, text in answers.items() if key not in used]
    for prompt, answer in pairs:
        add(add(out.text("subquestion", prompt), "answer"), "text", answer)
    return "matching"


def _ordering(out: _Out, body: OrderingBody) -> str:
    strict = body.credit is Credit.ALL_OR_NOTHING
    out.setting("gradingtype", ALL_OR_NOTHING_GRADING if strict else _STEPS)
    for place, one in enumerate(body.items, start=1):
        out.text("answer", one.text).set("fraction", str(place))
    return "ordering"


def _gaps(_out: _Out, _body: GapsBody) -> str:
    return "cloze"  # the gaps stand in the text


_WRITERS: dict[str, Callable[[_Out, Any], str]] = {  # Any: each is handed its own kind of body
    ChoiceOne.key: _choice_one,
    ChoiceMany.key: _choice_many,
    TrueFalse.key: _true_false,
    ShortText.key: _short_text,
    Numeric.key: _numeric,
    Matching.key: _matching,
    Ordering.key: _ordering,
    Gaps.key: _gaps,
}
