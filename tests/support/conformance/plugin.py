"""The part of the test run that knows cases: marks, known misses, and the document at the end."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.conformance.document import document
from tests.support.conformance.findings import CASE, HAPPENED, Findings
from tests.support.conformance.known_misses import KNOWN_MISSES
from tests.support.conformance.suites import SUITES
from tests.support.corpora import CORPORA

_OPTION = "--conformance-document"
_KEYS = frozenset(suite.key for suite in SUITES)
_WHOLE_RUN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `./run conformance` name the document."""
    help_ = "write what came of the conformance cases into this file"
    parser.addoption(_OPTION, type=Path, default=None, help=help_)


def pytest_configure(config: pytest.Config) -> None:
    """Listen where the reports of all workers come together."""
    path = config.getoption(_OPTION)
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Secretary(path), "conformance-secretary")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put its case on each item, and mark those that are known to miss."""
    taken: dict[tuple[str, str], str] = {}
    for item, mark in _marked(items):
        suite = mark.kwargs["suite"]
        key = suite, mark.kwargs.get("case") or _words(item.name)
        if suite not in _KEYS:
            raise pytest.UsageError(f"{item.nodeid}: no suite is called {suite!r}")
        if key in taken:
            raise pytest.UsageError(f"{item.nodeid} and {taken[key]} are both the case {key}")
        taken[key] = item.nodeid
        item.user_properties.append((CASE, [*key, mark.kwargs.get("expected", "")]))
        if key in KNOWN_MISSES:
            item.add_marker(pytest.mark.xfail(reason=KNOWN_MISSES[key], strict=True))


def _marked(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Mark]]:
    for item in items:
        mark = item.get_closest_marker("conformance")
        if mark is not None:
            yield item, mark


def _words(name: str) -> str:
    """Return the name of a test as words: `test_a_b[1.0.3]` is "A b (1.0.3)"."""
    plain, _, parameters = name.removeprefix("test_").partition("[")
    words = re.sub(r"_+", " ", plain).strip().capitalize()
    return f"{words} ({parameters.removesuffix(']')})" if parameters else words


@pytest.fixture
def happened(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what a case tells what happened with, in the words of the document."""

    def tell(text: str) -> None:
        request.node.user_properties.append((HAPPENED, text))

    return tell


class _Secretary:
    """Notes what came of each case and writes the document."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._findings = Findings()
        self._said: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one phase of one test."""
        self._findings.note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the document; of a run that broke off there is none."""
        if exitstatus not in _WHOLE_RUN:
            self._said.append(f"{self._path.name} was not written: the run broke off")
            return
        self._path.write_text(document(self._findings, CORPORA), encoding="utf-8")
        self._said.append(f"wrote {self._path.name}")
        for suite, name in self._findings.stale_misses():
            self._said.append(f"known_misses names {name} of {suite}, which is no case of it")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was written."""
        terminalreporter.section("conformance")
        for line in self._said:
            terminalreporter.write_line(line)
