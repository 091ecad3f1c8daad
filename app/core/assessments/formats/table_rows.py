"""Questions as rows of a table: the template that authors fill in a spreadsheet.

One row is one question. `Correct` says by number which options are right, or what is accepted;
the manual's page on questions has an example of each type.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.core.assessments.formats.assembling import (
    Draft,
    Made,
    NotAsked,
    Source,
    joined_tags,
    left_out,
    make,
    split_tags,
)
from app.core.assessments.formats.base import BankQuestion
from app.core.assessments.formats.building import (
    Offered,
    Pairing,
    gaps_stem,
    many_choice,
    marked_text,
    not_a_number,
    one_choice,
    ordered,
    truth,
)
from app.core.assessments.formats.cloze import read_cloze, write_cloze
from app.core.assessments.formats.shares import percent_of, share_of
from app.core.assessments.markup import looks_like_html, shown_html
from app.core.assessments.question_types.choice_many import (
    ChoiceCredit,
    ChoiceMany,
    ChoiceManyBody,
)
from app.core.assessments.question_types.choice_one import ChoiceOne, ChoiceOneBody
from app.core.assessments.question_types.gaps import Gaps, GapsBody
from app.core.assessments.question_types.matching import Matching, MatchingBody
from app.core.assessments.question_types.numbers import read_number, written
from app.core.assessments.question_types.numeric import (
    AcceptedNumber,
    NumberNear,
    NumberRange,
    Numeric,
    NumericBody,
)
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.ordering import Ordering, OrderingBody
from app.core.assessments.question_types.short_text import (
    AcceptedText,
    ShortText,
    ShortTextBody,
)
from app.core.assessments.question_types.true_false import TrueFalse, TrueFalseBody
from app.core.assessments.types import (
    EVERYTHING,
    NOTHING,
    Body,
    Credit,
    Question,
    RichText,
    TextFormat,
)
from app.core.base.words import _

OPTIONS = 10
COLUMNS = (
    "Type",
    "Name",
    "Question",
    *(f"Option {number}" for number in range(1, OPTIONS + 1)),
    "Correct",
    "Credit",
    "Points",
    "Critical",
    "Tags",
    "Feedback",
    "Language",
    "Category",
    "Id",
)
"""The heads, in English in every language of the program: a file goes from site to site."""
NEEDED = ("Type", "Question")
_YES = frozenset({"yes", "y", "true", "1", "x", "हाँ"})
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_ARROW = " -> "
_RANGE = re.compile(r"\s*(.+?)\s*\.\.\s*(.+?)\s*")
_NEAR = re.compile(r"\s*([^±]+?)\s*(?:±\s*([^±%]+?)\s*(%?))?\s*")
_SEPARATOR = re.compile(r"\s*[,;\s]\s*")
_BAR = re.compile(r"(?<!\\)\|")
_PART = "partial"
_WEIGHTED = "weighted"
_CASE = "case"
_HTML = "<html>"

Row = Mapping[str, str]


def read_row(row: Row, line: int) -> Made:
    """Return the question of a row. Never raises for what a cell may hold."""
    source = Source(
        name=row["Name"] or row["Question"][:60],
        category=tuple(part.strip() for part in row["Category"].split("/") if part.strip()),
        external_id=row["Id"],
        line=line,
    )
    kind = row["Type"].strip().lower().replace(" ", "_")
    reader = _READERS.get(kind)
    if reader is None:
        known = ", ".join(_READERS)
        text = _("There is no type {type}; it must be one of {known}.")
        return left_out(source, text.format(type=kind[:40] or "–", known=known))
    return make(source, lambda: Draft(_question(row, kind, reader(row))))


def write_row(one: BankQuestion) -> dict[str, str]:
    """Return a question as a row. Raises NotAsked."""
    question = one.question
    writer = _WRITERS.get(question.type)
    if writer is None:
        raise NotAsked(_("A table has no question of this type."))
    cells = dict.fromkeys(COLUMNS, "")
    stem = question.stem
    cells.update(
        {
            "Type": question.type,
            "Name": question.name,
            "Question": _cell(stem),
            "Points": str(question.points),
            "Critical": "yes" if question.critical else "",
            "Tags": ", ".join(tag for tag in joined_tags(replace(question, critical=False))),
            "Feedback": _cell(question.feedback),
            "Language": question.language,
            "Category": " / ".join(one.category),
            "Id": one.external_id,
        }
    )
    cells.update(writer(question.body))
    return cells


def _question(row: Row, kind: str, body: Body) -> Question:
    points = read_number(row["Points"] or "1")
    if points is None or points != int(points):
        raise NotAsked(_("Its points are not a whole number."))
    tags, tagged = split_tags(row["Tags"].split(","))
    stem = gaps_stem() if kind == Gaps.key else _text(row["Question"])
    return Question(
        type=kind,
        name=" ".join(row["Name"].split()),
        stem=stem,
        body=body,
        feedback=_text(row["Feedback"]),
        points=int(points),
        critical=tagged or row["Critical"].strip().lower() in _YES,
        tags=tags,
        language=row["Language"].strip().lower(),
    )


def _text(cell: str) -> RichText:
    source = cell.strip()
    if source.startswith(_HTML):
        return RichText(source=source.removeprefix(_HTML), format=TextFormat.HTML)
    return marked_text(source)


def _cell(text: RichText) -> str:
    if text.is_blank:
        return ""
    if text.format is TextFormat.PLAIN:
        if looks_like_html(text.source) or text.source.startswith(_HTML):
            raise NotAsked(_("Its plain text looks like HTML."))
        return text.source
    shown = shown_html(text)
    return shown if looks_like_html(shown) else _HTML + shown


def _options(row: Row) -> list[str]:
    cells = [row[f"Option {number}"].strip() for number in range(1, OPTIONS + 1)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _numbers(row: Row, most: int) -> list[tuple[int, Fraction]]:
    """Return the options that `Correct` names, from 0, each with its share ("2:50%")."""
    found = []
    for part in filter(None, _SEPARATOR.split(row["Correct"].strip())):
        number, _colon, weight = part.partition(":")
        place = read_number(number)
        percent = read_number(weight.rstrip("%")) if weight else None
        if place is None or place != int(place) or not 1 <= place <= most:
            raise NotAsked(_("There is no option {letter}.").format(letter=number[:20]))
        found.append((int(place) - 1, EVERYTHING if percent is None else share_of(percent)))
    return found


def _offered(row: Row) -> Iterator[Offered]:
    texts = _options(row)
    shares = dict(_numbers(row, len(texts)))
    for index, text in enumerate(texts):
        yield Offered(text=_text(text), share=shares.get(index, NOTHING))


def _one(row: Row) -> Body:
    return one_choice(_offered(row))


def _many(row: Row) -> Body:
    credit = {
        _PART: ChoiceCredit.PARTIAL,
        _WEIGHTED: ChoiceCredit.WEIGHTED,
    }.get(row["Credit"].strip().lower(), ChoiceCredit.ALL_OR_NOTHING)
    return many_choice(_offered(row), credit)


def _truth(row: Row) -> Body:
    return truth(answer=_TRUTHS.get(row["Correct"].strip().lower()), said={})


def _words(row: Row) -> Body:
    accepted = tuple(
        AcceptedText(pattern=part.replace(r"\|", "|").strip())
        for part in _BAR.split(row["Correct"])
        if part.strip()
    )
    return ShortTextBody(accepted=accepted, case_matters=row["Credit"].strip().lower() == _CASE)


def _number(row: Row) -> Body:
    parts = [part for part in row["Correct"].split("|") if part.strip()]
    return NumericBody(accepted=tuple(map(_accepted, parts)))


def _accepted(text: str) -> AcceptedNumber:
    if span := _RANGE.fullmatch(text):
        low, high = read_number(span[1]), read_number(span[2])
        if low is not None and high is not None:
            return AcceptedNumber(within=NumberRange(low=low, high=high))
    elif near := _NEAR.fullmatch(text):
        value, reach = read_number(near[1]), read_number(near[2] or "0")
        if value is not None and reach is not None:
            relative = bool(near[3])
            tolerance = reach / 100 if relative else reach
            return AcceptedNumber(
                near=NumberNear(value=value, tolerance=tolerance, relative=relative)
            )
    raise not_a_number(text)


def _pairs(row: Row) -> Body:
    pairing = Pairing()
    for cell in _options(row):
        prompt, arrow, answer = cell.partition(_ARROW.strip())
        if not arrow:
            raise NotAsked(_("A pair has no arrow (->)."))
        pairing.pair(_text(prompt), _text(answer))
    return pairing.body(_credit(row))


def _order(row: Row) -> Body:
    return ordered(map(_text, _options(row)), _credit(row))


def _gaps(row: Row) -> Body:
    return replace(read_cloze(_text(row["Question"])), credit=_credit(row))


def _credit(row: Row) -> Credit:
    return Credit.PARTIAL if row["Credit"].strip().lower() == _PART else Credit.ALL_OR_NOTHING


_READERS: dict[str, Callable[[Row], Body]] = {
    ChoiceOne.key: _one,
    ChoiceMany.key: _many,
    TrueFalse.key: _truth,
    ShortText.key: _words,
    Numeric.key: _number,
    Matching.key: _pairs,
    Ordering.key: _order,
    Gaps.key: _gaps,
}


def _laid_out(texts: Sequence[str]) -> dict[str, str]:
    if len(texts) > OPTIONS:
        raise NotAsked(_("There are too many options."))
    if any(not text.strip() for text in texts):
        raise NotAsked(_("An option is empty."))
    return {f"Option {number}": text for number, text in enumerate(texts, start=1)}


def _named(options: Sequence[Option]) -> Iterator[str]:
    for number, one in enumerate(options, start=1):
        if one.share == EVERYTHING:
            yield str(number)
        elif one.share:
            yield f"{number}:{percent_of(one.share)}%"


def _write_one(body: ChoiceOneBody) -> dict[str, str]:
    laid_out = _laid_out([_cell(one.text) for one in body.options])
    return {**laid_out, "Correct": ", ".join(_named(body.options))}


def _write_many(body: ChoiceManyBody) -> dict[str, str]:
    credit = "" if body.credit is ChoiceCredit.ALL_OR_NOTHING else body.credit.value
    laid_out = _laid_out([_cell(one.text) for one in body.options])
    return {**laid_out, "Correct": ", ".join(_named(body.options)), "Credit": credit}


def _write_truth(body: TrueFalseBody) -> dict[str, str]:
    return {"Correct": "true" if body.answer else "false"}


def _write_words(body: ShortTextBody) -> dict[str, str]:
    accepted = " | ".join(one.pattern.replace("|", r"\|") for one in body.accepted)
    return {"Correct": accepted, "Credit": _CASE if body.case_matters else ""}


def _write_number(body: NumericBody) -> dict[str, str]:
    return {"Correct": " | ".join(map(_target, body.accepted))}


def _target(one: AcceptedNumber) -> str:
    if one.within is not None:
        return f"{written(one.within.low)}..{written(one.within.high)}"
    if one.near is None:
        raise NotAsked(_("There is no number."))
    if one.near.relative:
        return f"{written(one.near.value)} ± {written(one.near.tolerance * 100)}%"
    reach = f" ± {written(one.near.tolerance)}" if one.near.tolerance else ""
    return written(one.near.value) + reach


def _write_pairs(body: MatchingBody) -> dict[str, str]:
    answers = {one.key: _cell(one.text) for one in body.answers}
    used = {one.answer for one in body.prompts}
    lines = [f"{_cell(one.text)}{_ARROW}{answers[one.answer]}" for one in body.prompts]
    lines += [f"{_ARROW.strip()} {text}" for key, text in answers.items() if key not in used]
    return {**_laid_out(lines), "Credit": _credit_cell(body.credit)}


def _write_order(body: OrderingBody) -> dict[str, str]:
    laid_out = _laid_out([_cell(one.text) for one in body.items])
    return {**laid_out, "Credit": _credit_cell(body.credit)}


def _write_gaps(body: GapsBody) -> dict[str, str]:
    return {"Question": _cell(write_cloze(body)), "Credit": _credit_cell(body.credit)}


def _credit_cell(credit: Credit) -> str:
    return _PART if credit is Credit.PARTIAL else ""


_WRITERS: dict[str, Callable[[Any], dict[str, str]]] = {  # Any: each is handed its own kind of body
    ChoiceOne.key: _write_one,
    ChoiceMany.key: _write_many,
    TrueFalse.key: _write_truth,
    ShortText.key: _write_words,
    Numeric.key: _write_number,
    Matching.key: _write_pairs,
    Ordering.key: _write_order,
    Gaps.key: _write_gaps,
}
