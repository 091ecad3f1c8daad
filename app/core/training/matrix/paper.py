"""The matrix on paper, A3 across: what is asked of whom, and where everybody stands."""

from datetime import date, datetime

from app.core.base import figures
from app.core.base.words import _, mark, plural
from app.core.documents import GridDocument, GridHead, GridLine, GridMark, render_grid
from app.core.egress import Document, FileKind, Leaving
from app.core.training.matrix.grid import Grid, GridColumn, GridRow
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.standing import PersonLine, StandingMark
from app.core.training.matrix.types import Cell

NEED_LETTERS = {Need.MANDATORY: "M", Need.RECOMMENDED: "R", Need.NOTHING: "–"}
NEEDS = {
    Need.MANDATORY: mark("Mandatory"),
    Need.RECOMMENDED: mark("Recommended"),
    Need.NOTHING: mark("Not asked for"),
}
MARKS = {
    StandingMark.QUALIFIED: mark("Qualified"),
    StandingMark.DUE_SOON: mark("Due soon"),
    StandingMark.OVERDUE: mark("Overdue"),
    StandingMark.LAPSED: mark("Lapsed"),
    StandingMark.ASSIGNED: mark("Assigned"),
    StandingMark.WAITING: mark("Waits for confirmation"),
    StandingMark.BLOCKED: mark("Something comes first"),
    StandingMark.WAIVED: mark("Waived"),
    StandingMark.AWAY: mark("Away"),
    StandingMark.RECOMMENDED: mark("Recommended"),
    StandingMark.NOT_YET: mark("Not assigned yet"),
    StandingMark.NOT_ASKED: mark("Not asked for"),
}
_SHADES = {
    "M": ("#D9E6FF", "#123A8C"), "R": ("#EEF1F6", "#465066"), "Q": ("#D5F0DF", "#0B5A2B"),
    "D": ("#FFF0CC", "#7A4B00"), "O": ("#FAD4D4", "#8F1414"), "L": ("#FAD4D4", "#8F1414"),
    "A": ("#E3ECFB", "#1F3F77"), "P": ("#E3ECFB", "#1F3F77"), "B": ("#FFF0CC", "#7A4B00"),
}  # fmt: skip


def grid_paper(grid: Grid, *, site: str, made_by: str, made_at: datetime) -> Document:
    """Return the requirements grid as a file: rows and columns of which nothing is asked are left out."""
    asked = {cell: one.need for cell, one in grid.asked.items() if one.need is not Need.NOTHING}
    owners = {cell.owner_id for cell in asked}
    things = {cell.thing_id for cell in asked}
    rows = [one for one in grid.rows if one.id in owners]
    columns = [one for one in grid.columns if one.id in things]

    def line(row: GridRow) -> GridLine:
        needs = (asked.get(Cell(owner_id=row.id, thing_id=one.id)) for one in columns)
        people = plural("{count} person", "{count} people", row.people)
        marks = tuple("" if need is None else NEED_LETTERS[need] for need in needs)
        return GridLine(title=row.title, beside=people, marks=marks)

    legend = {NEED_LETTERS[one]: _(NEEDS[one]) for one in (Need.MANDATORY, Need.RECOMMENDED)}
    return _paper(
        GridDocument(
            title=_("Training matrix: what is asked of whom"),
            facts=_facts(site, grid.on, len(rows), _("Rows")),
            corner=_("Job role or audience"),
            columns=_heads(columns),
            rows=tuple(map(line, rows)),
            legend=_legend(legend),
            site=site,
            made_by=made_by,
            made_at=made_at,
        ),
        len(rows),
    )


def people_paper(
    columns: tuple[GridColumn, ...],
    lines: tuple[PersonLine, ...],
    *,
    filters: tuple[str, ...],
    told: tuple[str, ...] = (),
    site: str,
    on: date,
    made_by: str,
    made_at: datetime,
) -> Document:
    """Return the people grid as a file; `told` says what of a look back is as it is now."""
    legend = {one.value: _(MARKS[one]) for one in StandingMark if one is not StandingMark.NOT_ASKED}
    facts = _facts(site, on, len(lines), _("People"))
    if filters:
        facts = (*facts, (_("Only"), " · ".join(filters)))
    if told:
        facts = (*facts, (_("Looking back"), " ".join(told)))
    return _paper(
        GridDocument(
            title=_("Training matrix: where everybody stands"),
            facts=facts,
            corner=_("Person"),
            columns=_heads(columns),
            rows=tuple(
                GridLine(
                    title=f"{line.name} · {line.number}",
                    beside=line.job_role or line.org_unit,
                    marks=tuple(_letter(line.at(one.id).mark) for one in columns),
                )
                for line in lines
            ),
            legend=_legend(legend),
            site=site,
            made_by=made_by,
            made_at=made_at,
        ),
        len(lines),
    )


def _letter(one: StandingMark) -> str:
    return "" if one is StandingMark.NOT_ASKED else one.value


def _heads(columns: tuple[GridColumn, ...] | list[GridColumn]) -> tuple[GridHead, ...]:
    return tuple(GridHead(one.code, one.title) for one in columns)


def _facts(site: str, on: date, count: int, what: str) -> tuple[tuple[str, str], ...]:
    return (
        (_("Site"), site),
        (_("As of"), figures.day(on)),
        (what, figures.number(count)),
    )


def _legend(words: dict[str, str]) -> dict[str, GridMark]:
    plain = ("#FFFFFF", "#141926")
    return {letter: GridMark(said, *_SHADES.get(letter, plain)) for letter, said in words.items()}


def _paper(document: GridDocument, records: int) -> Document:
    leaving = Leaving(kind=FileKind.MATRIX, title=document.title, records=records)
    return Document(content=render_grid(document), leaving=leaving)
