"""Text of a cell becomes a value: days, kinds of person, languages."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from app.core.base.words import LANGUAGES, _
from app.core.people.errors import DetailRefused
from app.core.people.models import PersonKind, Reads
from app.core.people.rules import clean_text
from app.core.spreadsheets import DayOrder, NoDay, day_in

_KINDS = {
    PersonKind.EMPLOYEE: (
        "employee", "permanent", "regular", "staff", "full time", "fulltime", "confirmed",
        "probation", "part time", "fixed term",
    ),
    PersonKind.CONTRACTOR: (
        "contractor", "contract", "contractual", "contract labour", "contract labor",
        "third party", "agency", "consultant",
    ),
    PersonKind.APPRENTICE: ("apprentice", "trainee", "intern", "graduate trainee"),
    PersonKind.VISITOR: ("visitor", "guest"),
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}
_READS = {
    Reads.ALONE: ("alone", "reads alone", "literate", "reads"),
    Reads.ALONG: (
        "along", "needs somebody to read along", "reads along", "read to", "illiterate", "non literate",
        "not literate", "needs help",
    ),
}  # fmt: skip
_READS_OF = {word: reads for reads, words in _READS.items() for word in words}
_ENGLISH = {
    "english": "en", "hindi": "hi", "tamil": "ta", "telugu": "te", "marathi": "mr",
    "bengali": "bn", "bangla": "bn",
}  # fmt: skip
_LANGUAGE_OF = {
    **{code: code for code in LANGUAGES},
    **{name.casefold(): code for code, name in LANGUAGES.items()},
    **_ENGLISH,
}


def parse_day(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date:
    """Return the day written as 2026-01-05, 5/1/2026, 05-01-26 or 5-Jan-2026.

    `order` says what stands first in one that is written in figures, unless that is a year. Raises
    DetailRefused for days that do not exist and everything else.
    """
    try:
        return day_in(text, order)
    except NoDay:
        raise _no_day(text) from None


_SHORTENED = re.compile(r"\d(?:[.,]\d+)?e\+\d+", re.IGNORECASE)


def unshortened(text: str) -> str:
    """Return a number as it is written. Raises DetailRefused for what a spreadsheet made of a long one, as 1.23E+11."""
    if _SHORTENED.fullmatch(text.strip()):
        raise DetailRefused(
            _(
                "{text} was shortened by a spreadsheet: show that column as text and save the list."
            ).format(text=text[:20])
        )
    return text


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-"))


def as_typed(text: str) -> str:
    """Return a number in the characters of a keyboard: programs put others for dashes, and one before all."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES)
    return plain.lstrip("'‘’")


def _no_day(text: str) -> DetailRefused:
    return DetailRefused(_("{text} is not a day: write it like 31-12-2026.").format(text=text[:20]))


def parse_kind(text: str) -> PersonKind:
    """Return the kind of person a word stands for. Raises DetailRefused."""
    words = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
    kind = _KIND_OF.get(words)
    if kind is None:
        raise DetailRefused(
            _("{text} is not one of: {kinds}.").format(
                text=text[:20], kinds=", ".join(kind.value for kind in PersonKind)
            )
        )
    return kind


def parse_job_roles(text: str) -> tuple[str, ...]:
    """Return the job roles that a cell names, each once; commas, semicolons or lines part them."""
    words = (clean_text(one) for one in re.split(r"[,;\n]", text))
    return tuple({one.casefold(): one for one in words if one}.values())


class Standing(StrEnum):
    """Whether somebody is still here, as an HR system says it."""

    HERE = "here"
    NOTICE = "notice"
    """Here, and about to leave."""
    LEFT = "left"


_STANDINGS = {
    Standing.HERE: (
        "here", "active", "working", "confirmed", "probation", "on probation", "current", "employed", "existing", "on leave", "long leave", "trainee", "false", "no",
    ),
    Standing.NOTICE: (
        "notice", "on notice", "notice period", "serving notice", "serving notice period", "resigned",
    ),
    Standing.LEFT: (
        "left", "inactive", "in active", "exited", "exit", "ex employee", "relieved", "terminated",
        "separated", "retired", "absconded", "absconding", "deceased", "expired", "former", "true", "yes",
    ),
}  # fmt: skip
"""true and no are said of columns called leftorg. Who resigned works until a day that is told apart."""
_STANDING_OF = {word: standing for standing, words in _STANDINGS.items() for word in words}


def parse_standing(text: str) -> Standing | None:
    """Return what a word says of whether somebody is still here; None where it is not understood."""
    return _STANDING_OF.get(" ".join(text.casefold().replace("-", " ").replace("_", " ").split()))


def parse_reads(text: str) -> str:
    """Return how somebody reads, as a value of `Reads`. Raises DetailRefused."""
    found = _READS_OF.get(" ".join(text.casefold().replace("-", " ").replace("_", " ").split()))
    if found is None:
        raise DetailRefused(
            _("{text} is not one of: {words}.").format(text=text[:20], words=", ".join(Reads))
        )
    return found.value


def parse_language(text: str) -> str:
    """Return the code of a language, given as code or name. Raises DetailRefused."""
    code = _LANGUAGE_OF.get(text.casefold())
    if code is None:
        raise DetailRefused(
            _("{text} is not one of: {languages}.").format(
                text=text[:20], languages=", ".join(LANGUAGES)
            )
        )
    return code
