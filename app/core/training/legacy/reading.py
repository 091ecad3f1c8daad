"""A list of old training becomes rows, each read as far as the list alone tells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.core.base.words import _
from app.core.spreadsheets import (
    LINES_ABOVE,
    DayOrder,
    Evidence,
    MissingColumns,
    NoDay,
    Sheet,
    Table,
    TextRow,
    clean,
    day_in,
    evidence_of,
    nearest_line,
    normal_heading,
    places_of,
    take_chosen,
)
from app.core.training.legacy.fields import (
    DAYS,
    KNOWN,
    LEGACY_FIELDS,
    NEEDED,
    LegacyField,
    LegacyMapping,
)
from app.core.training.legacy.types import LegacyColumn, RowTrouble
from app.core.training.terms import is_long_ago

_LONGEST = 200
_SAMPLES, _LOOKED_AT, _SHOWN = 4, 200, 40
_LIKE = 0.8
"""How many headings of a list and of a mapping have to be the same, of 1."""
_FAILED = frozenset(
    {
        "f", "ab", "abs", "absent", "nc", "nyc", "no", "nok", "rejected", "retest", "re-test",
        "incompetent", "incomplete", "unsatisfactory", "unsuccessful", "फेल", "अनुत्तीर्ण", "अनुपस्थित",
    }
)  # fmt: skip
"""Results that meet nothing, as registers write them; so does what begins with one of the next."""
_SHARE = re.compile(r"(-?\d{1,6}(?:[.,]\d{1,4})?)\s*(%?)")
_FAILED_BEGIN = ("fail", "not ", "did not")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundColumns:
    """Where the headings of a sheet are, and what its columns hold."""

    sheet: Sheet = field(repr=False)
    line: int
    columns: Mapping[LegacyField, int]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """What one row says, words for whom and what not looked up yet."""

    sheet: str
    line: int
    number: str
    name: str
    """As the list calls whoever has the number; "" where it does not."""
    requirement: str
    trained_on: date
    valid_until: date | None
    score: str
    trainer: str
    source: str
    scan: str
    cells: tuple[str, ...] = field(repr=False)


class _Refused(Exception):
    """A row cannot be read; its text says why."""


def find_columns(table: Table, mapping: LegacyMapping) -> list[FoundColumns]:
    """Return the sheets that are lists of training. Raises MissingColumns where none is."""
    found: list[FoundColumns] = []
    best: tuple[tuple[LegacyField, ...], Sequence[str]] = (NEEDED, ())
    for sheet in table.sheets:
        for row in sheet.rows[:LINES_ABOVE]:
            columns = _columns(row.cells, mapping)
            lacked = tuple(one for one in NEEDED if one not in columns)
            if not lacked:
                found.append(
                    FoundColumns(
                        sheet=sheet, line=row.line, columns=columns, headings=tuple(row.cells)
                    )
                )
                break
            if len(lacked) < len(best[0]) or not best[1]:
                best = lacked, row.cells
    if not found:
        raise MissingColumns(
            (_(LEGACY_FIELDS[one]) for one in best[0]), filter(None, map(_cut, best[1]))
        )
    return found


def found_again(mappings: Sequence[LegacyMapping], table: Table) -> LegacyMapping:
    """Return the mapping that was made with the list most like this one; a plain one where none is."""
    likely = [(_likeness(one, table), one) for one in mappings]
    best = max(likely, key=lambda pair: pair[0], default=(0.0, LegacyMapping()))
    return best[1] if best[0] >= _LIKE else LegacyMapping()


def columns_seen(found: Sequence[FoundColumns]) -> tuple[LegacyColumn, ...]:
    """Return the columns of all sheets, each heading once, with some of what stands in them."""
    seen: dict[str, LegacyColumn] = {}
    for one in found:
        field_at = {place: wanted for wanted, place in one.columns.items()}
        below = [row for row in one.sheet.rows if row.line > one.line][:_LOOKED_AT]
        for place, heading in enumerate(one.headings):
            if heading.strip():
                normal, samples = normal_heading(heading), _samples(below, place)
                seen.setdefault(
                    normal, LegacyColumn(_cut(heading), normal, field_at.get(place), samples)
                )
    return tuple(seen.values())


def _samples(rows: Iterable[TextRow], place: int) -> tuple[str, ...]:
    texts = (clean(row.cells[place]) for row in rows if place < len(row.cells))
    return tuple(dict.fromkeys(_cut(text) for text in texts if text))[:_SAMPLES]


def columns_of_unknown(table: Table) -> tuple[LegacyColumn, ...]:
    """Return what seem to be the columns of a list whose headings say nothing."""
    found = []
    for sheet in table.sheets:
        top = sheet.rows[:LINES_ABOVE]
        if top:
            row = max(top, key=lambda one: (sum(map(bool, one.cells)), -one.line))
            found.append(
                FoundColumns(sheet=sheet, line=row.line, columns={}, headings=tuple(row.cells))
            )
    return columns_seen(found)


def order_of(found: Sequence[FoundColumns], mapping: LegacyMapping) -> tuple[DayOrder | None, str]:
    """Return what stands first in the days of a list, and one that does not tell."""
    texts = {text for one in found for text in _days_in(one)}
    evidence, open_one = evidence_of(texts)
    if evidence is Evidence.EITHER:
        return mapping.order, open_one
    if evidence is Evidence.NONE:
        return mapping.order or DayOrder.DAY_FIRST, ""
    return DayOrder(evidence.value), ""


def _days_in(found: FoundColumns) -> Iterator[str]:
    """Yield what stands in the columns of days."""
    for place in (found.columns[day] for day in DAYS if day in found.columns):
        for row in found.sheet.rows:
            if row.line > found.line and place < len(row.cells):
                yield row.cells[place]


def read_rows(
    found: Sequence[FoundColumns], order: DayOrder, today: date, *, several: bool
) -> Iterator[SaidRow | RowTrouble]:
    """Yield what each row says, or why it cannot be taken. `several`: whether sheets need names."""
    for one in found:
        name = one.sheet.name if several else ""
        for row in one.sheet.rows:
            if row.line > one.line:
                yield _read(name, row, one, order, today)


def _read(
    sheet: str, row: TextRow, found: FoundColumns, order: DayOrder, today: date
) -> SaidRow | RowTrouble:
    said: dict[LegacyField, str] = {}
    try:
        said.update(_texts(row, found))
        trained_on, valid_until = _days(said, order, today)
        _refuse_failed(said)
        _refuse_no_score(said)
    except _Refused as refused:
        number = said.get(LegacyField.NUMBER, "").upper()[:_SHOWN]
        return RowTrouble(sheet, row.line, number, str(refused), tuple(row.cells))
    return SaidRow(
        sheet=sheet,
        line=row.line,
        number=said[LegacyField.NUMBER].upper(),
        name=said.get(LegacyField.NAME, ""),
        requirement=said[LegacyField.REQUIREMENT],
        trained_on=trained_on,
        valid_until=valid_until,
        score=said.get(LegacyField.SCORE, ""),
        trainer=said.get(LegacyField.TRAINER, ""),
        source=said.get(LegacyField.SOURCE, ""),
        scan=said.get(LegacyField.SCAN, ""),
        cells=tuple(row.cells),
    )


def _refuse_failed(said: Mapping[LegacyField, str]) -> None:
    score = said.get(LegacyField.SCORE, "")
    said_so = " ".join(score.casefold().strip(" .!*()").split())
    if said_so in _FAILED or said_so.startswith(_FAILED_BEGIN):
        raise _Refused(_("The result says “{score}”: that meets nothing.").format(score=score))


def _refuse_no_score(said: Mapping[LegacyField, str]) -> None:
    """Raise _Refused for a share of more than all, or of less than nothing."""
    score = said.get(LegacyField.SCORE, "")
    share = _SHARE.fullmatch(score)
    if share is None:
        return
    value = float(share[1].replace(",", "."))
    if value < 0 or (share[2] and value > 100):  # noqa: PLR2004  per cent
        raise _Refused(_("{score} is no result that anybody can have.").format(score=score))


def _texts(row: TextRow, found: FoundColumns) -> dict[LegacyField, str]:
    if any(cell.strip() for cell in row.cells[len(found.headings) :]):
        raise _Refused(_("The row has more columns than there are headings."))
    said: dict[LegacyField, str] = {}
    for wanted, place in found.columns.items():
        text = clean(row.cells[place]) if place < len(row.cells) else ""
        if not text and place in row.unworked:
            raise _Refused(
                _("The formula in this cell has no value: open the file in Excel and save it.")
            )
        if text.startswith("="):
            raise _Refused(
                _("{field} is a formula, not a value.").format(field=_(LEGACY_FIELDS[wanted]))
            )
        if len(text) > _LONGEST:
            raise _Refused(
                _("{field} has more than {count} characters.").format(
                    field=_(LEGACY_FIELDS[wanted]), count=_LONGEST
                )
            )
        if text:
            said[wanted] = text
    return said


def _days(
    said: Mapping[LegacyField, str], order: DayOrder, today: date
) -> tuple[date, date | None]:
    for wanted in NEEDED:
        if wanted not in said:
            raise _Refused(_("{field} is missing.").format(field=_(LEGACY_FIELDS[wanted])))
    trained_on = _day(said[LegacyField.TRAINED_ON], order)
    if trained_on > today:
        raise _Refused(_("{day} lies ahead.").format(day=trained_on.isoformat()))
    if is_long_ago(trained_on, today):
        raise _Refused(
            _("{day} lies longer back than a working life.").format(day=trained_on.isoformat())
        )
    text = said.get(LegacyField.VALID_UNTIL, "")
    valid_until = _day(text, order) if text else None
    if valid_until is not None and valid_until < trained_on:
        raise _Refused(_("It would have ended before the day of the training."))
    return trained_on, valid_until


def _day(text: str, order: DayOrder) -> date:
    try:
        return day_in(text, order)
    except NoDay:
        words = _("{text} is not a day: write it like 31-12-2026.")
        raise _Refused(words.format(text=text[:20])) from None


def _columns(cells: Sequence[str], mapping: LegacyMapping) -> dict[LegacyField, int]:
    places = places_of(cells)
    columns = take_chosen(places, mapping.chosen)
    KNOWN.guess(places, columns)
    return columns


def _likeness(mapping: LegacyMapping, table: Table) -> float:
    mine = frozenset(mapping.headings)
    theirs = frozenset(name for sheet in table.sheets for name in nearest_line(sheet.rows, mine))
    return len(mine & theirs) / len(mine | theirs) if theirs else 0.0


def _cut(text: str) -> str:
    return clean(text)[:_SHOWN]
