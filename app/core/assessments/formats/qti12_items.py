"""Making questions of QTI 1.2 items, as Canvas, Blackboard and older systems write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import Made, NotAsked, Source, assemble, left_out
from app.core.assessments.formats.markup_xml import Rename
from app.core.assessments.formats.qti12_scoring import Hit, hits_of, whole_of
from app.core.assessments.formats.qti_declarations import number
from app.core.assessments.formats.xml_reading import child, children, local, within, words
from app.core.assessments.markup import looks_like_html, plain_text
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
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
    NumberRange,
    Numeric,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
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
)
from app.core.base.words import _

_TEXTS = ("mattext", "mat_formattedtext", "matimage")
_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_KINDS = ("question_type", "bbmd_questiontype", "cc_profile")
_BY_A_PERSON = ("essay", "file_upload", "short response", "file upload")
_LITERAL = str.maketrans({"*": r"\*", "\\": r"\\"})


@dataclass(frozen=True, slots=True)
class _Item:
    element: Element
    presentation: Element
    responses: tuple[Element, ...]
    hits: tuple[Hit, ...]
    whole: Fraction
    rename: Rename

    def text(self, holder: Element | None, without: frozenset[Element] = frozenset()) -> RichText:
        """Return what the materials of an element say, one after the other."""
        if holder is None:
            return NO_TEXT
        texts = (one for one in within(holder, *_TEXTS) if one not in without)
        return _joined([self._material(one) for one in texts])

    def share(self, response: Element, value: str) -> Fraction:
        """Return what one value of a response earns of the whole."""
        named = (hit.value / self.whole for hit in self.hits if hit.names(response, value))
        return min(max(max(named, default=NOTHING, key=abs), -EVERYTHING), EVERYTHING)

    def feedback(self, response: Element, value: str) -> RichText:
        """Return what is said to one value."""
        for hit in self.hits:
            if hit.names(response, value) and hit.feedback:
                for one in children(self.element, "itemfeedback"):
                    if one.get("ident") == hit.feedback:
                        return self.text(one)
        return NO_TEXT

    def _material(self, element: Element) -> RichText:
        if local(element) == "matimage":
            address = self.rename(element.get("uri", ""))
            return RichText(source=f'<img src="{escape(address)}">', format=TextFormat.HTML)
        source = "".join(element.itertext()).strip()
        stated = element.get("texttype", element.get("type", "")).lower()
        if "html" in stated or looks_like_html(source):
            return RichText(source=source, format=TextFormat.HTML)
        return RichText(source=source)


@dataclass(frozen=True, slots=True)
class _Built:
    type: str
    body: Body


def read_item(element: Element, source: Source, rename: Rename) -> Made:
    """Return the question of an item. Never raises for what a file may hold."""
    name = " ".join(element.get("title", "").split())
    place = Source(
        name=name or source.name, category=source.category, external_id=element.get("ident", "")
    )
    try:
        question = _question(element, name, rename)
    except (NotAsked, ValueError) as error:
        return left_out(place, error.reason if isinstance(error, NotAsked) else str(error))
    return assemble(question, place)


def _question(element: Element, name: str, rename: Rename) -> Question:
    presentation = child(element, "presentation")
    if presentation is None:
        raise NotAsked(_("It has no text."))
    facts = dict(_metadata(element))
    kind = next((facts[key].lower() for key in _KINDS if facts.get(key)), "")
    if any(word in kind for word in _BY_A_PERSON):
        raise NotAsked(_("It is an essay, which a person must mark; this is not supported yet."))
    responses = tuple(within(presentation, *_RESPONSES))
    if not responses:
        raise NotAsked(_("It is a text that asks nothing; put it on a page of the course."))
    hits = tuple(hits_of(element))
    item = _Item(element, presentation, responses, hits, whole_of(element, hits), rename)
    built = _built(item)
    inside = frozenset(text for one in responses for text in within(one, *_TEXTS))
    stem = item.text(presentation, inside)
    return Question(
        type=built.type,
        name=name,
        stem=item.text(child(responses[0], "material")) if stem.is_blank else stem,
        body=built.body,
        points=_points(facts.get("points_possible", "1")),
    )


def _metadata(element: Element) -> Iterator[tuple[str, str]]:
    for one in within(element, "qtimetadatafield"):
        yield words(one, "fieldlabel"), words(one, "fieldentry")
    for one in within(element, "bbmd_questiontype"):
        yield "bbmd_questiontype", words(one)


def _points(text: str) -> int:
    return max(int(number(text or "1")), 1)


def _built(item: _Item) -> _Built:
    kinds = {local(one) for one in item.responses}
    first = item.responses[0]
    if kinds == {"response_lid"}:
        return _choice(item, first) if len(item.responses) == 1 else _pairs(item)
    if len(item.responses) > 1:
        raise NotAsked(_("It asks several things at once, which is not supported."))
    if kinds == {"response_num"} or _wants_number(first) or any(hit.low for hit in item.hits):
        return _number(item)
    if kinds == {"response_str"}:
        return _words(item, first)
    raise NotAsked(_("A QTI {interaction} is not supported.").format(interaction=local(first)))


def _wants_number(response: Element) -> bool:
    return any(
        one.get("fibtype", "").lower() in {"decimal", "integer"}
        for one in within(response, "render_fib")
    )


def _labels(response: Element) -> list[Element]:
    return list(within(response, "response_label"))


def _choice(item: _Item, response: Element) -> _Built:
    labels = _labels(response)
    texts = [item.text(one) for one in labels]
    keys = [one.get("ident", "") for one in labels]
    if sorted(plain_text(one).strip().lower() for one in texts) == ["false", "true"]:
        return _truth(item, response, texts, keys)
    several = response.get("rcardinality", "Single").lower() == "multiple"
    whole_sets = [hit for hit in item.hits if len(hit.right) > 1 or hit.wrong]
    if several and whole_sets:
        best = max(whole_sets, key=lambda hit: hit.value)
        shares = {key: Fraction(key in best.values) for key in keys}
    else:
        shares = {key: item.share(response, key) for key in keys}
    options = tuple(
        Option(
            key=number_key(index),
            text=text,
            share=shares[key],
            feedback=item.feedback(response, key),
        )
        for index, (key, text) in enumerate(zip(keys, texts, strict=True))
    )
    if not several:
        return _Built(ChoiceOne.key, ChoiceOneBody(options=options))
    credit = ChoiceCredit.ALL_OR_NOTHING if whole_sets else ChoiceCredit.WEIGHTED
    return _Built(ChoiceMany.key, ChoiceManyBody(options=options, credit=credit))


def _truth(
    item: _Item, response: Element, texts: Sequence[RichText], keys: Sequence[str]
) -> _Built:
    named = {plain_text(text).strip().lower(): key for text, key in zip(texts, keys, strict=True)}
    right = [word for word, key in named.items() if item.share(response, key) == EVERYTHING]
    if len(right) != 1:
        raise NotAsked(_("It does not say whether the statement is true."))
    body = TrueFalseBody(
        answer=right[0] == "true",
        feedback_true=item.feedback(response, named["true"]),
        feedback_false=item.feedback(response, named["false"]),
    )
    return _Built(TrueFalse.key, body)


def _pairs(item: _Item) -> _Built:
    """Several lists with the same entries: each list is a prompt, its right entry the answer."""
    keys: dict[str, str] = {}
    texts: dict[str, RichText] = {}
    prompts: list[MatchPrompt] = []
    for response in item.responses:
        right = ""
        for label in _labels(response):
            text = item.text(label)
            key = keys.setdefault(plain_text(text), number_key(len(keys)))
            texts.setdefault(key, text)
            if item.share(response, label.get("ident", "")) > 0:
                right = key
        if not right:
            raise NotAsked(_("An item has no right partner."))
        prompts.append(
            MatchPrompt(
                key=number_key(len(prompts)),
                text=item.text(child(response, "material")),
                answer=right,
            )
        )
    answers = tuple(MatchAnswer(key=key, text=text) for key, text in texts.items())
    body = MatchingBody(prompts=tuple(prompts), answers=answers, credit=Credit.PARTIAL)
    return _Built(Matching.key, body)


def _words(item: _Item, response: Element) -> _Built:
    accepted = {
        value: item.share(response, value) for hit in item.hits for value in sorted(hit.values)
    }
    matters = any(hit.case_matters for hit in item.hits)
    body = ShortTextBody(
        accepted=tuple(
            AcceptedText(pattern=value.translate(_LITERAL), share=share)
            for value, share in accepted.items()
            if share > 0
        ),
        case_matters=matters,
    )
    return _Built(ShortText.key, body)


def _number(item: _Item) -> _Built:
    accepted = []
    for hit in item.hits:
        share = min(hit.value / item.whole, EVERYTHING)
        if hit.low and hit.high:
            span = NumberRange(low=_decimal(hit.low), high=_decimal(hit.high))
            accepted.append(AcceptedNumber(within=span, share=share))
        else:
            accepted.extend(
                AcceptedNumber(near=NumberNear(value=_decimal(value)), share=share)
                for value in sorted(hit.values)
            )
    return _Built(
        Numeric.key, NumericBody(accepted=tuple(one for one in accepted if one.share > 0))
    )


def _decimal(text: str) -> Decimal:
    value = read_number(text)
    if value is None:
        raise NotAsked(_("Not a number: {text}").format(text=text[:40] or "–"))
    return value


def _joined(texts: Sequence[RichText]) -> RichText:
    seen = [one for one in texts if not one.is_blank]
    if not seen:
        return NO_TEXT
    if all(one.format is TextFormat.PLAIN for one in seen):
        return RichText(source="\n".join(one.source for one in seen))
    parts = (
        one.source if one.format is TextFormat.HTML else f"<p>{escape(one.source)}</p>"
        for one in seen
    )
    return RichText(source="".join(parts), format=TextFormat.HTML)
