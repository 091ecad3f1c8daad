"""What every command stands in: which site, who acts, and how answers and errors are told."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typer
from rich.progress import Progress as RichProgress

from app.core.base.actor import Actor, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.measuring import Bench
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.operations import (
    Founding,
    Join,
    LockedRecords,
    Moved,
    OpenSite,
    Proof,
    Recovery,
    Restoring,
    SiteFolder,
    Tried,
)
from app.core.people import NobodyYet
from app.services import Services

MAKES_KNOWN = "sync export --to pcs --out STICK"
"""How a PC that joined by a site file makes itself known to the others."""

OpenServices = Callable[[Path, str | None], Services]
"""Opens the site in a data folder; the password is tried only when this PC has no key for it."""

FoundServices = Callable[[Path, Founding, str, str], Services]
"""Founds a site in a folder with its first administrator: login and name."""


JoinServices = Callable[[Path, Join], Services]
"""Joins a site that exists, with a data folder of its own."""

RecoverServices = Callable[[Path, Recovery], Services]
"""Opens a site whose password is lost with two shares of its recovery kit."""

RekeyServices = Callable[[Path, str, Progress], Services]
"""Gives a site that is closed another data key, which a password opens, and opens it."""

MoveServices = Callable[[Path, Actor, str, str | None, Progress], tuple[Services, Moved]]
"""Moves the records of a site that is closed to a server, and opens it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDemo:
    """What somebody wants of the demo."""

    out: Path
    headless: bool
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways into the product that bootstrap gives to the command line."""

    open_services: OpenServices
    found_services: FoundServices
    join_services: JoinServices
    recover_services: RecoverServices
    rekey_services: RekeyServices
    move_services: MoveServices
    site_folder: Callable[[Path], SiteFolder]
    locked_records: Callable[[Path], LockedRecords]
    benches: Callable[[], Sequence[Bench]]
    demo: Callable[[WantedDemo, Progress], int]
    restoring: Callable[[Path], Restoring]
    """Restores backups into a data folder whose site is not open."""
    prove_backup: Callable[[Path, str | None, Progress], Proof]
    """Restores a backup on trial, whichever site it is of."""
    try_version: Callable[[Path, Path | None, bytes, Progress], Tried]
    """Lets this version of the program prove itself, with a backup in a data folder and its key."""


class SignInNeeded(UserFacingError):
    """A command that acts for somebody was not told for whom."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This command needs somebody who signs in."),
            safe=_("Nothing was changed."),
            remedy=_("Give --as LOGIN and the password in DAKSHA_PASSWORD."),
        )


class PinNeeded(UserFacingError):
    """A command that gives a PIN was not told which."""

    def __init__(self) -> None:
        super().__init__(
            _("No PIN was given."),
            safe=_("Nothing was changed."),
            remedy=_("Put it into DAKSHA_PIN, or run the command where it can ask."),
        )


class NewPasswordNeeded(UserFacingError):
    """A command that changes a password was not told the new one."""

    def __init__(self) -> None:
        super().__init__(
            _("No new password was given."),
            safe=_("Nothing was changed."),
            remedy=_("Put it into DAKSHA_NEW_PASSWORD, or run the command where it can ask."),
        )


class PassphraseNeeded(UserFacingError):
    """A command that opens or makes a site file was not told its passphrase."""

    def __init__(self) -> None:
        super().__init__(
            _("No passphrase was given."),
            safe=_("Nothing was changed."),
            remedy=_("Put it into DAKSHA_PASSPHRASE, or run the command where it can ask."),
        )


