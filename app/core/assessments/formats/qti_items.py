"""Making questions of QTI items, versions 2.0 to 3.0: one reader for each interaction."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import (
    Made,
    NotAsked,
    Source,
    assemble,
    left_out,
    split_tags,
)
from app.core.assessments.formats.markup_xml import Rename, contents, taken
from app.core.assessments.formats.moodle_questions import gaps_stem
from app.core.assessments.formats.qti_declarations import (
    Declaration,
    declarations,
    points_of,
    uses_mapping,
)
from app.core.assessments.formats.qti_numbers import accepted_numbers
from app.core.assessments.formats.xml_reading import child, children, local, within, words
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.gaps import GAP, Gap, Gaps, GapsBody
from app.core.assessments.question_types.matching import (
    MatchAnswer,
    Matching,
    MatchingBody,
    MatchPrompt,
)
from app.core.assessments.question_types.numeric import Numeric, NumericBody
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
    Body,
    Credit,
    Question,
    RichText,
)
from app.core.base.words import _

_INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_NUMBERS = frozenset({"float", "integer"})
_KEBAB = re.compile(r"-([a-z])")
_WILD = re.compile(r"([*\\])")


@dataclass(frozen=True, slots=True)
class _Item:
    element: Element
    body: Element
    declared: dict[str, Declaration]
    by_mapping: bool
    rename: Rename

    def text(self, element: Element | None, *without: str) -> RichText:
        """Return the text of an element, leaving out parts of some names."""
        if element is None:
            return NO_TEXT
        return taken((one for one in contents(element) if not _is_named(one, without)), self.rename)

    def declaration(self, interaction: Element) -> Declaration:
        found = self.declared.get(interaction.get("responseIdentifier", ""))
        if found is None:
            raise NotAsked(_("It does not say what is right."))
        return found


@dataclass(frozen=True, slots=True)
class _Built:
    type: str
    body: Body
    stem: RichText | None = None


def plain_names(root: Element) -> Element:
    """Return the tree in the spelling of QTI 2: 3.0 says qti-choice-interaction, max-choices."""
    for one in root.iter():
        name = local(one)
        if not name.startswith("qti-"):
            continue
        one.tag = _camel(name.removeprefix("qti-"))
        for key in [key for key in one.attrib if "-" in key and not key.startswith("data-")]:
            one.set(_camel(key), one.attrib.pop(key))
    return root


def read_item(item: Element, source: Source, rename: Rename, tags: Sequence[str] = ()) -> Made:
    """Return the question of an item. Never raises for what a file may hold."""
    name = " ".join(item.get("title", "").split())
    source = replace(source, name=name or source.name, external_id=source.external_id)
    try:
        question = _question(item, name, rename, tags)
    except (NotAsked, ValueError) as error:
        return left_out(source, error.reason if isinstance(error, NotAsked) else str(error))
    return assemble(question, source)


def _question(item: Element, name: str, rename: Rename, tags: Sequence[str]) -> Question:
    body = child(item, "itemBody")
    if body is None:
        raise NotAsked(_("It has no text."))
    if _has(item, "templateDeclaration"):
        raise NotAsked(_("Its text is made anew for each learner, which is not supported."))
    if item.get("adaptive") == "true":
        raise NotAsked(_("It is answered in several steps, which is not supported."))
    read = _Item(item, body, declarations(item), uses_mapping(item), rename)
    built = _built(read)
    kept, critical = split_tags(tags)
    return Question(
        type=built.type,
        name=name,
        stem=built.stem or _stem(read),
        body=built.body,
        feedback=_general_feedback(read),
        points=points_of(item),
        critical=critical,
        tags=kept,
        language=_language(item),
    )


def _built(item: _Item) -> _Built:
    interactions = list(_interactions(item.body))
    kinds = {local(one) for one in interactions}
    if not interactions:
        raise NotAsked(_("It is a text that asks nothing; put it on a page of the course."))
    if kinds <= _INLINE:
        return _inline(item, interactions)
    if len(interactions) > 1:
        raise NotAsked(_("It asks several things at once, which is not supported."))
    reader = _READERS.get(local(interactions[0]))
    if reader is None:
        raise NotAsked(
            _("A QTI {interaction} is not supported.").format(interaction=local(interactions[0]))
        )
    return reader(item, interactions[0])


def _has(element: Element, *names: str) -> bool:
    return next(within(element, *names), None) is not None


def _interactions(element: Element) -> Iterator[Element]:
    return (one for one in element.iter() if local(one).endswith("Interaction"))


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda found: found[1].upper(), name)


def _is_named(part: str | Element, names: Sequence[str]) -> bool:
    return isinstance(part, Element) and local(part) in names


def _language(item: Element) -> str:
    code = item.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return code.partition("-")[0].lower()


def _stem(item: _Item) -> RichText:
    """Return what is asked: what stands around the interaction, then its prompt."""
    interaction = next(_interactions(item.body))
    around = _without(item.body, interaction)
    prompt = child(interaction, "prompt")
    if prompt is None or not words(prompt):
        return taken(contents(around), item.rename)
    if not "".join(around.itertext()).strip() and not _has(around, "img", "object"):
        return item.text(prompt)
    return taken([*contents(around), _wrapped(prompt)], item.rename)


def _wrapped(prompt: Element) -> Element:
    made = Element("p")
    made.text = prompt.text
    made.extend(prompt)
    return made


def _without(element: Element, gone: Element) -> Element:
    """Return a copy of an element without one that lies in it."""
    made = Element(element.tag, element.attrib)
    made.text, made.tail = element.text, element.tail
    for one in element:
        if one is not gone:
            made.append(_without(one, gone))
        elif one.tail:
            _append_words(made, one.tail)
    return made


def _append_words(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _general_feedback(item: _Item) -> RichText:
    for one in children(item.element, "modalFeedback"):
        if one.get("showHide", "show") == "show":
            inner = child(one, "contentBody")
            return item.text(one if inner is None else inner)
    return NO_TEXT


def _choice(item: _Item, interaction: Element) -> _Built:
    declared = item.declaration(interaction)
    choices = list(children(interaction, "simpleChoice"))
    keys = [one.get("identifier", "") for one in choices]
    if sorted(keys) == ["false", "true"] and declared.cardinality == "single":
        return _truth(item, choices, declared)
    shares = declared.shares(keys, by_mapping=item.by_mapping)
    options = tuple(
        Option(
            key=number_key(index),
            text=item.text(one, "feedbackInline"),
            share=shares[one.get("identifier", "")],
            feedback=item.text(child(one, "feedbackInline")),
            pinned=one.get("fixed") == "true",
        )
        for index, one in enumerate(choices)
    )
    if declared.cardinality == "single":
        return _Built(ChoiceOne.key, ChoiceOneBody(options=options))
    is_weighted = item.by_mapping and bool(declared.mapped)
    credit = ChoiceCredit.WEIGHTED if is_weighted else ChoiceCredit.ALL_OR_NOTHING
    return _Built(ChoiceMany.key, ChoiceManyBody(options=options, credit=credit))


def _truth(item: _Item, choices: Sequence[Element], declared: Declaration) -> _Built:
    said = {one.get("identifier"): item.text(child(one, "feedbackInline")) for one in choices}
    if len(declared.correct) != 1:
        raise NotAsked(_("It does not say whether the statement is true."))
    body = TrueFalseBody(
        answer=declared.correct[0] == "true",
        feedback_true=said["true"],
        feedback_false=said["false"],
    )
    return _Built(TrueFalse.key, body)


def _order(item: _Item, interaction: Element) -> _Built:
    declared = item.declaration(interaction)
    texts = {
        one.get("identifier", ""): item.text(one, "feedbackInline")
        for one in children(interaction, "simpleChoice")
    }
    if sorted(declared.correct) != sorted(texts):
        raise NotAsked(_("Its right order does not name every item once."))
    items = tuple(
        OrderItem(key=number_key(index), text=texts[key])
        for index, key in enumerate(declared.correct)
    )
    return _Built(Ordering.key, OrderingBody(items=items, credit=Credit.ALL_OR_NOTHING))


def _match(item: _Item, interaction: Element) -> _Built:
    declared = item.declaration(interaction)
    sets = [
        list(children(one, "simpleAssociableChoice"))
        for one in children(interaction, "simpleMatchSet")
    ]
    if len(sets) != 2:  # noqa: PLR2004
        raise NotAsked(_("It does not pair two sets."))
    right = dict(pair.split()[:2] for pair in declared.correct if len(pair.split()) > 1)
    if len(right) < len(declared.correct):
        raise NotAsked(_("An item has several right partners, which is not supported."))
    keys = {one.get("identifier", ""): number_key(index) for index, one in enumerate(sets[1])}
    prompts = []
    for index, one in enumerate(sets[0]):
        partner = keys.get(right.get(one.get("identifier", ""), ""))
        if partner is None:
            raise NotAsked(_("An item has no right partner."))
        prompts.append(MatchPrompt(key=number_key(index), text=item.text(one), answer=partner))
    answers = tuple(
        MatchAnswer(key=keys[one.get("identifier", "")], text=item.text(one)) for one in sets[1]
    )
    is_summed = item.by_mapping and bool(declared.mapped)
    credit = Credit.PARTIAL if is_summed else Credit.ALL_OR_NOTHING
    return _Built(
        Matching.key, MatchingBody(prompts=tuple(prompts), answers=answers, credit=credit)
    )


def _inline(item: _Item, interactions: Sequence[Element]) -> _Built:
    """One entry after the text is an answer; entries within it, or several, are gaps."""
    only = interactions[0]
    if len(interactions) == 1 and local(only) == "textEntryInteraction" and _is_last(item.body):
        declared = item.declaration(only)
        body, kind = _entry_body(item, declared)
        return _Built(kind, body)
    gaps: list[Gap] = []
    marked = _marked(item, item.body, gaps)
    text = taken(contents(marked), item.rename)
    credit = Credit.PARTIAL if item.by_mapping else Credit.ALL_OR_NOTHING
    body_ = GapsBody(text=text, gaps=tuple(gaps), credit=credit)
    return _Built(Gaps.key, body_, stem=gaps_stem())


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


def _entry_body(item: _Item, declared: Declaration) -> tuple[Body, str]:
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


def _marked(item: _Item, element: Element, gaps: list[Gap]) -> Element:
    """Return a copy in which each entry is the mark of a gap, and add the gaps."""
    made = Element(element.tag, element.attrib)
    made.text, made.tail = element.text, element.tail
    if GAP.search("".join(element.itertext())):
        raise NotAsked(_("Its text holds words in double square brackets, which mark gaps here."))
    for one in element:
        if local(one) not in _INLINE:
            made.append(_marked(item, one, gaps))
            continue
        gap = _gap(item, one, number_key(len(gaps)))
        gaps.append(gap)
        _append_words(made, f"[[{gap.key}]]{one.tail or ''}")
    return made


def _gap(item: _Item, interaction: Element, key: str) -> Gap:
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


_READERS: dict[str, Callable[[_Item, Element], _Built]] = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
}
