"""The pure parts: exact JSON, single values, sameness, languages. Properties and the edges."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.learning import StatementInvalid, parse_timestamp, preferred_languages
from app.core.learning.statements.exact_json import MAX_DEPTH, depth_exceeds, read_json, to_text
from app.core.learning.statements.formats import in_one_language
from app.core.learning.statements.grammar import check_statement
from app.core.learning.statements.sameness import meaning_of
from app.core.learning.statements.scalars import (
    in_utc,
    is_duration,
    is_iri,
    is_language,
    is_uuid,
    to_hundredths,
    written_instant,
)
from app.core.learning.statements.versions import XapiVersion

NUMBERS = some.integers() | some.decimals(allow_nan=False, allow_infinity=False)
VALUES = some.recursive(
    some.none() | some.booleans() | NUMBERS | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=12,
)
FIRST = datetime(1, 1, 2, tzinfo=UTC)
INSTANTS = some.integers(0, 9998 * 365 * 24 * 3600 * 10**6).map(
    lambda microseconds: FIRST + timedelta(microseconds=microseconds)
)


@given(VALUES)
def test_json_comes_back_as_it_went(value: Any) -> None:
    text = to_text(value)

    assert read_json(text) == value
    assert to_text(read_json(text)) == text


@given(some.decimals(allow_nan=False, allow_infinity=False))
def test_every_digit_of_a_number_is_kept(number: Decimal) -> None:
    found = read_json(f'{{"x":{number}}}')["x"]

    assert Decimal(found).as_tuple().digits == number.as_tuple().digits or found == number
    assert Decimal(found) == number


@given(some.binary() | some.text())
def test_anything_is_json_or_is_refused(untrusted: bytes | str) -> None:
    try:
        value = read_json(untrusted)
    except StatementInvalid:
        return
    assert read_json(to_text(value)) == value


@pytest.mark.parametrize("text", ["[" * 100_000, "1" * 5000, "1e99999999999999999999"])
def test_what_would_hurt_its_reader_is_refused(text: str) -> None:
    with pytest.raises(StatementInvalid):
        read_json(text)


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', '{ "a": 1, "a": 2 }', '[{"b":[{"a":1,"a":1}]}]'])
def test_a_name_is_not_given_twice_however_the_text_is_spaced(text: str) -> None:
    with pytest.raises(StatementInvalid):
        read_json(text)


def test_depth_is_counted_in_lists_and_objects() -> None:
    nested = [{"x": [[]]}, 1]

    assert not depth_exceeds(nested, 4)
    assert depth_exceeds(nested, 3)
    assert read_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(StatementInvalid):
        read_json("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@given(INSTANTS)
def test_an_instant_is_read_as_it_was_written(instant: datetime) -> None:
    assert parse_timestamp(written_instant(instant)) == instant


@given(INSTANTS, some.integers(min_value=-1439, max_value=1439).filter(bool))
def test_an_offset_moves_the_clock_not_the_instant(instant: datetime, minutes: int) -> None:
    local = instant.astimezone(timezone(timedelta(minutes=minutes)))
    text = local.isoformat(timespec="microseconds")

    assert parse_timestamp(text) == instant
    assert parse_timestamp(in_utc(text)) == instant
    assert in_utc(text).endswith("Z")


@given(some.text())
def test_any_text_is_a_time_or_is_none(untrusted: str) -> None:
    found = parse_timestamp(untrusted)

    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2026-11-28T10:00Z", True),
        ("2026-11-28T10:00:00", True),
        ("2026-11-28T10:00:00+0530", True),
        ("2026-11-28T10:00:00+05", True),
        ("2026-12-31T23:59:60Z", True),
        ("2026-11-28T24:00:00Z", False),
        ("2026-11-28", False),
        ("2026-02-29T10:00:00Z", False),
        ("2026-11-28T10:00:00-00:00", False),
        ("2026-11-28T10:00:00-0000", False),
        ("2026-11-28T10:00:00-00", False),
        ("2026-11-28T10:00:61Z", False),
        ("9999-12-31T23:59:60-01:00", False),
    ],
)
def test_times_at_the_edge(text: str, right: bool) -> None:
    assert (parse_timestamp(text) is not None) is right


@pytest.mark.parametrize(
    "text", ["PT0S", "P1W", "P1.5W", "P1Y2M3DT4H5M6.75S", "PT16559.14S", "P3Y"]
)
def test_durations(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1YT", "P4W1D", "PT1.5H3M", "1D", "P1S", "PT1H ", "P-1D", 7, None]
)
def test_what_is_no_duration(text: object) -> None:
    assert not is_duration(text)


def test_beyond_a_hundredth_of_a_second_is_cut_not_rounded() -> None:
    assert to_hundredths("P1DT12H36M0.12967S") == "P1DT12H36M0.12S"
    assert to_hundredths("PT1.5S") == "PT1.5S"


@pytest.mark.parametrize(
    "text",
    ["en", "hi-IN", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1996", "x-own", "en-a-bbb-x-c", "und"],
)
def test_language_tags(text: str) -> None:
    assert is_language(text)


@pytest.mark.parametrize("text", ["", "e", "english9", "en_US", "en-", "12", "en-x"])
def test_what_is_no_language_tag(text: str) -> None:
    assert not is_language(text)


@pytest.mark.parametrize("text", ["http://x", "urn:uuid:7", "mailto:a@b", "https://पाठ.in/अ"])
def test_iris(text: str) -> None:
    assert is_iri(text)


@pytest.mark.parametrize(
    "text", ["", "x", "http:", "a b:c", "http://a b", "http://a<b>", "/x", "1a:b"]
)
def test_what_is_no_iri(text: str) -> None:
    assert not is_iri(text)


def test_a_uuid_is_written_in_its_usual_form() -> None:
    assert is_uuid("0F8FAD5B-d9cb-469f-a165-70867728950e")
    assert not is_uuid("0f8fad5bd9cb469fa16570867728950e")
    assert not is_uuid("{0f8fad5b-d9cb-469f-a165-70867728950e}")


# Sameness


def statement(**changes: Any) -> Any:
    """Return a statement with the changes laid over it, read as the store reads it."""
    whole = {
        "actor": {"mbox": "mailto:a@b.in"},
        "verb": {"id": "http://x.in/v"},
        "object": {"id": "http://x.in/a"},
        **changes,
    }
    return read_json(json.dumps(whole))


MEMBERS = [{"mbox": "mailto:b@b.in"}, {"mbox": "mailto:c@b.in", "name": "C"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "stored": "2026-01-01T00:00:00Z"}),
        ({}, {"actor": {"objectType": "Agent", "name": "A", "mbox": "mailto:a@b.in"}}),
        ({}, {"verb": {"id": "http://x.in/v", "display": {"en": "did"}}}),
        ({}, {"object": {"id": "http://x.in/a", "definition": {"name": {"en": "Lesson"}}}}),
        ({}, {"context": {}, "attachments": []}),
        (
            {"actor": {"objectType": "Group", "member": MEMBERS}},
            {"actor": {"objectType": "Group", "member": MEMBERS[::-1]}},
        ),
        ({"result": {"score": {"raw": 1}}}, {"result": {"score": {"raw": 1.00}}}),
        ({"result": {"duration": "PT1.237S"}}, {"result": {"duration": "PT1.23S"}}),
        (
            {"context": {"contextActivities": {"parent": {"id": "http://x.in/p"}}}},
            {"context": {"contextActivities": {"parent": [{"id": "http://x.in/p"}]}}},
        ),
    ],
)
def test_what_says_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert meaning_of(statement(**one)) == meaning_of(statement(**other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"result": {}, "verb": {"id": "http://x.in/w"}}),
        ({}, {"result": {"success": False}}),
        ({"result": {"success": False}}, {"result": {"completion": False}}),
        ({"result": {"response": "1"}}, {"result": {"response": "1.0"}}),
        (
            {"result": {"extensions": {"http://x.in/e": 1}}},
            {"result": {"extensions": {"http://x.in/e": "1"}}},
        ),
        (
            {"result": {"extensions": {"http://x.in/e": 1}}},
            {"result": {"extensions": {"http://x.in/e": True}}},
        ),
        (
            {"result": {"extensions": {"http://x.in/e": 1}}},
            {"result": {"extensions": {"http://x.in/e": ["number", "1e0"]}}},
        ),
        ({"context": {"language": "en"}}, {"context": {"language": "hi"}}),
        (
            {"object": {"objectType": "Agent", "mbox": "mailto:a@b.in"}},
            {"object": {"objectType": "Agent", "mbox": "mailto:b@b.in"}},
        ),
    ],
)
def test_what_does_not(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert meaning_of(statement(**one)) != meaning_of(statement(**other))


@given(NUMBERS, NUMBERS)
def test_numbers_are_the_same_by_value(one: int | Decimal, other: int | Decimal) -> None:
    made = [
        {**statement(), "result": {"extensions": {"http://x.in/e": number}}}
        for number in (one, other)
    ]

    assert (meaning_of(made[0]) == meaning_of(made[1])) is (Decimal(one) == Decimal(other))


@given(VALUES)
def test_a_check_refuses_or_passes_but_never_breaks(value: Any) -> None:
    for whole in (value, statement(result=None), {"actor": value, "verb": value, "object": value}):
        for version in XapiVersion:
            with pytest.raises(StatementInvalid):
                check_statement(whole, version)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"verb": {}}, "statement[3].verb.id"),
        ({"verb": {"id": "http://x.in/v", "display": {"e": ""}}}, "statement[3].verb.display.e"),
        (
            {"context": {"instructor": {"objectType": 1}}},
            "statement[3].context.instructor.objectType",
        ),
        (
            {"context": {"contextActivities": {"other": [{"id": "http://x.in/a"}, {"id": 7}]}}},
            "statement[3].context.contextActivities.other[1].id",
        ),
    ],
)
def test_what_is_refused_is_told_with_the_path_to_it(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(StatementInvalid) as refused:
        check_statement(statement(**changes), XapiVersion.ONE, "statement[3]")

    assert refused.value.where == where


# Languages


def test_the_most_wanted_language_comes_first() -> None:
    assert preferred_languages("en;q=0.5, hi, fr;q=0, ta;q=0.7;x, ;q=1, bn;q=x, mr;v=1") == (
        "hi",
        "mr",
        "ta",
        "en",
    )


@given(some.text())
def test_any_header_is_some_order_of_languages(untrusted: str) -> None:
    assert all(tag == tag.lower() and tag for tag in preferred_languages(untrusted))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (("hi",), "hi"),
        (("fr", "en-GB"), "en-US"),
        (("*",), "en-US"),
        ((), "en-US"),
        (("fr",), "en-US"),
    ],
)
def test_one_text_is_told(wanted: tuple[str, ...], told: str) -> None:
    texts = {"en-US": "Lesson", "hi": "पाठ"}

    found = in_one_language({"name": texts, "extensions": {"name": texts}}, wanted)

    assert found == {"name": {told: texts[told]}, "extensions": {"name": texts}}
