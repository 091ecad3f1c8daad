"""What was done, in words."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from app.core.operations.backups.types import BackupEvent
from app.core.operations.program import ProgramEvent
from app.core.people.account_models import CredentialKind, SignInEvent
from app.core.reports.audit_actions import ACTIONS, action_in_words, actions_in_words

CORE = Path(__file__).resolve().parents[3] / "app" / "core"
WITH_A_KIND: dict[str, type[StrEnum]] = {
    "backup.": BackupEvent,
    "program.": ProgramEvent,
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
        case ast.Name(id="action"):
            return  # the module's own functions are handed it
        case other:
            raise AssertionError(f"an action this test cannot read: {ast.unparse(other)}")


def calls_of(module: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == name
        ):
            yield node


def handed_on(module: ast.Module) -> Iterator[str]:
    """Yield the actions that functions of a module are handed as their parameter `action`."""
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef):
            continue
        names = [one.arg for one in node.args.args if one.arg != "self"]
        if "action" not in names:
            continue
        for call in calls_of(module, node.name):
            given = call.args[names.index("action")]
            assert isinstance(given, ast.Constant), ast.unparse(call)
            yield str(given.value)


def actions_of_the_core() -> set[str]:
    """Return every action of every transaction in the core."""
    modules = [ast.parse(file.read_text("utf-8")) for file in CORE.rglob("*.py")]
    return {
        action
        for module in modules
        for call in calls_of(module, "transaction")
        for action in actions_of(call)
    } | {action for module in modules for action in handed_on(module)}


def test_every_action_has_words_and_no_words_are_left_over() -> None:
    assert actions_of_the_core() == set(ACTIONS)


def test_an_action_of_another_version_reads_as_it_is_written() -> None:
    assert action_in_words("course.turn_upside-down") == "Course: turn upside down"


def test_actions_are_found_by_their_words() -> None:
    assert actions_in_words("IMPORTED") == {
        "bank.import",
        "course.import",
        "people.import",
        "person.import-photos",
    }
    assert actions_in_words("no such thing") == frozenset()
