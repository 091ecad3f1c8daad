"""Forms out of files and pasted lines: CSV, JSON, or one step a line."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace

import msgspec

from app.core.base.words import _
from app.core.training.practicals.errors import FormUnreadable
from app.core.training.practicals.forms import FormContent, FormSection, FormStep, from_json

_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[-•–—])\s+")
_STAR = re.compile(r"^\s*[★*!]\s*|\s*[★*]\s*$")
_HEADING = re.compile(r"^#+\s*(.*)$|^(.*\S)\s*:$")
_YES = frozenset({"1", "yes", "y", "true", "x", "*", "★", "critical"})
_MOST_BYTES = 1_000_000


def sections_from_lines(text: str) -> tuple[FormSection, ...]:
    """Return steps from lines as people paste them: a line a step.

    Numbers and dashes in front go. A star before or behind makes a step critical. A line that ends
    with a colon, or begins with #, is a heading.
    """
    found: list[FormSection] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        heading = _HEADING.match(line)
        if heading is not None:
            title = (heading[1] or heading[2] or "").strip()
            found.append(FormSection(title=_NUMBERING.sub("", title)))
            continue
        bare = _NUMBERING.sub("", line)
        step = FormStep(text=_STAR.sub("", bare).strip(), is_critical=bool(_STAR.search(bare)))
        if not step.text:
            continue
        last = found.pop() if found else FormSection()
        found.append(replace(last, steps=(*last.steps, step)))
    return tuple(found)


def read_form(untrusted: bytes, title: str = "") -> FormContent:
    """Return the form in a file, JSON or CSV; CSV has no title of its own. Raises FormUnreadable."""
    if len(untrusted) > _MOST_BYTES:
        raise FormUnreadable(_("the file is far too long."))
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormUnreadable(_("it is not UTF-8.")) from None
    if text.lstrip().startswith("{"):
        return _from_json_text(text)
    return FormContent(title=title, sections=_from_csv(text))


def _from_json_text(text: str) -> FormContent:
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise FormUnreadable(str(error)) from error
    return from_json(document)


def _from_csv(text: str) -> tuple[FormSection, ...]:
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        rows = csv.DictReader(io.StringIO(text), delimiter=separator, strict=True)
        names = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
        if "step" not in names:
            raise FormUnreadable(_("no column is called step."))
        cells = [
            {key: (row.get(name) or "").strip() for key, name in names.items()} for row in rows
        ]
    except csv.Error as error:
        raise FormUnreadable(str(error)) from error
    return _sections(cells)


def _sections(rows: Iterable[dict[str, str]]) -> tuple[FormSection, ...]:
    found: list[FormSection] = []
    for row in rows:
        if not row["step"]:
            continue
        title = row.get("section", "")
        if not found or (title and title != found[-1].title):
            found.append(FormSection(title=title, titles=_variants(row, "section")))
        step = FormStep(
            text=row["step"],
            texts=_variants(row, "step"),
            is_critical=row.get("critical", "").casefold() in _YES,
        )
        found[-1] = replace(found[-1], steps=(*found[-1].steps, step))
    return tuple(found)


def _variants(row: dict[str, str], column: str) -> dict[str, str]:
    """Return what columns such as `step_hi` hold, by language."""
    start = f"{column}_"
    return {
        key.removeprefix(start): text for key, text in row.items() if key.startswith(start) and text
    }
