"""Making questions of QTI items, versions 2.0 to 3.0: one reader for each interaction."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import (
    Draft,
    Made,
    NotAsked,
    Source,
    make,
    split_tags,
)
from app.core.assessments.formats.building import (
    ASKS_NOTHING,
    SEVERAL_AT_ONCE,
    Asked,
    Offered,
    many_choice,
    one_choice,
    ordered,
    truth,
    weighed_choice,
)
from app.core.assessments.formats.markup_xml import Rename, contents, taken
from app.core.assessments.formats.qti_declarations import (
    Declaration,
    declarations,
    points_of,
    uses_mapping,
)
from app.core.assessments.formats.qti_gaps import INLINE, gap_match, inline
from app.core.assessments.formats.qti_item import Item, has
from app.core.assessments.formats.xml_reading import append_words, child, children, local, words
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import ChoiceCredit
from app.core.assessments.question_types.matching import MatchAnswer, MatchingBody, MatchPrompt
from app.core.assessments.types import NO_TEXT, Credit, Question, RichText
from app.core.base.words import _

_TRUE, _FALSE = "true", "false"
_KEBAB = re.compile(r"-([a-z])")


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
    return make(source, lambda: _draft(item, name, rename, tags))


def _draft(item: Element, name: str, rename: Rename, tags: Sequence[str]) -> Draft:
    body = child(item, "itemBody")
    if body is None:
        raise NotAsked(_("It has no text."))
    if has(item, "templateDeclaration"):
        raise NotAsked(_("Its text is made anew for each learner, which is not supported."))
    if item.get("adaptive") == "true":
        raise NotAsked(_("It is answered in several steps, which is not supported."))
    read = Item(item, body, declarations(item), uses_mapping(item), rename)
    asked = _asked(read)
    kept, critical = split_tags(tags)
    question = Question(
        type=asked.type,
        name=name,
        stem=asked.stem or _stem(read),
        body=asked.body,
        feedback=_general_feedback(read),
        points=points_of(item),
        critical=critical,
        tags=kept,
        language=_language(item),
    )
    return Draft(question)


def _asked(item: Item) -> Asked:
    interactions = list(_interactions(item.body))
    kinds = {local(one) for one in interactions}
    if not interactions:
        raise NotAsked(_(ASKS_NOTHING))
    if kinds <= INLINE:
        return inline(item, interactions)
    if len(interactions) > 1:
        raise NotAsked(_(SEVERAL_AT_ONCE))
    reader = _READERS.get(local(interactions[0]))
    if reader is None:
        raise NotAsked(
            _("A QTI {interaction} is not supported.").format(interaction=local(interactions[0]))
        )
    return reader(item, interactions[0])


def _interactions(element: Element) -> Iterator[Element]:
    return (one for one in element.iter() if local(one).endswith("Interaction"))


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda found: found[1].upper(), name)


def _language(item: Element) -> str:
    code = item.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return code.partition("-")[0].lower()


def _stem(item: Item) -> RichText:
    """Return what is asked: what stands around the interaction, then its prompt."""
    interaction = next(_interactions(item.body))
    around = _without(item.body, interaction)
    prompt = child(interaction, "prompt")
    if prompt is None or not words(prompt):
        return taken(contents(around), item.rename)
    if not "".join(around.itertext()).strip() and not has(around, "img", "object"):
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
            kept = _without(one, gone)
            if len(one) and not len(kept) and not (kept.text or "").strip():
                continue  # it held nothing else
            made.append(kept)
        elif one.tail:
            append_words(made, one.tail)
    return made


def _general_feedback(item: Item) -> RichText:
    for one in children(item.element, "modalFeedback"):
        if one.get("showHide", "show") == "show":
            inner = child(one, "contentBody")
            return item.text(one if inner is None else inner)
    return NO_TEXT


def _choice(item: Item, interaction: Element) -> Asked:
    declared = item.declaration(interaction)
    choices = list(children(interaction, "simpleChoice"))
    keys = [one.get("identifier", "") for one in choices]
    if sorted(keys) == [_FALSE, _TRUE] and declared.cardinality == "single":
        return _truth(item, choices, declared)
    shares = declared.shares(keys, by_mapping=item.by_mapping)
    offered = [
        Offered(
            text=item.text(one, "feedbackInline"),
            share=shares[one.get("identifier", "")],
            feedback=item.text(child(one, "feedbackInline")),
            pinned=one.get("fixed") == "true",
        )
        for one in choices
    ]
    if declared.cardinality == "single":
        return Asked(one_choice(offered))
    if item.by_mapping and declared.mapped:
        return Asked(weighed_choice(offered))
    return Asked(many_choice(offered, ChoiceCredit.ALL_OR_NOTHING))


def _truth(item: Item, choices: Sequence[Element], declared: Declaration) -> Asked:
    said = {
        one.get("identifier") == _TRUE: item.text(child(one, "feedbackInline")) for one in choices
    }
    answer = declared.correct == (_TRUE,) if len(declared.correct) == 1 else None
    return Asked(truth(answer=answer, said=said))


def _order(item: Item, interaction: Element) -> Asked:
    declared = item.declaration(interaction)
    texts = {
        one.get("identifier", ""): item.text(one, "feedbackInline")
        for one in children(interaction, "simpleChoice")
    }
    if sorted(declared.correct) != sorted(texts):
        raise NotAsked(_("Its right order does not name every item once."))
    return Asked(ordered((texts[key] for key in declared.correct), Credit.ALL_OR_NOTHING))


def _match(item: Item, interaction: Element) -> Asked:
    declared = item.declaration(interaction)
    sets = [
        list(children(one, "simpleAssociableChoice"))
        for one in children(interaction, "simpleMatchSet")
    ]
    if len(sets) != 2:  # noqa: PLR2004
        raise NotAsked(_("It does not pair two sets."))
    right = _partners(declared)
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
    return Asked(MatchingBody(prompts=tuple(prompts), answers=answers, credit=credit))


def _partners(declared: Declaration) -> dict[str, str]:
    """Return the right partner of each item of the first set."""
    pairs = (pair.split()[:2] for pair in declared.correct if len(pair.split()) > 1)
    right = dict(pairs)
    if len(right) < len(declared.correct):
        raise NotAsked(_("An item has several right partners, which is not supported."))
    return right


_READERS: dict[str, Callable[[Item, Element], Asked]] = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "gapMatchInteraction": gap_match,
}
