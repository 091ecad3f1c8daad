"""A site on a server, with the administrator who founded it and signs there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.keys import KeyFolder, SiteAuthority, SiteKeys, SiteRegister
from app.core.people import SignIn
from app.core.signatures import Proof, Signatures, SigningKeys
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.postgres import postgres_database, postgres_server
from tests.support.signers import LIGHT, LOGIN, PASSWORD, found_with
from tests.support.sites import STATION, open_site


@dataclass
class Served:
    """What people sign with there."""

    keys: SiteKeys
    signatures: Signatures
    meera: Actor
    """The administrator, in a series of signatures."""


@contextmanager
def site_on_a_server(clock: TurnedClock) -> Iterator[Site]:
    """Open an empty site on a server of its own."""
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


def keys_of(site: Site, folder: Path, clock: TurnedClock) -> SiteKeys:
    """Found a site's keys, and return them before any is in use."""
    site_id = new_id()
    keys = KeyFolder(folder / "keys", site_id)
    founding = SiteAuthority(keys, site_id, "Pune plant")
    founding.create(clock.now())
    register = SiteRegister(site, site_id)
    register.found(ACTOR, "Pune plant", "PUN", "en", founding.trusted())
    authority = SiteAuthority(keys, site_id, "Pune plant", register.trusted())
    return SiteKeys(site, register, authority, STATION, "the server's PC")


def founded(site: Site, folder: Path, clock: TurnedClock) -> Served:
    """Give a site its keys and its administrator, who signs in and accepts the statement."""
    keys = keys_of(site, folder, clock)
    keys.establish()
    found_with(site, keys)
    door = SignIn(site, LIGHT)
    signatures = Signatures(site, keys, door, SigningKeys(site, keys, LIGHT))
    meera = door.sign_in(LOGIN, PASSWORD).actor
    signatures.accept_statement(meera, Proof(name=LOGIN, password=PASSWORD))
    return Served(keys, signatures, meera)
