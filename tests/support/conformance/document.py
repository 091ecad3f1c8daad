"""docs/conformance.md: the same for the same outcomes, whenever and wherever it is written."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from app import VERSION
from tests.support.conformance.findings import Finding, Findings, Verdict
from tests.support.conformance.suites import SUITES, Suite
from tests.support.corpora import probed

BY_HAND = Path(__file__).with_name("by_hand.md")
"""What cannot be run here by a command alone, with the figures of the last time."""

_HEAD = """# Conformance

What became of every package, question bank and list of people that {product} was given.
`./run conformance` runs them through the real code (the importer, player and endpoint that people use)
and writes this file; nobody edits it.

- **What**: packages and banks made here, and {corpora}.
  What others made lies in `../shared/corpora`, or where `DAKSHA_CORPORA` says; nothing of it is part of the
  product.
- **Expected** is what the index of the corpora says of a file, or the suite's own procedure. Above each table
  stands which part of that its suite checks; a file may be a case of several. A case that went so has **passed**;
  every other one is under [Misses](#misses) with the reason. A known miss is one line in
  `tests/support/conformance/known_misses.py`, and fails the run once it passes.
- Every `./run test` runs the same cases, but plays only a sample of the suites in the player.
"""


def document(findings: Findings, corpora: Path) -> str:
    """Return the whole document."""
    blocks = [
        _HEAD.format(product=f"Daksha {VERSION}", corpora=_which(corpora)),
        _glance(findings),
        _misses(findings),
        BY_HAND.read_text("utf-8"),
        "## Case by case\n",
        *(_suite(suite, findings.of(suite.key)) for suite in SUITES if findings.of(suite.key)),
    ]
    return "\n".join(blocks)


def _which(corpora: Path) -> str:
    """Return what tells one state of the corpora from another."""
    index = corpora / "INDEX.md"
    if not index.is_file():
        return "no corpora, as none were there"
    files = sum(len(rows) for rows in probed(index).values())
    digest = hashlib.sha256(index.read_bytes()).hexdigest()[:12]
    return f"the corpora of {files} files (SHA-256 of their index: {digest}…)"


def _glance(findings: Findings) -> str:
    rows, absent = [], []
    for suite in SUITES:
        found = findings.of(suite.key)
        if found:
            rows.append((f"[{suite.title}](#{_anchor(suite.title)})", _share(found)))
        else:
            absent.append(f"- {suite.title}: {suite.folder} of the corpora\n")
    every = [one for suite in SUITES for one in findings.of(suite.key)]
    rows.append(("**all of them**", f"**{_share(every)}**"))
    missing = f"\nNot there, so not run:\n\n{''.join(absent)}" if absent else ""
    return f"## At a glance\n\n{_table(('suite', 'passed / cases'), rows)}{missing}"


def _misses(findings: Findings) -> str:
    rows = [
        (suite.title, one.case, one.expected, one.happened or one.verdict.value, one.reason)
        for suite in SUITES
        for one in findings.of(suite.key)
        if one.verdict is not Verdict.PASSED
    ]
    if not rows:
        return "## Misses\n\nNone.\n"
    head = ("suite", "case", "expected", "what happened", "why")
    return f"## Misses\n\n{_table(head, rows)}"


def _suite(suite: Suite, found: Sequence[Finding]) -> str:
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    if any(one.expected for one in found):
        head = ("case", "expected", "what happened")
        rows = [(one.case, one.expected, _told(one)) for one in found]
    else:
        head = ("requirement", "passed / cases")
        rows = [(name, _share(cases)) for name, cases in _by_requirement(found).items()]
    about = f"{suite.about} Passed: **{_share(found)}**."
    return f"### {suite.title}\n\n{about}\n\n{_table(head, rows)}"


def _by_requirement(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Put together what one requirement was tried with: their names differ in brackets alone."""
    together: dict[str, list[Finding]] = {}
    for one in found:
        together.setdefault(one.case.partition(" (")[0], []).append(one)
    return together


def _share(found: Sequence[Finding]) -> str:
    return f"{sum(one.verdict is Verdict.PASSED for one in found)} / {len(found)}"


def _told(one: Finding) -> str:
    if one.verdict is Verdict.PASSED:
        return one.happened or "as expected"
    return f"**{one.verdict.value}**{f': {one.happened}' if one.happened else ''}"


def _anchor(title: str) -> str:
    """Return a heading's address as Markdown viewers make it."""
    kept = "".join(sign for sign in title.casefold() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in _lines(head, rows))


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    yield list(head)
    yield ["---"] * len(head)
    for row in rows:
        yield [_cell(text) for text in row]


def _cell(text: str) -> str:
    """Return a text as it stands in a table, where < and | would be markup."""
    return " ".join(text.replace("<", "&lt;").replace("|", "\\|").split())
