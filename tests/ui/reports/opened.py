"""A site that is open with every service, who works at it, and a desk to do it at."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from app.bootstrap.assembly import assemble
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.keys import (
    DataKeyFile,
    KeyFolder,
    SiteAuthority,
    SiteKeys,
    SiteRegister,
    SiteTold,
    SlotCost,
)
from app.core.operations import Founding, Incarnations, OpenSite, SiteFolder
from app.core.schema import bring_up_to_date
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.screen import Screen
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.left_open import note_opened
from tests.support.sites import STATION, empty_database, open_site

SMALL = (1093 - 216, 614 - 65)
"""What a screen has of the smallest window, beside navigation and top bar."""
_AUDITS = (
    Capability.VIEW_PEOPLE,
    Capability.VIEW_COURSES,
    Capability.VIEW_RECORDS,
    Capability.VIEW_REPORTS,
    Capability.VIEW_JOURNAL,
)

Desk = WrittenDesk[Services]


def open_everything(folder: Path, clock: TurnedClock, name: str = "Baddi plant") -> Services:
    """Open an empty site that holds its keys."""
    site_id = new_id()
    keys = KeyFolder(folder / "keys", site_id)
    return _assembled(folder, keys, site_id, open_site(empty_database(folder), clock), name)


def open_encrypted(folder: Path, clock: TurnedClock) -> Services:
    """Open a site that was founded as the program does it, with what backups need."""
    place = SiteFolder(folder / "data", folder / "keys", clock)
    founding = Founding(
        name="Baddi plant",
        code="BDI",
        password="correct horse battery",
        cost=SlotCost(memory=256, passes=1),
    )
    opened = place.found(founding, bring_up_to_date)
    note_opened(opened.site.database)
    return assemble(opened)


def _assembled(folder: Path, keys: KeyFolder, site_id: UUID, site: Site, name: str) -> Services:
    site.site_id = site_id
    authority = SiteAuthority(keys, site_id, name)
    authority.create(site.clock.now())
    trusted = authority.trusted()
    told = SiteTold(
        site_id=site_id,
        name=name,
        code="BDI",
        language="en",
        token_key=trusted.token_key,
        pdf_certificate=trusted.pdf_certificate,
        certificates=(),
        revocations=(),
    )
    register = SiteRegister(site, site_id, told)
    return assemble(
        OpenSite(
            folder=folder,
            site_id=site_id,
            name=name,
            code="BDI",
            site=site,
            station=STATION,
            authority=authority,
            keys=SiteKeys(site, register, authority, STATION, "PC"),
            data_key_file=DataKeyFile(folder, keys, site.clock),
            incarnations=Incarnations(keys, folder, site, register),
        )
    )


def somebody(name: str, *capabilities: Capability) -> Actor:
    """Return an actor who holds these capabilities for the whole site."""
    grants = frozenset(Grant(capability=one) for one in capabilities)
    return Actor(account_id=None, person_id=None, name=name, grants=grants)


def administrator() -> Actor:
    """Return who may do everything but learn."""
    return somebody("Meera Iyer", *(set(Capability) - {Capability.LEARN}))


def auditor() -> Actor:
    """Return who sees everything and changes nothing."""
    return somebody("Visiting auditor", *_AUDITS)


def settle(jobs: JobRunner) -> None:
    """Let everything under way arrive, and what follows from it."""
    for _round in range(4):
        assert jobs.wait_idle(20_000)
        QCoreApplication.sendPostedEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def put(screen: Screen[Services], window: QWidget, jobs: JobRunner, **args: object) -> None:
    """Show a screen in a window as the shell does."""
    screen.setParent(window)
    screen.resize(window.size())
    screen.arrive(**args)
    screen.show()
    settle(jobs)


def check_usable(screen: Screen[Services]) -> None:
    """Fail for controls without a name, out of Tab's reach, or too wide for the smallest window."""
    assert nameless(screen) == []
    assert unreachable(screen) == []
    wanted = screen.minimumSizeHint()
    assert wanted.width() <= SMALL[0], f"{wanted.width()} wide"
    assert wanted.height() <= SMALL[1], f"{wanted.height()} high"
