"""Rules of CONTRIBUTING.md that no linter knows, read off the source itself."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KIT = "app/ui/kit/"
ENDPOINT = "app/core/links/server.py"
SHARING = "app/core/base/sharing.py"
SHOWS_WHAT_IS_SIGNED = (
    "app/core/signatures/",
    "app/ui/kit/signing.py",
    "app/cli/",
    "app/bootstrap/",
)

pytestmark = pytest.mark.xdist_group("source")  # what one worker has read serves all rules

UNIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
THREAD_MAKERS = {"Thread", "Timer", "QThread", "QThreadPool", "ThreadPoolExecutor", "ThreadPool"}


def calls_in(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and bare name of everything `source` calls."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield node.lineno, name


def calls_of(root: Path) -> tuple[tuple[str, int, str], ...]:
    """Return file, line and bare name of every call in a program."""
    return tuple(
        (file.relative_to(root).as_posix(), line, called)
        for file in sorted((root / "app").rglob("*.py"))
        for line, called in calls_in(file.read_text("utf-8"))
    )


calls_of_the_product = cache(partial(calls_of, ROOT))
"""Read once for all rules."""


def breaches(
    calls: Iterable[tuple[str, int, str]], is_breach: Callable[[str, str], bool]
) -> list[str]:
    """Return "file:line name" for every call that `is_breach(file, name)`."""
    return [f"{name}:{line} {called}" for name, line, called in calls if is_breach(name, called)]


def is_bare_label(file: str, called: str) -> bool:
    """QLabel guesses markup from what it is given; kit's PlainLabel never does."""
    return called == "QLabel" and not file.startswith(KIT)


def is_stray_thread(file: str, called: str) -> bool:
    """Threads are made by kit's JobRunner, by the statement endpoint for its web server, and by
    what shares one computation among the cores while it lasts."""
    return called in THREAD_MAKERS and not file.startswith(KIT) and file not in {ENDPOINT, SHARING}


def is_nested_loop(_file: str, called: str) -> bool:
    """Running the event loop from inside a handler lets a second click in."""
    return called == "processEvents"


def is_act_that_says_what_was_read(file: str, called: str) -> bool:
    """An act is handed what its signer read, and compares it by signing (ADR 84)."""
    return called == "Undersigned" and not file.startswith(SHOWS_WHAT_IS_SIGNED)


RULES = pytest.mark.parametrize(
    ("is_breach", "example"),
    [
        (is_bare_label, "QLabel(name)"),
        (is_stray_thread, "threading.Thread(target=work)"),
        (is_nested_loop, "QApplication.processEvents()"),
        (is_act_that_says_what_was_read, "Undersigned(pen, words).sign(unit, row, meaning, words)"),
    ],
)


@RULES
def test_the_product_keeps_the_rule(is_breach: Callable[[str, str], bool], example: str) -> None:
    assert breaches(calls_of_the_product(), is_breach) == []


@RULES
def test_the_rule_sees_a_breach(
    is_breach: Callable[[str, str], bool], example: str, tmp_path: Path
) -> None:
    file = tmp_path / "app" / "ui" / "people" / "list_screen.py"
    file.parent.mkdir(parents=True)
    file.write_text(f"def show():\n    {example}\n")

    assert len(breaches(calls_of(tmp_path), is_breach)) == 1


def unguarded_imports(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of what only Unix has and is imported without a look at the system."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.If() if "sys.platform" in ast.unparse(node.test):
                continue
            case ast.Import():
                names = [name.name for name in node.names]
            case ast.ImportFrom(module=str(module)):
                names = [module]
            case _:
                waiting += ast.iter_child_nodes(node)
                continue
        yield from ((node.lineno, name) for name in names if name in UNIX_ONLY)


def test_nothing_is_imported_that_windows_does_not_have() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file in sorted((ROOT / "app").rglob("*.py"))
        for line, name in unguarded_imports(file.read_text("utf-8"))
    ]
    assert found == []


def test_an_unguarded_import_is_seen() -> None:
    guarded = "import sys\nif sys.platform == 'linux':\n    import fcntl\n"
    assert list(unguarded_imports(guarded)) == []
    assert list(unguarded_imports("def f():\n    import resource\n")) == [(2, "resource")]
