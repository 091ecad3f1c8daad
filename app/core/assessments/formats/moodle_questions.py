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
    Draft,
    Made,
    NotAsked,
    Source,
    make,
    split_tags,
)
from app.core.assessments.formats.building import (
    ASKS_NOTHING,
    FOR_A_PERSON,
    Asked,
    Offered,
    Pairing,
    TypedNumber,
    gaps_stem,
    many_choice,
    not_a_number,
    one_choice,
    ordered,
    right_choice,
    truth,
    typed_numbers,
    weighed_choice,
)
from app.core.assessments.formats.cloze import read_cloze
from app.core.assessments.formats.files_found import FilesFound
from app.core.assessments.formats.moodle_texts import old_picture, read_text
from app.core.assessments.formats.shares import even_shares, share_of
from app.core.assessments.formats.xml_reading import child, children, words
from app.core.assessments.markup import PLUGIN_FILE, plain_text
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_many import ChoiceCredit
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import Gap, GapsBody
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.types import (
    EVERYTHING,
    NOTHING,
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
    "description": ASKS_NOTHING,
    "essay": FOR_A_PERSON,
}


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
    name = _one_line(words(element, "name", "text"))
    source = Source(name=name or place, category=category, external_id=words(element, "idnumber"))
    return make(source, lambda: _draft(_Entry(element, found), name))


def _draft(entry: _Entry, name: str) -> Draft:
    asked = _reader_of(entry.element)(entry)
    points, noted = _points(entry.element)
    tags, critical = split_tags(words(one, "text") for one in _tags(entry.element))
    question = Question(
        type=asked.type,
        name=name,
        stem=asked.stem or entry.stem,
        body=asked.body,
        feedback=entry.text(child(entry.element, "generalfeedback")),
        points=points,
        critical=critical,
        tags=tags,
    )
    return Draft(question, (*asked.notes, *noted))


def _reader_of(element: Element) -> Callable[[_Entry], Asked]:
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
        raise not_a_number(text) from error
    if not number.is_finite() or abs(number) > 10**9:
        raise not_a_number(text)
    return number


def _fraction(answer: Element) -> Decimal:
    weight = _decimal(answer.get("fraction", "0") or "0")
    if abs(weight) > 100:  # noqa: PLR2004  percent
        raise NotAsked(_("A weight lies beyond 100%."))
    return weight


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _offered(entry: _Entry, shares: Iterable[Fraction]) -> Iterable[Offered]:
    return (
        Offered(
            text=entry.text(answer), share=share, feedback=entry.text(child(answer, "feedback"))
        )
        for answer, share in zip(entry.answers(), shares, strict=True)
    )


def _choice(entry: _Entry) -> Asked:
    weights = [_fraction(answer) for answer in entry.answers()]
    if words(entry.element, "single").lower() in {"true", "1"}:
        return Asked(one_choice(_offered(entry, map(share_of, weights))))
    return Asked(weighed_choice(_offered(entry, even_shares(weights))))


def _choice_set(entry: _Entry) -> Asked:
    shares = [EVERYTHING if _fraction(answer) > 0 else NOTHING for answer in entry.answers()]
    return Asked(many_choice(_offered(entry, shares), ChoiceCredit.ALL_OR_NOTHING))


def _truth(entry: _Entry) -> Asked:
    said: dict[bool, RichText] = {}
    right: bool | None = None
    for answer in entry.answers():
        is_true = words(answer, "text").lower() == "true"
        said[is_true] = entry.text(child(answer, "feedback"))
        if _fraction(answer) > 0:
            right = is_true
    return Asked(truth(answer=right, said=said))


def _words(entry: _Entry) -> Asked:
    accepted = tuple(
        AcceptedText(
            pattern=words(answer, "text"),
            share=share_of(_fraction(answer)),
            feedback=entry.text(child(answer, "feedback")),
        )
        for answer in entry.answers()
    )
    matters = words(entry.element, "usecase") == "1"
    return Asked(ShortTextBody(accepted=accepted, case_matters=matters))


def _number(entry: _Entry) -> Asked:
    typed = (
        TypedNumber(
            value=words(answer, "text"),
            tolerance=words(answer, "tolerance"),
            share=share_of(_fraction(answer)),
            feedback=entry.text(child(answer, "feedback")),
        )
        for answer in entry.answers()
    )
    units = child(entry.element, "units")
    notes = (
        (_("Its units are not asked for: only the number counts."),)
        if units is not None and len(units)
        else ()
    )
    return Asked(typed_numbers(typed), notes=notes)


def _pairs(entry: _Entry) -> Asked:
    pairing = Pairing()
    for pair in children(entry.element, "subquestion"):
        pairing.pair(entry.text(pair), plain(words(pair, "answer", "text")))
    return Asked(pairing.body(Credit.PARTIAL))


def _order(entry: _Entry) -> Asked:
    placed = sorted(entry.answers(), key=_fraction)
    strict = words(entry.element, "gradingtype") == ALL_OR_NOTHING_GRADING
    credit = Credit.ALL_OR_NOTHING if strict else Credit.PARTIAL
    return Asked(ordered(map(entry.text, placed), credit))


def _cloze(entry: _Entry) -> Asked:
    return Asked(read_cloze(entry.stem), stem=gaps_stem())


def _chosen_gaps(entry: _Entry) -> Asked:
    """Gaps to be filled with words from groups ("select missing words", "drag and drop into text")."""
    holders = [one for name in ("selectoption", "dragbox") for one in children(entry.element, name)]
    groups = [words(one, "group") or "1" for one in holders]
    texts = [_bare(words(one, "text")) for one in holders]
    gaps: list[Gap] = []

    def taken(found: re.Match[str]) -> str:
        right = int(found[1]) - 1
        if not 0 <= right < len(holders):
            raise NotAsked(_("A gap names an answer that there is not."))
        every = zip(right_choice(texts, right).options, groups, strict=True)
        options = tuple(option for option, group in every if group == groups[right])
        gap = Gap(key=number_key(len(gaps)), choice=ChoiceOneBody(options=options))
        gaps.append(gap)
        return f"[[{gap.key}]]"

    stem = entry.stem
    filled = replace(stem, source=_PLACE_OF.sub(taken, stem.source))
    body = GapsBody(text=filled, gaps=tuple(gaps), credit=Credit.PARTIAL)
    return Asked(body, stem=gaps_stem())


def _bare(html: str) -> RichText:
    return plain(plain_text(RichText(source=html, format=TextFormat.HTML)))


_READERS: dict[str, Callable[[_Entry], Asked]] = {
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
