"""A file as somebody gives it: read whole, so that nothing hangs on its stick afterwards."""

from dataclasses import dataclass, field
from pathlib import Path

from app.core.base.words import _
from app.core.spreadsheets.errors import FileGone, FileUnreadable

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as somebody gives it: a list, or a scan."""

    name: str
    content: bytes = field(repr=False)


def given_file(path: Path) -> GivenFile:
    """Read a file. Raises FileGone; FileUnreadable: it is too large."""
    try:
        if path.stat().st_size > _LARGEST:
            raise FileUnreadable(_("The file is larger than 50 MB."))
        return GivenFile(name=path.name, content=path.read_bytes())
    except OSError as error:
        raise FileGone(path.name) from error
