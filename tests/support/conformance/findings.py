"""What came of the cases, gathered from the reports of the test run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

import pytest

from tests.support.conformance.known_misses import KNOWN_MISSES

CASE = "conformance case"
HAPPENED = "conformance happened"
_PATH = re.compile(r"(?<![\w.])(?:[A-Za-z]:\\|/)(?:[\w.+~-]+[\\/])+")
_LENGTH = 300


class Verdict(Enum):
    """How a case ended."""

    PASSED = "passed"
    NOT_RUN = "not run"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One case and what came of it."""

    suite: str
    case: str
    expected: str
    verdict: Verdict = Verdict.PASSED
    happened: str = ""
    reason: str = ""
    """Why it is no pass."""


class Findings:
    """All cases of a run, by suite and name."""

    def __init__(self, known_misses: Mapping[tuple[str, str], str] = KNOWN_MISSES) -> None:
        self._known_misses = known_misses
        self._found: dict[tuple[str, str], Finding] = {}

    def of(self, suite: str) -> list[Finding]:
        """Return the cases of a suite, by name; none of one of which nothing could be run."""
        found = [one for one in self._found.values() if one.suite == suite]
        if all(one.verdict is Verdict.NOT_RUN for one in found):
            return []
        return sorted(found, key=lambda one: (one.case.casefold(), one.case))

    def stale_misses(self) -> list[tuple[str, str]]:
        """Return the known misses of suites that ran which are no case of them."""
        ran = {suite for suite, _case in self._found}
        return [one for one in self._known_misses if one[0] in ran and one not in self._found]

    def note(self, report: pytest.TestReport) -> None:
        """Take in one phase of one test."""
        properties = dict(report.user_properties)
        if CASE not in properties:
            return
        suite, name, expected = _texts(properties[CASE])
        key = suite, name
        finding = self._found.get(key) or Finding(suite=suite, case=name, expected=expected)
        finding = replace(finding, happened=str(properties.get(HAPPENED, finding.happened)))
        if report.failed:
            finding = replace(finding, verdict=Verdict.MISSED, reason=_why(report))
        elif hasattr(report, "wasxfail"):
            finding = replace(finding, verdict=Verdict.MISSED, reason=self._known_misses[key])
        elif report.skipped:
            finding = replace(finding, verdict=Verdict.NOT_RUN, reason=_why(report))
        self._found[key] = finding


def _texts(values: object) -> list[str]:
    assert isinstance(values, Iterable)
    return [str(one) for one in values]


def _why(report: pytest.TestReport) -> str:
    """Return the first line of what pytest says, without the folders of this PC."""
    said = report.longrepr
    crash = getattr(said, "reprcrash", None)
    if crash is not None:
        text = crash.message
    elif isinstance(said, tuple | list):
        text = said[2].removeprefix("Skipped: ")
    else:
        text = str(said)
    line = next(iter(text.strip().splitlines()), "")
    return _PATH.sub("", line)[:_LENGTH]
