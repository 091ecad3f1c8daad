"""What is needed to found a site, or to join one that exists."""

import re
from dataclasses import dataclass, field

from app.core.keys import DEFAULT_COST, SlotCost
from app.core.operations.folder_errors import LONGEST_CODE, CodeRefused

_CODE = re.compile(rf"[A-Z0-9](?:[A-Z0-9-]{{0,{LONGEST_CODE - 2}}}[A-Z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is needed to found a site."""

    name: str
    code: str
    """Begins the number of every certificate: capital letters, digits, hyphens."""
    password: str
    language: str = "en"
    database_url: str | None = None
    """A PostgreSQL URL; None puts an encrypted file into the data folder."""
    cost: SlotCost = DEFAULT_COST

    def check(self) -> None:
        """Raise CodeRefused for a code that no certificate number can begin with."""
        if not _CODE.fullmatch(self.code):
            raise CodeRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """What is needed to join a site that exists."""

    paper: bytes = field(repr=False)
    """An answer, or a site file."""
    password: str = field(repr=False)
    """Opens this data folder, should the PC be lost."""
    passphrase: str = field(default="", repr=False)
    """Of a site file."""
    words: str | None = None
    """What somebody compared; None where nobody could."""
    cost: SlotCost = DEFAULT_COST
