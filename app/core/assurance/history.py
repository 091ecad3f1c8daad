"""The history of the program and its manual as pages: which version changed what (21 CFR 11.10(k))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app import VERSION
from app.core.base.figures import day
from app.core.base.resources import program_folder
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving

_EDGE, _INDENT = 56.0, 12.0
_SMALL, _GREY = 8.0, "#5B6270"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the history: its words, and how they are set (size, whether bold, how far in)."""

    words: str
    size: float = 9.5
    is_bold: bool = False
    indent: float = 0.0


def changes_paper(site: str, made_at: datetime) -> Document:
    """Return the history of changes as a PDF, stamped with the version of program and manual."""
    from app.core.documents import Pages, Paper, Weight, wrap  # fonts and ReportLab, only here

    title = _("History of changes")
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=site, made_at=made_at)
    width, y = pages.width - 2 * _EDGE, pages.height - _EDGE
    foot = _("Daksha {version}, program and manual · {site} · {day}").format(
        version=VERSION, site=site, day=day(made_at.astimezone().date())
    )
    pages.text(_EDGE, _EDGE / 2, foot, _SMALL, colour=_GREY)
    count = 0
    for one in paragraphs(history()):
        count += 1
        weight = Weight.SEMIBOLD if one.is_bold else Weight.REGULAR
        room = width - one.indent
        needed = len(wrap(one.words, weight, one.size, room)) * one.size * 1.5
        if y - needed < _EDGE:
            pages.next_page()
            pages.text(_EDGE, _EDGE / 2, foot, _SMALL, colour=_GREY)
            y = pages.height - _EDGE
        y = pages.paragraph(_EDGE + one.indent, y, one.words, one.size, room, weight=weight) - 5
    leaving = Leaving(kind=FileKind.REPORT, title=title, records=count)
    return Document(content=pages.finish(), leaving=leaving)


def history() -> str:
    """Return the history of changes as it ships with the program."""
    return (program_folder() / "CHANGELOG.md").read_text("utf-8")


def paragraphs(markdown: str) -> Iterator[Paragraph]:
    """Yield the history's headings and points; lines that go on are put together."""
    point: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        goes_on = point and line.startswith("  ") and line.strip()
        if not goes_on and point:
            yield Paragraph("• " + _plain(" ".join(point)), indent=_INDENT)
            point = []
        if goes_on:
            point.append(line.strip())
        elif line.startswith("- "):
            point = [line.removeprefix("- ")]
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            yield Paragraph(line.lstrip("# "), size=20 - 3 * level, is_bold=True)
        elif line.strip():
            yield Paragraph(_plain(line))


def _plain(words: str) -> str:
    return words.replace("**", "").replace("`", "")
