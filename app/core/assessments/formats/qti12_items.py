"""Making questions of QTI 1.2 items, as Canvas, Blackboard and older systems write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import Draft, Made, NotAsked, Source, make
from app.core.assessments.formats.building import (
    ASKS_NOTHING,
    FOR_A_PERSON,
    SEVERAL_AT_ONCE,
    Offered,
    Pairing,
    decimal,
    literal,
    many_choice,
    marked_text,
    one_choice,
    truth,
)
from app.core.assessments.formats.markup_xml import Rename
from app.core.assessments.formats.qti12_scoring import Hit, hits_of, whole_of, whole_set
from app.core.assessments.formats.qti_declarations import number
from app.core.assessments.formats.xml_reading import child, children, local, within, words
from app.core.assessments.markup import plain_text
from app.core.assessments.question_types import type_key
from app.core.assessments.question_types.choice_many import ChoiceCredit
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    NumericBody,
)
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
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
        if "html" in stated:
            return RichText(source=source, format=TextFormat.HTML)
        return marked_text(source)


def read_item(element: Element, source: Source, rename: Rename) -> Made:
    """Return the question of an item. Never raises for what a file may hold."""
    name = " ".join(element.get("title", "").split())
    place = replace(source, name=name or source.name, external_id=element.get("ident", ""))
    return make(place, lambda: _draft(element, name, rename))


def _draft(element: Element, name: str, rename: Rename) -> Draft:
    presentation = child(element, "presentation")
    if presentation is None:
        raise NotAsked(_("It has no text."))
    facts = dict(_metadata(element))
    kind = next((facts[key].lower() for key in _KINDS if facts.get(key)), "")
    if any(word in kind for word in _BY_A_PERSON):
        raise NotAsked(_(FOR_A_PERSON))
    responses = tuple(within(presentation, *_RESPONSES))
    if not responses:
        raise NotAsked(_(ASKS_NOTHING))
    hits = tuple(hits_of(element))
    item = _Item(element, presentation, responses, hits, whole_of(element, hits), rename)
    body = _body(item)
    question = Question(
        type=type_key(body),
        name=name,
        stem=_stem(item),
        body=body,
        points=_points(facts.get("points_possible", "1")),
    )
    return Draft(question)


def _stem(item: _Item) -> RichText:
    inside = frozenset(text for one in item.responses for text in within(one, *_TEXTS))
    stem = item.text(item.presentation, inside)
    return item.text(child(item.responses[0], "material")) if stem.is_blank else stem


def _metadata(element: Element) -> Iterator[tuple[str, str]]:
    for one in within(element, "qtimetadatafield"):
        yield words(one, "fieldlabel"), words(one, "fieldentry")
    for one in within(element, "bbmd_questiontype"):
        yield "bbmd_questiontype", words(one)


def _points(text: str) -> int:
    return max(int(number(text or "1")), 1)


def _body(item: _Item) -> Body:
    kinds = {local(one) for one in item.responses}
    first = item.responses[0]
    if kinds == {"response_lid"}:
        return _choice(item, first) if len(item.responses) == 1 else _pairs(item)
    if len(item.responses) > 1:
        raise NotAsked(_(SEVERAL_AT_ONCE))
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


def _choice(item: _Item, response: Element) -> Body:
    labels = [(one.get("ident", ""), item.text(one)) for one in _labels(response)]
    if _says_truth(labels):
        return _truth(item, response, labels)
    several = response.get("rcardinality", "Single").lower() == "multiple"
    best = whole_set(item.hits) if several else None
    offered = [
        Offered(
            text=text,
            share=item.share(response, key) if best is None else Fraction(key in best.values),
            feedback=item.feedback(response, key),
        )
        for key, text in labels
    ]
    if not several:
        return one_choice(offered)
    credit = ChoiceCredit.WEIGHTED if best is None else ChoiceCredit.ALL_OR_NOTHING
    return many_choice(offered, credit)


def _says_truth(labels: Sequence[tuple[str, RichText]]) -> bool:
    return sorted(_word(text) for _key, text in labels) == ["false", "true"]


def _truth(item: _Item, response: Element, labels: Sequence[tuple[str, RichText]]) -> Body:
    named = {_word(text) == "true": key for key, text in labels}
    right = [word for word, key in named.items() if item.share(response, key) == EVERYTHING]
    said = {word: item.feedback(response, key) for word, key in named.items()}
    return truth(answer=right[0] if len(right) == 1 else None, said=said)


def _word(text: RichText) -> str:
    return plain_text(text).strip().lower()


def _pairs(item: _Item) -> Body:
    """Several lists with the same entries: each list is a prompt, its right entry the answer."""
    pairing = Pairing()
    for response in item.responses:
        right = ""
        for label in _labels(response):
            text = item.text(label)
            key = pairing.answer(text, plain_text(text))
            if item.share(response, label.get("ident", "")) > 0:
                right = key
        if not right:
            raise NotAsked(_("An item has no right partner."))
        pairing.prompt(item.text(child(response, "material")), right)
    return pairing.body(Credit.PARTIAL)


def _words(item: _Item, response: Element) -> Body:
    accepted = {
        value: item.share(response, value) for hit in item.hits for value in sorted(hit.values)
    }
    return ShortTextBody(
        accepted=tuple(
            AcceptedText(pattern=literal(value), share=share)
            for value, share in accepted.items()
            if share > 0
        ),
        case_matters=any(hit.case_matters for hit in item.hits),
    )


def _number(item: _Item) -> Body:
    accepted = (one for hit in item.hits for one in _accepted(hit, item.whole))
    return NumericBody(accepted=tuple(one for one in accepted if one.share > 0))


def _accepted(hit: Hit, whole: Fraction) -> Iterator[AcceptedNumber]:
    share = min(hit.value / whole, EVERYTHING)
    if hit.low and hit.high:
        span = NumberRange(low=decimal(hit.low), high=decimal(hit.high))
        yield AcceptedNumber(within=span, share=share)
        return
    for value in sorted(hit.values):
        yield AcceptedNumber(near=NumberNear(value=decimal(value)), share=share)


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