class WaitsForItsFirstFile(UserFacingError):
    """A PC that joined has no records yet, and perhaps nobody knows of it."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Nobody can sign in here yet: this PC waits for its first sync file."),
            safe=_("Nothing was lost."),
            remedy=_(
                "Take one in that was written for it: sync import. After a site file no other PC knows this "
                "one: let it make itself known first, by {command}, or through a shared folder (sync folder)."
            ).format(command=MAKES_KNOWN),
        )


@dataclass(slots=True)
class Frame:
    """One run of the command line."""

    folder: Path
    login: str | None
    as_json: bool
    ways: Ways
    _services: Services | None = field(default=None, repr=False)
    _actor: Actor | None = None

    @property
    def services(self) -> Services:
        """Return the services of the site, opened on first use."""
        if self._services is None:
            self._services = self.ways.open_services(self.folder, os.environ.get("DAKSHA_PASSWORD"))
        return self._services

    def found(self, founding: Founding, login: str) -> OpenSite:
        """Found a site in the data folder with its first administrator, and open it."""
        self._services = self.ways.found_services(self.folder, founding, login, login)
        return self._services.open_site

    def join(self, join: Join) -> OpenSite:
        """Join a site with the data folder, and open it."""
        self._services = self.ways.join_services(self.folder, join)
        return self._services.open_site

    def recover(self, recovery: Recovery) -> OpenSite:
        """Open the site with its recovery kit."""
        self._services = self.ways.recover_services(self.folder, recovery)
        return self._services.open_site

    def change_key(self, password: str) -> OpenSite:
        """Close the site, give it another data key, and open it."""
        self.close()
        self._services = None
        self._services = self.ways.rekey_services(self.folder, password, self.progress())
        return self._services.open_site

    def move(self, actor: Actor, url: str) -> Moved:
        """Close the site, move its records to a server, and open it there."""
        self.close()
        self._services = None
        password = os.environ.get("DAKSHA_PASSWORD")
        self._services, moved = self.ways.move_services(
            self.folder, actor, url, password, self.progress()
        )
        return moved

    def today(self) -> date:
        """Return the site's day of now, for whoever gives none."""
        return local_day(self.services.open_site.site.clock)

    def actor(self) -> Actor:
        """Return who acts: signed in with --as and the password, once a run. Raises SignInNeeded."""
        if self._actor is None:
            if self.login is None:
                raise SignInNeeded
            try:
                self._actor = self.services.sign_in.with_password(self.login, self.password())
            except NobodyYet as refusal:
                raise WaitsForItsFirstFile from refusal
        return self._actor

    def carrier(self) -> Actor:
        """Return who carries sync files: who signs in, once that is possible on this PC. Raises SignInNeeded.

        A PC that has joined and waits for its first file makes itself known to the others with what it writes.
        """
        return system_actor() if self.services.open_site.waits else self.actor()

    def benches(self) -> Sequence[Bench]:
        """Return the benches there are."""
        return self.ways.benches()

    def demo(self, wanted: WantedDemo) -> int:
        """Show or walk through the demo plant; return the exit code."""
        return self.ways.demo(wanted, self.progress())

    def password(self) -> str:
        """Return the password from DAKSHA_PASSWORD, or asked for without showing it. Raises SignInNeeded."""
        given = os.environ.get("DAKSHA_PASSWORD")
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise SignInNeeded
        return str(typer.prompt(_("Password"), hide_input=True, err=True))

    def can_ask_second(self) -> bool:
        """Tell whether who stands beside the actor can say their password or PIN here."""
        return "DAKSHA_SECOND_PASSWORD" in os.environ or sys.stdin.isatty()

    def second_password(self, login: str) -> str:
        """Return the password or PIN of who stands beside the actor, from DAKSHA_SECOND_PASSWORD or asked for unseen.

        Raises SignInNeeded.
        """
        given = os.environ.get("DAKSHA_SECOND_PASSWORD")
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise SignInNeeded
        words = _("Password of {login}").format(login=login)
        return str(typer.prompt(words, hide_input=True, err=True))

    def passphrase(self) -> str:
        """Return the passphrase of a site file from DAKSHA_PASSPHRASE, or asked for unseen.

        Raises PassphraseNeeded.
        """
        given = os.environ.get("DAKSHA_PASSPHRASE")
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise PassphraseNeeded
        return str(typer.prompt(_("Passphrase of the site file"), hide_input=True, err=True))

    def new_pin(self) -> str:
        """Return a PIN for somebody from DAKSHA_PIN, or asked for twice without showing it.

        Raises PinNeeded.
        """
        given = os.environ.get("DAKSHA_PIN")
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise PinNeeded
        again = _("The same again")
        return str(typer.prompt(_("New PIN"), hide_input=True, confirmation_prompt=again, err=True))

    def new_password(self) -> str:
        """Return a new password from DAKSHA_NEW_PASSWORD, or asked for twice without showing it.

        Raises NewPasswordNeeded.
        """
        given = os.environ.get("DAKSHA_NEW_PASSWORD")
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise NewPasswordNeeded
        again = _("The same again")
        words = _("New password")
        return str(typer.prompt(words, hide_input=True, confirmation_prompt=again, err=True))

    def save(self, path: Path, document: Document, *, overwrite: bool = True) -> None:
        """Write a file that somebody takes away, and note it.

        It is the program's own without --as, and where nobody can sign in before the first sync file.
        """
        is_nobody = self.login is None or self.services.open_site.waits
        actor = system_actor() if is_nobody else self.actor()
        self.services.egress.save(actor, path.absolute(), document, overwrite=overwrite)

    def tell(self, text: str, data: dict[str, Any]) -> None:
        """Print an answer: `text` for people, or with --json exactly one object for scripts."""
        answer = json.dumps(data, ensure_ascii=False, default=_as_text) if self.as_json else text
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()

    def progress(self) -> Progress:
        """Return a progress that is drawn on stderr, or is silent when nobody looks."""
        return _Bar() if sys.stderr.isatty() else _Silent()

    def close(self) -> None:
        """Close the site if it was opened."""
        if self._services is not None:
            self._services.close()
            self._services = self._actor = None


def frame_of(context: typer.Context) -> Frame:
    """Return the frame of the run that a command belongs to."""
    frame: Frame = context.find_root().obj
    return frame


class _Silent:
    def step(self, done: int, total: int, note: str = "") -> None:
        """Say nothing."""


class _Bar:
    def __init__(self) -> None:
        from rich.console import Console  # 11 ms, and only where somebody watches

        self._bar = RichProgress(console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None)
        self._bar.start()

    def step(self, done: int, total: int, note: str = "") -> None:
        """Draw how far the work is."""
        self._bar.update(self._task, completed=done, total=total or None, description=note)
        if total and done >= total:
            self._bar.stop()


def _as_text(value: object) -> str:
    """Return what JSON has no form for: a moment as every other key has it, the rest as it is shown."""
    return value.isoformat() if isinstance(value, datetime) else str(value)
