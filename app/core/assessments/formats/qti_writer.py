"""Writing questions as a package of QTI 2.1."""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.core.assessments.formats.addresses import quote
from app.core.assessments.formats.assembling import NotAsked, joined_tags
from app.core.assessments.formats.base import BankQuestion, MediaSource
from app.core.assessments.formats.building import gaps_stem
from app.core.assessments.formats.markup_xml import MEDIA_FOLDER, contents, put
from app.core.assessments.formats.qti_manifest import MANIFEST, manifest
from app.core.assessments.formats.qti_out import RESPONSE, Out
from app.core.assessments.formats.xml_reading import add, append_words, document
from app.core.assessments.markup import plain_text
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.gaps import GAP, Gap, Gaps, GapsBody
from app.core.assessments.question_types.matching import Matching, MatchingBody
from app.core.assessments.question_types.numbers import written
from app.core.assessments.question_types.numeric import Numeric, NumericBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import Ordering, OrderingBody
from app.core.assessments.question_types.short_text import ShortText, ShortTextBody
from app.core.assessments.question_types.true_false import FALSE, TRUE, TrueFalse, TrueFalseBody
from app.core.assessments.stored import media_of
from app.core.assessments.types import EVERYTHING, Credit
from app.core.base.words import _

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The same questions make the same bytes."""
_ESCAPE = re.compile(r"\\([*\\])")


def write_package(bank: Sequence[BankQuestion], media: MediaSource) -> bytes:
    """Return the questions as one archive. Raises NotAsked."""
    files: dict[str, bytes] = {}
    entries = []
    for number, one in enumerate(bank, start=1):
        place = f"item{number:05}.xml"
        files[place] = _item(one, f"item{number}")
        names = []
        for each in media_of(one.question):
            content = media(each)
            if content is not None:
                names.append(MEDIA_FOLDER + quote(each.name))
                files[MEDIA_FOLDER + each.name] = content
        entries.append((place, joined_tags(one.question), names))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for place, content in {MANIFEST: document(manifest(entries)), **files}.items():
            info = ZipInfo(place, _NO_DATE)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def _item(one: BankQuestion, identifier: str) -> bytes:
    question = one.question
    writer = _WRITERS.get(question.type)
    if writer is None:
        raise NotAsked(_("QTI has no question of this type."))
    item = Element(
        "assessmentItem",
        {
            "xmlns": _QTI,
            "identifier": identifier,
            "title": question.name,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    if question.language:
        item.set(_LANGUAGE, question.language)
    out = Out(item, question)
    writer(out, question.body)
    out.finish()
    written_out: bytes = tostring(item, encoding="utf-8", xml_declaration=True)
    return written_out


def _choices(interaction: Element, options: Sequence[Option]) -> None:
    for one in options:
        choice = add(interaction, "simpleChoice", identifier=f"c{one.key}")
        if one.pinned:
            choice.set("fixed", "true")
        put(choice, one.text, block=False)
        if not one.feedback.is_blank:
            said = add(
                choice,
                "feedbackInline",
                outcomeIdentifier="FEEDBACK",
                showHide="show",
                identifier=f"c{one.key}",
            )
            put(said, one.feedback, block=False)


def _choice_one(out: Out, body: ChoiceOneBody) -> None:
    right = next(one.key for one in body.options if one.share == EVERYTHING)
    shares = {f"c{one.key}": one.share for one in body.options if one.share}
    is_simple = list(shares.values()) == [EVERYTHING]
    out.declare("single", "identifier", [f"c{right}"], None if is_simple else shares)
    if is_simple:
        out.score_right(RESPONSE)
    else:
        out.score_mapped()
    _choices(out.interaction("choiceInteraction", shuffle="true", maxChoices="1"), body.options)


def _choice_many(out: Out, body: ChoiceManyBody) -> None:
    right = [f"c{one.key}" for one in body.options if one.key in body.right]
    if body.credit is ChoiceCredit.ALL_OR_NOTHING:
        out.declare("multiple", "identifier", right)
        out.score_right(RESPONSE)
    else:
        out.declare("multiple", "identifier", right, _weights(body))
        out.score_mapped()
    _choices(out.interaction("choiceInteraction", shuffle="true", maxChoices="0"), body.options)


def _weights(body: ChoiceManyBody) -> dict[str, Fraction]:
    if body.credit is ChoiceCredit.WEIGHTED:
        return {f"c{one.key}": one.share for one in body.options if one.share}
    each = Fraction(1, len(body.right))  # below nothing in all counts as nothing
    return {f"c{one.key}": each if one.key in body.right else -each for one in body.options}


def _true_false(out: Out, body: TrueFalseBody) -> None:
    out.declare("single", "identifier", [TRUE if body.answer else FALSE])
    out.score_right(RESPONSE)
    interaction = out.interaction("choiceInteraction", shuffle="false", maxChoices="1")
    for key, words, feedback in (
        (TRUE, _("True"), body.feedback_true),
        (FALSE, _("False"), body.feedback_false),
    ):
        choice = add(interaction, "simpleChoice", words, identifier=key)
        if not feedback.is_blank:
            said = add(
                choice,
                "feedbackInline",
                outcomeIdentifier="FEEDBACK",
                showHide="show",
                identifier=key,
            )
            put(said, feedback, block=False)


def _ordering(out: Out, body: OrderingBody) -> None:
    out.declare("ordered", "identifier", [f"c{one.key}" for one in body.items])
    out.score_right(RESPONSE)
    interaction = out.interaction("orderInteraction", shuffle="true")
    _choices(interaction, [Option(key=one.key, text=one.text) for one in body.items])


def _matching(out: Out, body: MatchingBody) -> None:
    pairs = [f"p{one.key} a{one.answer}" for one in body.prompts]
    in_part = body.credit is Credit.PARTIAL
    each = Fraction(1, len(pairs))
    out.declare("multiple", "directedPair", pairs, dict.fromkeys(pairs, each) if in_part else None)
    if in_part:
        out.score_mapped()
    else:
        out.score_right(RESPONSE)
    interaction = out.interaction(
        "matchInteraction", shuffle="true", maxAssociations=str(len(body.prompts))
    )
    most = str(len(body.prompts))
    for sign, texts, times in (
        ("p", [(one.key, one.text) for one in body.prompts], "1"),
        ("a", [(one.key, one.text) for one in body.answers], most),
    ):
        holder = add(interaction, "simpleMatchSet")
        for key, text in texts:
            made = add(holder, "simpleAssociableChoice", identifier=f"{sign}{key}", matchMax=times)
            put(made, text, block=False)


def _short_text(out: Out, body: ShortTextBody) -> None:
    _declare_words(out, body, RESPONSE)
    out.score_mapped()
    _entry(out)


def _numeric(out: Out, body: NumericBody) -> None:
    right = next(one for one in body.accepted if one.share == EVERYTHING)
    if right.example is None:
        raise NotAsked(_("There is no number."))
    out.declare("single", "float", [written(right.example)])
    out.score_numbers(body.accepted)
    _entry(out)


def _entry(out: Out) -> None:
    put(out.body, out.question.stem, block=True)
    add(add(out.body, "p"), "textEntryInteraction", responseIdentifier=RESPONSE)


def _declare_words(out: Out, body: ShortTextBody, identifier: str, weight: int = 1) -> None:
    shares: dict[str, Fraction] = {}
    for one in body.accepted:  # the first that fits decides
        shares.setdefault(_literal(one.pattern), one.share * weight)
    right = next(key for key, share in shares.items() if share == weight)
    out.declare("single", "string", [right], shares, identifier, exact_case=body.case_matters)


def _literal(pattern: str) -> str:
    return _ESCAPE.sub(r"\1", pattern)


def _gaps(out: Out, body: GapsBody) -> None:
    if out.question.stem != gaps_stem():
        put(add(out.body, "rubricBlock", view="candidate"), out.question.stem, block=True)
    out.worth = 1
    gaps = {gap.key: gap for gap in body.gaps}
    names = {key: f"{RESPONSE}{index}" for index, key in enumerate(gaps, start=1)}
    for key, gap in gaps.items():
        _declare_gap(out, gap, names[key])
    if body.credit is Credit.PARTIAL:
        out.score_sum(list(names.values()), sum(gap.weight for gap in body.gaps))
    else:
        out.score_right(*names.values())
    holder = Element("itemBody")
    put(holder, body.text, block=True)
    out.body.extend(_with_entries(one, gaps, names) for one in holder)


def _declare_gap(out: Out, gap: Gap, name: str) -> None:
    if gap.words:
        _declare_words(out, gap.words, name, gap.weight)
    elif gap.choice:
        shares = {f"c{one.key}": one.share for one in gap.choice.options if one.share}
        _declare_shares(out, "identifier", shares, name, gap.weight)
    elif gap.number:
        _declare_shares(out, "float", _exact_numbers(gap.number), name, gap.weight)


def _declare_shares(
    out: Out, base_type: str, shares: Mapping[str, Fraction], name: str, weight: int
) -> None:
    right = next(key for key, share in shares.items() if share == EVERYTHING)
    mapped = {key: share * weight for key, share in shares.items()}
    out.declare("single", base_type, [right], mapped, name)


def _exact_numbers(body: NumericBody) -> dict[str, Fraction]:
    shares: dict[str, Fraction] = {}
    for one in body.accepted:
        if one.near is None:
            raise NotAsked(_("A range in a gap cannot be said in QTI."))
        shares.setdefault(written(one.near.value), one.share)
    return shares


def _with_entries(element: Element, gaps: dict[str, Gap], names: dict[str, str]) -> Element:
    """Return a copy in which the mark of each gap is its interaction."""
    made = Element(element.tag, element.attrib)
    made.tail = element.tail
    for part in contents(element):
        if isinstance(part, Element):
            made.append(_with_entries(part, gaps, names))
            continue
        pieces = GAP.split(part)  # words, key, words, key … words
        append_words(made, pieces[0])
        for key, words in zip(pieces[1::2], pieces[2::2], strict=True):
            made.append(_gap_interaction(gaps[key], names[key]))
            append_words(made, words)
    return made


def _gap_interaction(gap: Gap, name: str) -> Element:
    if gap.choice is None:
        return Element("textEntryInteraction", {"responseIdentifier": name})
    made = Element("inlineChoiceInteraction", {"responseIdentifier": name, "shuffle": "true"})
    for one in gap.choice.options:
        choice = add(made, "inlineChoice", plain_text(one.text), identifier=f"c{one.key}")
        if one.pinned:
            choice.set("fixed", "true")
    return made


_WRITERS: dict[str, Callable[[Out, Any], None]] = {  # Any: each is handed its own kind of body
    ChoiceOne.key: _choice_one,
    ChoiceMany.key: _choice_many,
    TrueFalse.key: _true_false,
    ShortText.key: _short_text,
    Numeric.key: _numeric,
    Matching.key: _matching,
    Ordering.key: _ordering,
    Gaps.key: _gaps,
}
