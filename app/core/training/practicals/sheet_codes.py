"""The code on a blank form: which version of which form it is, and for whom, so that a scan finds it again."""

from dataclasses import dataclass
from uuid import UUID

_PREFIX = "DKP1"
_NOBODY = "-"
_PARTS = 5
_MOST = 1000
"""Of runs and pages: more is no code of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCode:
    """What the code on a page says."""

    version_id: UUID
    person_id: UUID | None
    """None on a form that was printed for nobody in particular."""
    run: int
    page: int
    """From 1."""

    @property
    def text(self) -> str:
        """Return it as the code carries it: capitals and digits pack best."""
        who = _NOBODY if self.person_id is None else self.person_id.hex.upper()
        return f"{_PREFIX}:{self.version_id.hex.upper()}:{who}:{self.run}:{self.page}"


def read_form_code(untrusted: str) -> FormCode | None:
    """Return what a code says; None for one that is not of a practical's form."""
    parts = untrusted.split(":")
    if len(parts) != _PARTS or parts[0] != _PREFIX or not untrusted.isascii():
        return None
    _prefix, version, who, run, page = parts
    try:
        found = FormCode(
            version_id=UUID(hex=version),
            person_id=None if who == _NOBODY else UUID(hex=who),
            run=int(run),
            page=int(page),
        )
    except ValueError:
        return None
    return found if 1 <= found.run < _MOST and 1 <= found.page < _MOST else None
