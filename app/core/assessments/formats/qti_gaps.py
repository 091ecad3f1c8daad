"""QTI items whose answers stand in a text: entries, lists, and words laid into gaps."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.markup_xml import contents, taken
from app.core.assessments.formats.moodle_questions import gaps_stem
from app.core.assessments.formats.qti_declarations import Declaration
from app.core.assessments.formats.qti_item import Built, Item, append_words, is_named
from app.core.assessments.formats.qti_numbers import accepted_numbers
from app.core.assessments.formats.xml_reading import child, children, local, words
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import GAP, Gap, Gaps, GapsBody
from app.core.assessments.question_types.numeric import Numeric, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.short_text import (
    AcceptedText,
    ShortText,
    ShortTextBody,
)
from app.core.assessments.types import EVERYTHING, Body, Credit, RichText
from app.core.base.words import _

INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_NUMBERS = frozenset({"float", "integer"})
_INSTRUCTION = "rubricBlock"
"""What is said to the learner before the text (QTI 2.x, 6.2)."""
_WILD = re.compile(r"([*\\])")


def inline(item: Item, interactions: Sequence[Element]) -> Built:
    """One entry after the text is an answer; entries within it, or several, are gaps."""
    only = interactions[0]
    if len(interactions) == 1 and local(only) == "textEntryInteraction" and _is_last(item.body):
        declared = item.declaration(only)
        body, kind = _entry_body(item, declared)
        return Built(kind, body)
    gaps: list[Gap] = []
    marked = _marked(item, item.body, gaps)
    asked = item.text(child(item.body, _INSTRUCTION))
    parts = [one for one in contents(marked) if not is_named(one, (_INSTRUCTION,))]
    text = taken(parts, item.rename)
    credit = Credit.PARTIAL if item.by_mapping else Credit.ALL_OR_NOTHING
    body_ = GapsBody(text=text, gaps=tuple(gaps), credit=credit)
    return Built(Gaps.key, body_, stem=gaps_stem() if asked.is_blank else asked)


def _is_last(body: Element) -> bool:
    """Tell whether nothing is said after the one entry of an item."""
    words_after = "".join(_words_after(body)).strip()
    return words_after.strip(".?! \n") == ""


def _words_after(body: Element) -> Iterator[str]:
    seen = False
    for one in body.iter():
        if local(one).endswith("Interaction"):
            seen = True
        elif seen and one.text:
            yield one.text
    seen = False
    for one in body.iter():
        seen = seen or local(one).endswith("Interaction")
        if seen and one.tail:
            yield one.tail


def _entry_body(item: Item, declared: Declaration) -> tuple[Body, str]:
    if declared.base_type in _NUMBERS:
        return NumericBody(accepted=accepted_numbers(item.element, declared)), Numeric.key
    return _words_body(declared), ShortText.key


def _words_body(declared: Declaration) -> ShortTextBody:
    shares = dict.fromkeys(declared.correct, EVERYTHING)
    if declared.mapped:
        whole = declared.whole
        shares |= {key: min(value / whole, EVERYTHING) for key, value in declared.mapped.items()}
    accepted = tuple(
        AcceptedText(pattern=_WILD.sub(r"\\\1", text), share=share)
        for text, share in sorted(shares.items(), key=lambda one: -one[1])
    )
    matters = not declared.mapped or bool(declared.exact_case)
    return ShortTextBody(accepted=accepted, case_matters=matters)


def _marked(item: Item, element: Element, gaps: list[Gap]) -> Element:
    """Return a copy in which each entry is the mark of a gap, and add the gaps."""
    made = Element(element.tag, element.attrib)
    made.text, made.tail = element.text, element.tail
    if GAP.search("".join(element.itertext())):
        raise NotAsked(_("Its text holds words in double square brackets, which mark gaps here."))
    for one in element:
        if local(one) not in INLINE:
            made.append(_marked(item, one, gaps))
            continue
        gap = _gap(item, one, number_key(len(gaps)))
        gaps.append(gap)
        append_words(made, f"[[{gap.key}]]{one.tail or ''}")
    return made


def _gap(item: Item, interaction: Element, key: str) -> Gap:
    declared = item.declaration(interaction)
    if local(interaction) == "inlineChoiceInteraction":
        choices = list(children(interaction, "inlineChoice"))
        shares = declared.shares(
            [one.get("identifier", "") for one in choices], by_mapping=item.by_mapping
        )
        options = tuple(
            Option(
                key=number_key(index),
                text=RichText(source=words(one)),
                share=shares[one.get("identifier", "")],
                pinned=one.get("fixed") == "true",
            )
            for index, one in enumerate(choices)
        )
        return Gap(key=key, choice=ChoiceOneBody(options=options), weight=_weight(declared))
    if declared.base_type in _NUMBERS:
        number = NumericBody(accepted=accepted_numbers(item.element, declared))
        return Gap(key=key, number=number, weight=_weight(declared))
    return Gap(key=key, words=_words_body(declared), weight=_weight(declared))


def _weight(declared: Declaration) -> int:
    """Return how much a gap counts: what its right answer is mapped to, where that is whole."""
    whole = declared.whole if declared.mapped else Fraction(1)
    return int(whole) if whole >= 1 and whole.denominator == 1 else 1


def gap_match(item: Item, interaction: Element) -> Built:
    """Words to be laid into the gaps of a text: each gap is a choice among all of them."""
    declared = item.declaration(interaction)
    right = {pair.split()[1]: pair.split()[0] for pair in declared.correct if " " in pair}
    texts = {one.get("identifier", ""): words(one) for one in children(interaction, "gapText")}
    gaps: list[Gap] = []

    def marked(element: Element) -> Element:
        made = Element(element.tag, element.attrib)
        made.text, made.tail = element.text, element.tail
        for one in element:
            if local(one) != "gap":
                made.append(marked(one))
                continue
            wanted = right.get(one.get("identifier", ""), "")
            options = tuple(
                Option(
                    key=number_key(index),
                    text=RichText(source=text),
                    share=Fraction(key == wanted),
                )
                for index, (key, text) in enumerate(texts.items())
            )
            gap = Gap(key=number_key(len(gaps)), choice=ChoiceOneBody(options=options))
            gaps.append(gap)
            append_words(made, f"[[{gap.key}]]{one.tail or ''}")
        return made

    parts = [
        one
        for one in contents(marked(interaction))
        if not is_named(one, ("gapText", "gapImg", "prompt"))
    ]
    credit = Credit.PARTIAL if item.by_mapping else Credit.ALL_OR_NOTHING
    body = GapsBody(text=taken(parts, item.rename), gaps=tuple(gaps), credit=credit)
    asked = item.text(child(interaction, "prompt"))
    return Built(Gaps.key, body, stem=gaps_stem() if asked.is_blank else asked)
