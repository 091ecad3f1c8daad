"""What was done, in words."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from app.core.people.models import CredentialKind, SignInEvent
from app.core.reports.audit_actions import ACTIONS, action_in_words, actions_in_words

CORE = Path(__file__).resolve().parents[3] / "app" / "core"
WITH_A_KIND: dict[str, type[StrEnum]] = {
    "account.set-": CredentialKind,
    "sign-in.": SignInEvent,
}
"""Actions whose last word is a member."""


def actions_of(call: ast.Call) -> Iterator[str]:
    """Yield the actions that a call of `transaction` may name."""
    match call.args[1]:
        case ast.Constant(value=str(action)):
            yield action
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            yield from (start + kind.value for kind in WITH_A_KIND[start])
        case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
            yield from (one, other)
        case other:
            raise AssertionError(f"an action this test cannot read: {ast.unparse(other)}")


def actions_of_the_core() -> set[str]:
    """Return every action of every transaction in the core."""
    return {
        action
        for file in CORE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "transaction"
        for action in actions_of(node)
    }


def test_every_action_has_words_and_no_words_are_left_over() -> None:
    assert actions_of_the_core() == set(ACTIONS)


def test_an_action_of_another_version_reads_as_it_is_written() -> None:
    assert action_in_words("course.turn_upside-down") == "Course: turn upside down"


def test_actions_are_found_by_their_words() -> None:
    assert actions_in_words("IMPORTED") == {"bank.import", "course.import", "people.import"}
    assert actions_in_words("no such thing") == frozenset()
