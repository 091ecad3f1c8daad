"""How the window gets at a site. Bootstrap implements it; importing it loads no database."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.core.base.progress import Progress

if TYPE_CHECKING:
    from app.core.keys import Introduction, Invitation  # likewise
    from app.services import Services  # its import takes the database's libraries along


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What the first-run wizard asked."""

    name: str
    code: str
    language: str
    administrator: str
    """Name of the first administrator."""
    login: str
    password: str = field(repr=False)
    pc_name: str = ""
    """What people call this PC; "" as the computer is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostPassword:
    """What two people bring who open the records: papers of the recovery kit, or HQ's answer."""

    shares: tuple[str, ...] = field(repr=False, default=())
    people: tuple[str, ...]
    login: str
    password: str = field(repr=False)
    """The new one."""
    answer: Path | None = None
    """The file with what headquarters sent."""


class LossTold(NamedTuple):
    """What a restore would lose, in words."""

    words: str
    details: str
    """Lines that may be many; "" where nothing more is known."""


class SiteOpener(Protocol):
    """Opens or founds the site of this program's data folder. Slow: run as jobs."""

    def exists(self) -> bool:
        """Tell whether there is a site; quick."""
        ...

    def told_at_sign_in(self) -> str:
        """Return what the sign-in page says about who may sign in; "" unless it is a demo. Quick."""
        ...

    def open(self, password: str | None) -> "Services":
        """Open the site. Raises PasswordNeeded and the database's own errors."""
        ...

    def recover(self, lost: LostPassword) -> "Services":
        """Open the site with two shares of its recovery kit. Raises what `operations.recover` does."""
        ...

    def ask_headquarters(self, path: Path, people: tuple[str, ...], reason: str) -> str:
        """Write a request for the key of the records, and return the words that prove it.

        Raises NoEscrow, NobodyNamed.
        """
        ...

    def change_key(self, password: str, progress: Progress) -> "Services":
        """Give the records of the closed site another key, and open it. Raises RecordsInUse, CopyNotSound."""
        ...

    def loss(self, backup: Path) -> LossTold:
        """Return what would be lost if a backup took the place of what is there."""
        ...

    def check_kit(self, backup: Path, lost: LostPassword) -> None:
        """Look whether two shares open a backup. Raises what `Restoring.check_kit` does."""
        ...

    def restore(
        self, backup: Path, brought: "str | LostPassword | None", progress: Progress
    ) -> str:
        """Put a backup in the place of the records, whose site is not open; return what there is to tell.

        A password, or two papers of the recovery kit, are brought by somebody who has not signed in: they
        alone open the backup then. Raises what is wrong with the backup; the records of before are in
        force then.
        """
        ...

    def found(self, new: NewSite) -> "Services":
        """Found a site."""
        ...

    def request(self) -> "Introduction":
        """Return what makes this PC, which has no site, known to one; its keys wait for the answer."""
        ...

    def save_request(self, path: Path, pc_name: str) -> None:
        """Write this PC's request, under the name that people call it by, to a file. Raises PcNameRefused."""
        ...

    def read_invitation(self, path: Path) -> "Invitation":
        """Return which site an answer or a site file lets this PC join."""
        ...

    def join(
        self, path: Path, password: str, passphrase: str, words: str, pc_name: str
    ) -> "Services":
        """Join that site; `words` are those that somebody compared.

        `pc_name` is what a PC is called that joins by a site file: an answer calls it as its request did.
        """
        ...

    def found_demo(self, progress: Progress) -> "Services":
        """Found the demo plant."""
        ...
