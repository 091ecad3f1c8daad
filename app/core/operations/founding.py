"""What is needed to found a site, or to join one that exists."""

import re
from dataclasses import dataclass, field

from app.core.keys import DEFAULT_COST, SlotCost, clean_pc_name
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
    pc_name: str = ""
    """What people call this PC; "" calls it as the computer is called."""

    def check(self) -> None:
        """Raise CodeRefused for a code that no certificate number can begin with, PcNameRefused for a long name."""
        if self.pc_name:
            clean_pc_name(self.pc_name)
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
    pc_name: str = ""
    """What people call this PC, which joins by a site file; an answer calls it as its request did."""
    cost: SlotCost = DEFAULT_COST
