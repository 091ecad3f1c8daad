"""Making questions of what Moodle XML says: one reader for each of its types."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element

from app.core.assessments.formats.addresses import quote
from app.core.assessments.formats.assembling import (
    Made,
    NotAsked,
    Source,
    assemble,
    choice_by_weights,
    left_out,
    split_tags,
)
from app.core.assessments.formats.cloze import read_cloze
from app.core.assessments.formats.moodle_texts import FilesFound, old_picture, read_text
from app.core.assessments.formats.shares import even_shares, share_of
from app.core.assessments.formats.xml_reading import child, children, words
from app.core.assessments.markup import PLUGIN_FILE, plain_text
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.gaps import Gap, Gaps, GapsBody
from app.core.assessments.question_types.matching import (
    MatchAnswer,
    Matching,
    MatchingBody,
    MatchPrompt,
)
from app.core.assessments.question_types.numbers import read_number
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    Numeric,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import Ordering, OrderingBody, OrderItem
from app.core.assessments.question_types.short_text import (
    AcceptedText,
    ShortText,
    ShortTextBody,
)
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.types import (
    EVERYTHING,
    NO_TEXT,
    NOTHING,
    Body,
    Credit,
    Question,
    RichText,
    TextFormat,
    plain,
)
from app.core.base.words import _

ALL_OR_NOTHING_CHOICE = "multichoiceset"
ALL_OR_NOTHING_GRADING = "ALL_OR_NOTHING"
_PLACE_OF = re.compile(r"\[\[(\d{1,3})\]\]")
_WHY_NOT = {
    "description": "It is a text that asks nothing; put it on a page of the course.",
    "essay": "It is an essay, which a person must mark; this is not supported yet.",
}


@dataclass(frozen=True, slots=True)
class _Built:
    type: str
    body: Body
    notes: tuple[str, ...] = ()
    stem: RichText | None = None
    """In place of the text of the question, where that has become part of the body."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A question element, and how its texts are read."""

    element: Element
    found: FilesFound

    def text(self, holder: Element | None) -> RichText:
        return read_text(holder, self.found)

    @property
    def stem(self) -> RichText:
        text = self.text(child(self.element, "questiontext"))
        picture = old_picture(self.element, self.found)
        if not picture:
            return text
        source = text.source if text.format is TextFormat.HTML else escape(text.source)
        placed = f'{source}<p><img src="{PLUGIN_FILE}{quote(picture)}"></p>'
        return RichText(source=placed, format=TextFormat.HTML)

    def answers(self) -> list[Element]:
        return list(children(self.element, "answer"))


def read_question(
    element: Element, place: str, category: tuple[str, ...], found: FilesFound
) -> Made:
    """Return the question of an element. Never raises for what a file may hold."""
    entry = _Entry(element, found)
    name = _one_line(words(element, "name", "text"))
    source = Source(name=name or place, category=category, external_id=words(element, "idnumber"))
    try:
        built = _reader_of(element)(entry)
        points, noted = _points(element)
    except (NotAsked, ValueError) as error:
        return left_out(source, error.reason if isinstance(error, NotAsked) else str(error))
    tags, critical = split_tags(words(one, "text") for one in _tags(element))
    question = Question(
        type=built.type,
        name=name,
        stem=built.stem or entry.stem,
        body=built.body,
        feedback=entry.text(child(element, "generalfeedback")),
        points=points,
        critical=critical,
        tags=tags,
    )
    return assemble(question, replace(source, notes=(*built.notes, *noted)))


def _reader_of(element: Element) -> Callable[[_Entry], _Built]:
    kind = element.get("type", "")
    if kind in _WHY_NOT:
        raise NotAsked(_(_WHY_NOT[kind]))
    if kind not in _READERS:
        raise NotAsked(
            _("Questions of Moodle's type {type} are not supported.").format(type=kind[:40] or "–")
        )
    return _READERS[kind]


def _tags(element: Element) -> Iterable[Element]:
    holder = child(element, "tags")
    return () if holder is None else children(holder, "tag")


def _points(element: Element) -> tuple[int, tuple[str, ...]]:
    given = _decimal(words(element, "defaultgrade") or "1")
    points = max(int(given), 1)
    if given == points:
        return points, ()
    return points, (_("Its points are not a whole number; it counts {n}.").format(n=points),)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise NotAsked(_("Not a number: {text}").format(text=text[:40] or "–")) from error
    if not number.is_finite() or abs(number) > 10**9:
        raise NotAsked(_("Not a number: {text}").format(text=text[:40]))
    return number


def _fraction(answer: Element) -> Decimal:
    weight = _decimal(answer.get("fraction", "0") or "0")
    if abs(weight) > 100:  # noqa: PLR2004  percent
        raise NotAsked(_("A weight lies beyond 100%."))
    return weight


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _options(entry: _Entry, shares: Iterable[Fraction]) -> tuple[Option, ...]:
    return tuple(
        Option(
            key=number_key(index),
            text=entry.text(answer),
            share=share,
            feedback=entry.text(child(answer, "feedback")),
        )
        for index, (answer, share) in enumerate(zip(entry.answers(), shares, strict=True))
    )


def _choice(entry: _Entry) -> _Built:
    weights = [_fraction(answer) for answer in entry.answers()]
    if words(entry.element, "single").lower() in {"true", "1"}:
        options = _options(entry, [share_of(weight) for weight in weights])
        return _Built(ChoiceOne.key, ChoiceOneBody(options=options))
    options = _options(entry, even_shares(weights))
    return _Built(ChoiceMany.key, choice_by_weights(options))


