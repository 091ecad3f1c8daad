"""Two PCs, each with a data folder and keys of its own, as they come to know each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.base.actor import system_actor
from app.core.keys import SlotCost
from app.core.operations import Founding, Join, OpenSite, SiteFolder
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.left_open import note_opened

BOSS = system_actor()
PASSWORD = "correct horse battery"
PASSPHRASE = "four words that differ"
QUICK = SlotCost(memory=256, passes=1)


def pc(folder: Path, name: str, clock: TurnedClock) -> SiteFolder:
    """Return the data folder of a PC that has keys of its own."""
    return SiteFolder(folder / name, folder / f"{name} keys", clock)


def found(place: SiteFolder, name: str = "Pune plant") -> OpenSite:
    """Found a site there, quickly."""
    founding = Founding(name=name, code=name[:3].upper(), password=PASSWORD, cost=QUICK)
    return _noted(place.found(founding, bring_up_to_date))


def join(
    place: SiteFolder, paper: bytes, *, words: str | None = None, passphrase: str = ""
) -> OpenSite:
    """Join with an answer or a site file, quickly."""
    wanted = Join(paper=paper, password=PASSWORD, passphrase=passphrase, words=words, cost=QUICK)
    return _noted(place.join(wanted, bring_up_to_date))


def answered(site: OpenSite, place: SiteFolder) -> bytes:
    """Let a PC ask, and the site answer."""
    request = place.request()
    answer = site.keys.pairing.pair(BOSS, request.document, request.words).answer
    assert answer is not None
    return answer


@contextmanager
def opened(place: SiteFolder) -> Iterator[OpenSite]:
    """Open a data folder, and close it again."""
    site = place.open(bring_up_to_date)
    try:
        yield site
    finally:
        site.site.close()


def _noted(opened: OpenSite) -> OpenSite:
    note_opened(opened.site.database)
    return opened
