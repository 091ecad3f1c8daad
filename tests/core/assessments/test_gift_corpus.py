"""GIFT as others read it: the question files of GIFT-grammar-PEG with their parsed form, and Moodle's own."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import singledispatch
from typing import Any

import pytest

from app.core.assessments.formats import export_bank
from app.core.assessments.formats.gift import Gift, read_entries
from app.core.assessments.formats.gift_items import (
    GiftAnswer,
    GiftCategory,
    GiftChoice,
    GiftDescription,
    GiftEssay,
    GiftItem,
    GiftNumber,
    GiftNumbers,
    GiftPairs,
    GiftText,
    GiftTruth,
    GiftWords,
)
from app.core.base.progress import NoProgress
from tests.support.conformance import bank_words, case
from tests.support.corpora import CORPORA, rows_of

QUESTIONS = CORPORA / "questions"
ORACLE = QUESTIONS / "gift-peg-corpus-a.zip"
MOODLE = {
    "gift-moodle-category.txt": (4, 0),
    "gift-moodle-examples.txt": (43, 0),
    "gift-moodle-questions.txt": (8, 1),
}
"""Questions, and items left out (an essay)."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ORACLE.exists(), reason="../shared/corpora/questions is absent"),
]


def oracle_names() -> list[str]:
    if not ORACLE.exists():
        return []
    with zipfile.ZipFile(ORACLE) as archive:
        return sorted(name for name in archive.namelist() if name.endswith(".gift"))


@pytest.mark.parametrize(
    "name",
    [case("gift", name, expected="reads as its parsed form says") for name in oracle_names()],
)
def test_a_file_reads_as_the_oracle_read_it(name: str) -> None:
    with zipfile.ZipFile(ORACLE) as archive:
        text = archive.read(name).decode("utf-8").replace("\r\n", "\n")
        theirs = json.loads(archive.read(name.replace(".gift", ".json")))

    ours = list(read_entries(text, NoProgress()))

    assert [seen(one) for one in ours] == [expected(one) for one in theirs]


def test_the_oracle_is_whole() -> None:
    assert len(oracle_names()) == 30


@pytest.mark.parametrize("name", oracle_names())
def test_every_question_of_the_oracle_is_made_or_told_by_line(name: str) -> None:
    with zipfile.ZipFile(ORACLE) as archive:
        untrusted = archive.read(name)
        theirs = json.loads(archive.read(name.replace(".gift", ".json")))

    bank = Gift().read(untrusted, NoProgress())

    not_asked = [one for one in theirs if one["type"] in {"Essay", "Description"}]
    asked = [one for one in theirs if one["type"] not in {"Essay", "Description", "Category"}]
    assert len(bank.questions) == len(asked)
    assert len([one for one in bank.problems if one.left_out]) == len(not_asked)
    assert all(one.line > 0 for one in bank.problems)
    assert all(one.line > 0 for one in bank.questions)


@pytest.mark.parametrize(
    "name",
    [
        case("banks", row.name, expected=row.expected)
        for row in rows_of("questions")
        if row.name in MOODLE
    ],
)
def test_moodles_files_are_read(name: str, happened: Callable[[str], None]) -> None:
    questions, left_out = MOODLE[name]

    bank = Gift().read((QUESTIONS / name).read_bytes(), NoProgress())

    happened(bank_words("gift", bank))
    assert len(bank.questions) == questions
    assert len([one for one in bank.problems if one.left_out]) == left_out


@pytest.mark.parametrize("name", MOODLE)
def test_moodles_files_come_back_from_an_export(name: str) -> None:
    format_ = Gift()
    bank = format_.read((QUESTIONS / name).read_bytes(), NoProgress())

    export = export_bank(format_, bank.questions)
    again = format_.read(export.content, NoProgress())

    assert export.problems == ()
    assert [one.question for one in again.questions] == [one.question for one in bank.questions]


# The oracle's shape and ours, both made one: plain values in the oracle's words.

_GAP = re.compile(r"\s*_____\s*")