def _choice_set(entry: _Entry) -> _Built:
    shares = [EVERYTHING if _fraction(answer) > 0 else NOTHING for answer in entry.answers()]
    body = ChoiceManyBody(options=_options(entry, shares), credit=ChoiceCredit.ALL_OR_NOTHING)
    return _Built(ChoiceMany.key, body)


def _truth(entry: _Entry) -> _Built:
    said: dict[bool, RichText] = {}
    right: bool | None = None
    for answer in entry.answers():
        is_true = words(answer, "text").lower() == "true"
        said[is_true] = entry.text(child(answer, "feedback"))
        if _fraction(answer) > 0:
            right = is_true
    if right is None:
        raise NotAsked(_("It does not say whether the statement is true."))
    return _Built(
        TrueFalse.key,
        TrueFalseBody(
            answer=right,
            feedback_true=said.get(True, NO_TEXT),
            feedback_false=said.get(False, NO_TEXT),
        ),
    )


def _words(entry: _Entry) -> _Built:
    accepted = tuple(
        AcceptedText(
            pattern=words(answer, "text"),
            share=share_of(_fraction(answer)),
            feedback=entry.text(child(answer, "feedback")),
        )
        for answer in entry.answers()
    )
    matters = words(entry.element, "usecase") == "1"
    return _Built(ShortText.key, ShortTextBody(accepted=accepted, case_matters=matters))


def _number(entry: _Entry) -> _Built:
    accepted: list[AcceptedNumber] = []
    other = NO_TEXT
    for answer in entry.answers():
        text, feedback = words(answer, "text"), entry.text(child(answer, "feedback"))
        if text == "*":
            other = feedback
            continue
        value, reach = read_number(text), read_number(words(answer, "tolerance") or "0")
        if value is None or reach is None:
            raise NotAsked(_("Not a number: {text}").format(text=text[:40] or "–"))
        accepted.append(
            AcceptedNumber(
                near=NumberNear(value=value, tolerance=reach),
                share=share_of(_fraction(answer)),
                feedback=feedback,
            )
        )
    units = child(entry.element, "units")
    notes = (
        (_("Its units are not asked for: only the number counts."),)
        if units is not None and len(units)
        else ()
    )
    return _Built(Numeric.key, NumericBody(accepted=tuple(accepted), other_feedback=other), notes)


def _pairs(entry: _Entry) -> _Built:
    keys: dict[str, str] = {}
    prompts: list[MatchPrompt] = []
    for pair in children(entry.element, "subquestion"):
        answer, prompt = words(pair, "answer", "text"), entry.text(pair)
        key = keys.setdefault(answer, number_key(len(keys)))
        if not prompt.is_blank:
            prompts.append(MatchPrompt(key=number_key(len(prompts)), text=prompt, answer=key))
    answers = tuple(MatchAnswer(key=key, text=plain(text)) for text, key in keys.items())
    body = MatchingBody(prompts=tuple(prompts), answers=answers, credit=Credit.PARTIAL)
    return _Built(Matching.key, body)


def _order(entry: _Entry) -> _Built:
    placed = sorted(enumerate(entry.answers()), key=lambda one: (_fraction(one[1]), one[0]))
    items = tuple(
        OrderItem(key=number_key(index), text=entry.text(answer))
        for index, (_place, answer) in enumerate(placed)
    )
    strict = words(entry.element, "gradingtype") == ALL_OR_NOTHING_GRADING
    credit = Credit.ALL_OR_NOTHING if strict else Credit.PARTIAL
    return _Built(Ordering.key, OrderingBody(items=items, credit=credit))


def _cloze(entry: _Entry) -> _Built:
    return _Built(Gaps.key, read_cloze(entry.stem), stem=gaps_stem())


def gaps_stem() -> RichText:
    """Return what is asked where all of a question is a text with gaps."""
    return plain(_("Fill the gaps."))


def _chosen_gaps(entry: _Entry) -> _Built:
    """Gaps to be filled with words from groups ("select missing words", "drag and drop into text")."""
    holders = [one for name in ("selectoption", "dragbox") for one in children(entry.element, name)]
    groups = [words(one, "group") or "1" for one in holders]
    texts = [words(one, "text") for one in holders]
    stem = entry.stem
    gaps: list[Gap] = []

    def taken(found: re.Match[str]) -> str:
        right = int(found[1]) - 1
        if not 0 <= right < len(holders):
            raise NotAsked(_("A gap names an answer that there is not."))
        options = tuple(
            Option(
                key=number_key(index),
                text=plain(plain_text(RichText(source=text, format=TextFormat.HTML))),
                share=EVERYTHING if index == right else NOTHING,
            )
            for index, (text, group) in enumerate(zip(texts, groups, strict=True))
            if group == groups[right]
        )
        gap = Gap(key=number_key(len(gaps)), choice=ChoiceOneBody(options=options))
        gaps.append(gap)
        return f"[[{gap.key}]]"

    filled = replace(stem, source=_PLACE_OF.sub(taken, stem.source))
    body = GapsBody(text=filled, gaps=tuple(gaps), credit=Credit.PARTIAL)
    return _Built(Gaps.key, body, stem=gaps_stem())


_READERS: dict[str, Callable[[_Entry], _Built]] = {
    "multichoice": _choice,
    ALL_OR_NOTHING_CHOICE: _choice_set,
    "truefalse": _truth,
    "shortanswer": _words,
    "numerical": _number,
    "matching": _pairs,
    "ordering": _order,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _chosen_gaps,
    "ddwtos": _chosen_gaps,
}
