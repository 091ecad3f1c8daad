"""What a unit may say, rule by rule; every wrong statement is one change away from a right one."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.content import MoveOn
from app.core.learning.cmi5 import (
    Cmi5Refused,
    LaunchMode,
    SessionTerms,
    Verb,
    check_order,
    check_sent,
    check_statement,
)
from app.core.learning.cmi5.vocabulary import (
    JUDGEMENTS,
    MASTERY,
    MOVE_ON_CATEGORY,
    PLAYER_VERBS,
    SESSION,
)
from tests.support.cmi5_course import (
    Statement,
    a_holder,
    a_unit,
    after,
    launched,
    terms_of,
    told,
)

UNIT = a_unit("alarms")
COURSE = a_holder("course", UNIT)
TERMS = terms_of(UNIT)
ALLOWED = {
    **told(UNIT, Verb.INITIALIZED),
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
}
ALLOWED["context"] = {
    **ALLOWED["context"],
    "contextActivities": {"grouping": [{"id": UNIT.publisher_id}]},
}
RIGHT = {
    "initialized": told(UNIT, Verb.INITIALIZED),
    "completed": told(UNIT, Verb.COMPLETED),
    "passed": told(UNIT, Verb.PASSED),
    "passed with a score": told(UNIT, Verb.PASSED, scaled="0.8"),
    "failed with a score": told(UNIT, Verb.FAILED, scaled="0.79"),
    "terminated": told(UNIT, Verb.TERMINATED),
    "allowed": ALLOWED,
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_taken(name: str) -> None:
    check_sent(RIGHT[name])
    check_statement(RIGHT[name], TERMS)


Change = Callable[[Any], object]
WRONG: dict[str, tuple[str, Change, str]] = {
    "group": ("passed", lambda s: s["actor"].update(objectType="Group"), "9.2"),
    "no registration": ("allowed", lambda s: s["context"].pop("registration"), "9.6.1"),
    "no context": ("allowed", lambda s: s.pop("context"), "9.6.1"),
    "other registration": (
        "passed",
        lambda s: s["context"].update(registration="ccaf384c-f8d4-4e7a-8304-49af58f0b176"),
        "9.6.1",
    ),
    "no session": ("allowed", lambda s: s["context"]["extensions"].pop(SESSION), "9.6.3.1"),
    "other session": (
        "passed",
        lambda s: s["context"]["extensions"].update({SESSION: "another"}),
        "9.6.3.1",
    ),
    "session no text": (
        "passed",
        lambda s: s["context"]["extensions"].update({SESSION: ["s1"]}),
        "9.6.3.1",
    ),
    "other object": ("passed", lambda s: s["object"].update(id="urn:other"), "9.4"),
    "no template": (
        "passed",
        lambda s: s["context"]["contextActivities"].pop("grouping"),
        "10.2.1",
    ),
    "unknown verb": ("passed", lambda s: s["verb"].update(id="urn:verb"), "9.6.2.2"),
    "passed completes": ("passed", lambda s: s["result"].update(completion=True), "9.5.3"),
    "passed without success": ("passed", lambda s: s["result"].pop("success"), "9.5.2"),
    "passed unsuccessfully": ("passed", lambda s: s["result"].update(success=False), "9.5.2"),
    "completed with success": ("completed", lambda s: s["result"].update(success=True), "9.5.2"),
    "completed not": ("completed", lambda s: s["result"].update(completion=False), "9.5.3"),
    "completed without": ("completed", lambda s: s["result"].pop("completion"), "9.5.3"),
    "completed with a score": (
        "completed",
        lambda s: s["result"].update(score={"scaled": 1}),
        "9.5.1",
    ),
    "terminated without duration": ("terminated", lambda s: s.pop("result"), "9.5.4.1"),
    "passed without duration": ("passed", lambda s: s["result"].pop("duration"), "9.5.4.1"),
    "passed below mastery": (
        "passed with a score",
        lambda s: s["result"]["score"].update(scaled=0),
        "9.3.4",
    ),
    "failed at mastery": (
        "failed with a score",
        lambda s: s["result"]["score"].update(scaled=1),
        "9.3.5",
    ),
    "raw without a range": (
        "passed with a score",
        lambda s: s["result"]["score"].update(raw=80, min=0),
        "9.5.1",
    ),
    "no mastery score": (
        "passed with a score",
        lambda s: s["context"]["extensions"].pop(MASTERY),
        "9.6.3.2",
    ),
    "other mastery score": (
        "passed with a score",
        lambda s: s["context"]["extensions"].update({MASTERY: 1}),
        "9.6.3.2",
    ),
    "no moveOn category": (
        "failed with a score",
        lambda s: s["context"]["contextActivities"]["category"].pop(),
        "9.6.2.2",
    ),
    "moveOn category of another": (
        "terminated",
        lambda s: s["context"]["contextActivities"]["category"].append({"id": MOVE_ON_CATEGORY}),
        "9.6.2.2",
    ),
    "moveOn category alone": (
        "allowed",
        lambda s: s["context"]["contextActivities"].update(category=[{"id": MOVE_ON_CATEGORY}]),
        "9.6.2.2",
    ),
}


def copied(value: Any) -> Any:
    """Return a JSON value of its own."""
    if isinstance(value, dict):
        return {name: copied(one) for name, one in value.items()}
    return [copied(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", WRONG)
def test_what_breaks_a_rule_is_refused_with_the_rule(name: str) -> None:
    origin, change, clause = WRONG[name]
    statement = copied(RIGHT[origin])
    change(statement)

    with pytest.raises(Cmi5Refused) as refusal:
        check_statement(statement, TERMS)

    assert refusal.value.clause == clause


@pytest.mark.parametrize("verb", sorted(PLAYER_VERBS))
def test_the_players_words_are_the_players(verb: Verb) -> None:
    with pytest.raises(Cmi5Refused):
        check_statement(told(UNIT, verb), TERMS)


@pytest.mark.parametrize("mode", [LaunchMode.BROWSE, LaunchMode.REVIEW])
@pytest.mark.parametrize("verb", sorted(JUDGEMENTS))
def test_nothing_is_judged_while_somebody_only_looks(mode: LaunchMode, verb: Verb) -> None:
    with pytest.raises(Cmi5Refused) as refusal:
        check_statement(told(UNIT, verb), terms_of(UNIT, mode=mode))
    assert refusal.value.clause == "10.2.2"
    check_statement(told(UNIT, Verb.TERMINATED), terms_of(UNIT, mode=mode))


@pytest.mark.parametrize("name", ["id", "timestamp"])
def test_a_statement_has_its_own_name_and_time(name: str) -> None:
    statement = copied(ALLOWED)
    del statement[name]
    with pytest.raises(Cmi5Refused):
        check_sent(statement)


@pytest.mark.parametrize(
    ("timestamp", "is_right"),
    [
        ("2026-03-02T09:00:00Z", True),
        ("2026-03-02T09:00:00.123+00:00", True),
        ("2026-03-02T09:00:00+00", True),
        ("2026-03-02T14:30:00+05:30", False),
        ("2026-03-02T09:00:00", False),
    ],
)
def test_times_are_in_utc(timestamp: str, is_right: bool) -> None:
    statement = {**ALLOWED, "timestamp": timestamp}
    if is_right:
        check_sent(statement)
    else:
        with pytest.raises(Cmi5Refused):
            check_sent(statement)


def spoken(*statements: Statement, terms: SessionTerms = TERMS) -> bool:
    """Tell whether statements may be said in this order in a session that was launched."""
    standing = after(launched(COURSE, UNIT))
    try:
        for statement in statements:
            check_order(statement, terms, standing)
            standing = standing.after(statement)
    except Cmi5Refused:
        return False
    return True


BEGUN, DONE, PASSED, FAILED, ENDED = (
    told(UNIT, verb)
    for verb in (Verb.INITIALIZED, Verb.COMPLETED, Verb.PASSED, Verb.FAILED, Verb.TERMINATED)
)


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ([BEGUN, DONE, PASSED, ENDED], True),
        ([BEGUN, PASSED, DONE, ENDED], True),
        ([BEGUN, FAILED, DONE, ENDED], True),
        ([BEGUN, ALLOWED, ALLOWED, ENDED], True),
        ([DONE], False),
        ([ALLOWED], False),
        ([ENDED], False),
        ([BEGUN, BEGUN], False),
        ([BEGUN, DONE, DONE], False),
        ([BEGUN, PASSED, PASSED], False),
        ([BEGUN, PASSED, FAILED], False),
        ([BEGUN, FAILED, PASSED], False),
        ([BEGUN, FAILED, FAILED], False),
        ([BEGUN, ENDED, ALLOWED], False),
        ([BEGUN, ENDED, ENDED], False),
        ([BEGUN, ENDED, DONE], False),
    ],
)
def test_the_order_of_a_session(said: list[Statement], is_right: bool) -> None:
    assert spoken(*said) == is_right


def second(verb: Verb) -> Statement:
    return told(UNIT, verb, "s2")


@pytest.mark.parametrize(
    ("first", "then", "is_right"),
    [
        (DONE, Verb.COMPLETED, False),
        (DONE, Verb.PASSED, True),
        (PASSED, Verb.PASSED, False),
        (PASSED, Verb.FAILED, False),
        (PASSED, Verb.COMPLETED, True),
        (FAILED, Verb.PASSED, True),
        (FAILED, Verb.FAILED, True),
    ],
)
def test_what_one_session_said_holds_in_the_next(
    first: Statement, then: Verb, is_right: bool
) -> None:
    standing = after(
        launched(COURSE, UNIT),
        BEGUN,
        first,
        ENDED,
        launched(COURSE, UNIT, "s2"),
        second(Verb.INITIALIZED),
    )
    terms = terms_of(UNIT, "s2")
    if is_right:
        check_order(second(then), terms, standing)
    else:
        with pytest.raises(Cmi5Refused):
            check_order(second(then), terms, standing)


VERBS = [Verb.INITIALIZED, Verb.COMPLETED, Verb.PASSED, Verb.FAILED, Verb.TERMINATED, None]


@given(some.lists(some.sampled_from(VERBS), max_size=8))
def test_a_session_that_is_taken_begins_once_ends_once_and_judges_once(
    verbs: list[Verb | None],
) -> None:
    said = [ALLOWED if verb is None else told(UNIT, verb) for verb in verbs]
    taken: list[Verb | None] = []
    standing = after(launched(COURSE, UNIT))
    for verb, statement in zip(verbs, said, strict=True):
        try:
            check_order(statement, TERMS, standing)
        except Cmi5Refused:
            continue
        standing = standing.after(statement)
        taken.append(verb)

    assert taken[:1] in ([], [Verb.INITIALIZED])
    assert all(taken.count(verb) <= 1 for verb in Verb)
    assert not {Verb.PASSED, Verb.FAILED} <= set(taken)
    assert Verb.TERMINATED not in taken[:-1]


@given(some.fractions(min_value=-1, max_value=1), some.booleans())
def test_a_judgement_fits_the_mastery_score(scaled: Any, is_passed: bool) -> None:
    unit = a_unit("alarms", MoveOn.PASSED, "4/5")
    statement = told(unit, Verb.PASSED if is_passed else Verb.FAILED, scaled="1")
    statement["result"]["score"]["scaled"] = scaled  # exact, as decimals are
    if (scaled >= unit.terms.mastery_score) == is_passed:  # type: ignore[union-attr]  # a unit has terms
        check_statement(statement, terms_of(unit))
    else:
        with pytest.raises(Cmi5Refused):
            check_statement(statement, terms_of(unit))