def expected(one: dict[str, Any]) -> dict[str, Any]:
    """Return the oracle's reading; it puts blanks around a gap where we keep the author's."""
    if one["type"] == "Category":
        return {"type": "Category", "title": one["title"]}
    view = {key: one[key] for key in ("type", "id", "tags", "title")}
    view["stem"] = loose(one["stem"])
    view["embedded"] = one["hasEmbeddedAnswers"]
    view["general"] = one.get("globalFeedback")
    match one["type"]:
        case "TF":
            view["asked"] = (one["isTrue"], one["falseFeedback"], one["trueFeedback"])
        case "Numerical":
            view["asked"] = list(_their_numbers(one["choices"]))
        case "Matching":
            view["asked"] = [(pair["subquestion"], pair["subanswer"]) for pair in one["matchPairs"]]
        case "MC" | "Short":
            view["asked"] = one["choices"]
    return view


def _their_numbers(choices: Any) -> Iterator[dict[str, Any]]:
    if isinstance(choices, dict):
        yield {"number": choices, "weight": None, "feedback": None}
        return
    for one in choices:
        is_any = one["text"].get("text") == "*"
        number = {"type": "any"} if is_any else one["text"]
        yield {"number": number, "weight": one["weight"], "feedback": one["feedback"]}


def seen(entry: object) -> dict[str, Any]:
    """Return our reading in the oracle's words."""
    if isinstance(entry, GiftCategory):
        return {"type": "Category", "title": entry.title}
    assert isinstance(entry, GiftItem), entry
    kind, asked = seen_answers(entry.asked)
    view = {
        "type": kind,
        "id": entry.external_id or None,
        "tags": list(entry.tags) or None,
        "title": entry.name or None,
        "stem": loose(words(entry.stem)),
        "embedded": entry.has_gap,
        "general": words(entry.general_feedback),
    }
    return view if asked is None else {**view, "asked": asked}


@singledispatch
def seen_answers(asked: object) -> tuple[str, Any]:
    raise AssertionError(asked)


@seen_answers.register
def _(asked: GiftDescription) -> tuple[str, Any]:
    return "Description", None


@seen_answers.register
def _(asked: GiftEssay) -> tuple[str, Any]:
    return "Essay", None


@seen_answers.register
def _(asked: GiftTruth) -> tuple[str, Any]:
    return "TF", (asked.answer, words(asked.wrong_feedback), words(asked.right_feedback))


@seen_answers.register
def _(asked: GiftChoice) -> tuple[str, Any]:
    return "MC", [choice(one) for one in asked.answers]


@seen_answers.register
def _(asked: GiftWords) -> tuple[str, Any]:
    return "Short", [choice(one) for one in asked.answers]


@seen_answers.register
def _(asked: GiftPairs) -> tuple[str, Any]:
    return "Matching", [(words(pair.prompt), pair.answer) for pair in asked.pairs]


@seen_answers.register
def _(asked: GiftNumbers) -> tuple[str, Any]:
    found = [number(one) for one in asked.numbers]
    if asked.other_feedback:
        said = words(asked.other_feedback)
        found.append({"number": {"type": "any"}, "weight": None, "feedback": said})
    return "Numerical", found


def choice(one: GiftAnswer) -> dict[str, Any]:
    return {
        "isCorrect": one.right,
        "weight": weight(one.weight),
        "text": words(one.text),
        "feedback": words(one.feedback),
    }


def number(one: GiftNumber) -> dict[str, Any]:
    if one.low is not None and one.high is not None:
        value = {"type": "high-low", "numberHigh": float(one.high), "numberLow": float(one.low)}
    elif one.tolerance is not None:
        value = {"type": "range", "number": float(one.value or 0), "range": float(one.tolerance)}
    else:
        value = {"type": "simple", "number": float(one.value or 0)}
    return {"number": value, "weight": weight(one.weight), "feedback": words(one.feedback)}


def weight(percent: Any) -> float | None:
    return None if percent is None else float(percent)


def words(text: GiftText | None) -> dict[str, str] | None:
    return None if text is None else {"format": text.format.value, "text": text.source}


def loose(text: dict[str, str] | None) -> dict[str, str] | None:
    return text and {**text, "text": _GAP.sub(" _____ ", text["text"]).strip()}
