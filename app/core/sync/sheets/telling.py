"""What waits for more of its sheets, in words."""

from collections.abc import Iterable

from app.core.base.words import _, plural
from app.core.sync.sheets.codes import CODES_ON_A_SHEET, SheetKind
from app.core.sync.sheets.keeping import WaitingSheets

_NAMED = 12


def waiting_in_words(waiting: WaitingSheets) -> str:
    """Return what it is, and how much of it is here."""
    here = waiting.count - len(waiting.missing)
    words = (
        _("A receipt: {here} of {codes} read.")
        if waiting.of.kind is SheetKind.RECEIPT
        else _("A sync file: {here} of {codes} read.")
    )
    return words.format(here=here, codes=plural("{count} code", "{count} codes", waiting.count))


def missing_in_words(waiting: WaitingSheets) -> str:
    """Return which sheets are missing, and which codes of sheets that were read."""
    missing = set(waiting.missing)
    sheets: list[int] = []
    codes: list[int] = []
    for sheet in waiting.missing_sheets:
        on_it = set(_codes_on(sheet, waiting.count))
        if on_it <= missing:
            sheets.append(sheet)
        else:
            codes += sorted(on_it & missing)
    told = [
        words.format(numbers=_listed(numbers))
        for words, numbers in (
            (_("Missing sheets: {numbers}"), sheets),
            (_("Codes not read: {numbers}"), codes),
        )
        if numbers
    ]
    return " · ".join(told) or _("All of it is here: read any of its sheets once more.")


def _codes_on(sheet: int, count: int) -> range:
    first = (sheet - 1) * CODES_ON_A_SHEET + 1
    return range(first, min(count, first + CODES_ON_A_SHEET - 1) + 1)


def _listed(numbers: Iterable[int]) -> str:
    every = [str(number) for number in numbers]
    more = len(every) - _NAMED
    return ", ".join(every[:_NAMED]) + ("" if more <= 0 else " …")
