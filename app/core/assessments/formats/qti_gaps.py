"""QTI items whose answers stand in a text: entries, lists, and words laid into gaps."""

from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from functools import partial
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.building import (
    GAPS_IN_TEXT,
    Asked,
    Offered,
    gaps_stem,
    literal,
    one_choice,
)
from app.core.assessments.formats.markup_xml import contents, taken
from app.core.assessments.formats.qti_declarations import Declaration
from app.core.assessments.formats.qti_item import Item, is_named
from app.core.assessments.formats.qti_numbers import accepted_numbers
from app.core.assessments.formats.xml_reading import append_words, child, children, local, words
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.gaps import GAP, Gap, GapsBody
from app.core.assessments.question_types.numeric import NumericBody
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.types import EVERYTHING, Credit, plain
from app.core.base.words import _

INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_GAPS = frozenset({"gap"})
_NUMBERS = frozenset({"float", "integer"})
_INSTRUCTION = "rubricBlock"
"""What is said to the learner before the text (QTI 2.x, 6.2)."""


def inline(item: Item, interactions: Sequence[Element]) -> Asked:
    """One entry after the text is an answer; entries within it, or several, are gaps. Raises NotAsked."""
    only = interactions[0]
    if len(interactions) == 1 and local(only) == "textEntryInteraction" and _is_last(item.body):
        declared = item.declaration(only)
        return Asked(_entry_body(item, declared))
    if GAP.search("".join(item.body.itertext())):
        raise NotAsked(_(GAPS_IN_TEXT))
    marked = _marked(item.body, INLINE, partial(_gap, item))
    return _filled(item, marked, child(item.body, _INSTRUCTION), (_INSTRUCTION,))


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


def _entry_body(item: Item, declared: Declaration) -> NumericBody | ShortTextBody:
    if declared.base_type in _NUMBERS:
        return NumericBody(accepted=accepted_numbers(item.element, declared))
    return _words_body(declared)


def _words_body(declared: Declaration) -> ShortTextBody:
    shares = dict.fromkeys(declared.correct, EVERYTHING)
    if declared.mapped:
        whole = declared.whole
        shares |= {key: min(value / whole, EVERYTHING) for key, value in declared.mapped.items()}
    accepted = tuple(
        AcceptedText(pattern=literal(text), share=share)
        for text, share in sorted(shares.items(), key=lambda one: -one[1])
    )
    matters = not declared.mapped or bool(declared.exact_case)
    return ShortTextBody(accepted=accepted, case_matters=matters)


def _marked(
    element: Element, names: Collection[str], gap_of: Callable[[Element, str], Gap]
) -> tuple[Element, tuple[Gap, ...]]:
    """Return a copy in which each element of some names is the mark of a gap, and the gaps."""
    gaps: list[Gap] = []

    def marked(parent: Element) -> Element:
        made = Element(parent.tag, parent.attrib)
        made.text, made.tail = parent.text, parent.tail
        for one in parent:
            if local(one) not in names:
                made.append(marked(one))
                continue
            gap = gap_of(one, number_key(len(gaps)))
            gaps.append(gap)
            append_words(made, f"[[{gap.key}]]{one.tail or ''}")
        return made

    return marked(element), tuple(gaps)


def _filled(
    item: Item,
    marked: tuple[Element, tuple[Gap, ...]],
    asked: Element | None,
    others: Collection[str],
) -> Asked:
    """Return the gaps of a text, what is asked of them, and nothing of the elements named."""
    element, gaps = marked
    parts = (one for one in contents(element) if not is_named(one, others))
    credit = Credit.PARTIAL if item.by_mapping else Credit.ALL_OR_NOTHING
    body = GapsBody(text=taken(parts, item.rename), gaps=gaps, credit=credit)
    stem = item.text(asked)
    return Asked(body, stem=gaps_stem() if stem.is_blank else stem)


def _gap(item: Item, interaction: Element, key: str) -> Gap:
    declared = item.declaration(interaction)
    if local(interaction) == "inlineChoiceInteraction":
        choices = list(children(interaction, "inlineChoice"))
        shares = declared.shares(
            [one.get("identifier", "") for one in choices], by_mapping=item.by_mapping
        )
        choice = one_choice(
            Offered(
                text=plain(words(one)),
                share=shares[one.get("identifier", "")],
                pinned=one.get("fixed") == "true",
            )
            for one in choices
        )
        return Gap(key=key, choice=choice, weight=_weight(declared))
    body = _entry_body(item, declared)
    if isinstance(body, NumericBody):
        return Gap(key=key, number=body, weight=_weight(declared))
    return Gap(key=key, words=body, weight=_weight(declared))


def _weight(declared: Declaration) -> int:
    """Return how much a gap counts: what its right answer is mapped to, where that is whole."""
    whole = declared.whole if declared.mapped else Fraction(1)
    return int(whole) if whole >= 1 and whole.denominator == 1 else 1


def gap_match(item: Item, interaction: Element) -> Asked:
    """Words to be laid into the gaps of a text: each gap is a choice among all of them."""
    declared = item.declaration(interaction)
    right = {pair.split()[1]: pair.split()[0] for pair in declared.correct if " " in pair}
    texts = {one.get("identifier", ""): words(one) for one in children(interaction, "gapText")}

    def gap_of(element: Element, key: str) -> Gap:
        wanted = right.get(element.get("identifier", ""), "")
        offered = (
            Offered(text=plain(text), share=Fraction(name == wanted))
            for name, text in texts.items()
        )
        return Gap(key=key, choice=one_choice(offered))

    marked = _marked(interaction, _GAPS, gap_of)
    return _filled(item, marked, child(interaction, "prompt"), ("gapText", "gapImg", "prompt"))
