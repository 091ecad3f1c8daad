"""The pages of an archive: HTML that needs nothing beside it, and the same rows as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from app.core.base.figures import number
from app.core.base.words import _, current_language
from app.core.reports.archives.packing import Packing
from app.core.spreadsheets import harmless

_ROWS_A_PART = 5000
"""So many a browser shows at once, and a spreadsheet opens gladly."""
_STYLE = (
    "body{font:15px/1.45 sans-serif;margin:2em;color:#1b1f27;background:#fff}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}"
    "table{border-collapse:collapse}"
    "td,th{border:1px solid #c9ced8;padding:.3em .6em;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere;max-width:40em}"
    "th{background:#eef1f6}a{color:#0b57a4}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A table that was put in: what the first page says of it."""

    title: str
    rows: int
    pages: tuple[str, ...]
    """Names of its pages without their ending; empty where it has no row."""


class TableParts:
    """The rows of one table, put in some thousand at a time as CSV and as a page."""

    def __init__(self, packing: Packing, name: str, title: str, headings: Sequence[str]) -> None:
        self._packing = packing
        self._name = name
        self._title = title
        self._headings = tuple(headings)
        self._held: list[tuple[str, ...]] = []
        self._pages: list[str] = []
        self._rows = 0

    def add(self, row: Sequence[str]) -> None:
        """Add a row."""
        if len(self._held) == _ROWS_A_PART:
            self._put(has_more=True)
        self._held.append(tuple(row))

    def finish(self) -> Listed:
        """Put in what is held; return what the first page says."""
        if self._held:
            self._put(has_more=False)
        return Listed(title=self._title, rows=self._rows, pages=tuple(self._pages))

    def _put(self, *, has_more: bool) -> None:
        place = len(self._pages) + 1
        name = self._called(place)
        self._packing.add(f"{name}.csv", _csv(self._headings, self._held))
        around = [(_("Contents"), "../index.html")]
        if place > 1:
            around.append((_("Before"), f"../{self._called(place - 1)}.html"))
        if has_more:
            around.append((_("After"), f"../{self._called(place + 1)}.html"))
        heading = f"<h1>{escape(self._title)}</h1>"
        page = _page(self._title, [heading, _links(around), *_table(self._headings, self._held)])
        self._packing.add(f"{name}.html", page)
        self._pages.append(name)
        self._rows += len(self._held)
        self._held = []

    def _called(self, place: int) -> str:
        return self._name if place == 1 else f"{self._name}-{place}"


def first_page(
    title: str,
    facts: Iterable[tuple[str, str]],
    groups: Iterable[tuple[str, Sequence[Listed]]],
    about: Iterable[str],
) -> bytes:
    """Return the page that leads to all others: what it is, what is in it, and how it is proved."""
    parts = [f"<h1>{escape(title)}</h1>"]
    parts += [f"<p>{escape(line)}</p>" for line in about]
    parts += [_links([("README.txt", "README.txt"), ("verify.py", "verify.py")])]
    parts += _table((), list(facts))
    for heading, tables in groups:
        parts.append(f"<h2>{escape(heading)}</h2><ul>")
        parts += [_line(one) for one in tables if one.rows]
        empty = ", ".join(one.title for one in tables if not one.rows)
        if empty:
            parts.append(f"<li>{escape(_('Nothing in this year: {tables}').format(tables=empty))}")
        parts.append("</ul>")
    return _page(title, parts)


def _line(listed: Listed) -> str:
    first, *more = listed.pages
    ways = [f'<a href="{first}.csv">CSV</a>']
    ways += [
        f'<a href="{page}.html">{place}</a> (<a href="{page}.csv">CSV</a>)'
        for place, page in enumerate(more, 2)
    ]
    title = f'<a href="{first}.html">{escape(listed.title)}</a>'
    return f"<li>{title}: {number(listed.rows)} – {', '.join(ways)}"


def _links(links: Iterable[tuple[str, str]]) -> str:
    return "<p>" + " · ".join(f'<a href="{to}">{escape(words)}</a>' for words, to in links)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    head = "".join(f"<th>{escape(one)}" for one in headings)
    lines = ["".join(f"<td>{escape(cell)}" for cell in row) for row in rows]
    first = [head] if head else []
    return ["<table>", *(f"<tr>{one}" for one in [*first, *lines]), "</table>"]


def _page(title: str, parts: Iterable[str]) -> bytes:
    language = escape(current_language(), quote=True)
    head = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
    )
    return "\n".join([head, *parts, "</body></html>", ""]).encode()


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(harmless, headings))
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
