"""Course codes: short, unique on the site, made from the title where none is given."""

import unicodedata

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.courses.models import CourseRow
from app.core.journal import Unit

MAX_CODE = 40
_LONGEST_MADE = 24
_TURN = "course codes"


class CodeTaken(UserFacingError):
    """Another course has this code."""

    def __init__(self, code: str, title: str) -> None:
        self.code = code
        super().__init__(
            _("The code {code} belongs to the course {title}.").format(code=code, title=title),
            safe=_("Nothing was changed."),
            remedy=_("Choose another code."),
        )


def code_from(title: str) -> str:
    """Return a code made of a title in any script: FIRE-SAFETY."""
    signs = (sign if _is_of_a_word(sign) else " " for sign in unicodedata.normalize("NFC", title))
    code = ""
    for word in "".join(signs).upper().split():
        if code and len(code) + len(word) >= _LONGEST_MADE:
            break
        code = f"{code}-{word}" if code else word[:_LONGEST_MADE]
    return code or "COURSE"


def free_code(unit: Unit, wished: str) -> str:
    """Return `wished`, or with a number behind it when another course has it; free until the unit ends."""
    unit.take_turn(_TURN)
    return code_free_now(unit, wished)


def code_free_now(session: Session, wished: str) -> str:
    """Return `wished`, or with a number behind it when another course has it at this moment."""
    taken = set(session.scalars(sa.select(CourseRow.code)))
    numbered = (f"{wished}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (wished, *numbered) if code not in taken)


def require_free(session: Session, code: str) -> None:
    """Raise CodeTaken when another course has this code; in a unit it stays free until that ends."""
    if isinstance(session, Unit):
        session.take_turn(_TURN)
    title = session.scalar(sa.select(CourseRow.title).where(CourseRow.code == code))
    if title is not None:
        raise CodeTaken(code, title)


def _is_of_a_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in {"L", "N", "M"}
