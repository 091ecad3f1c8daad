"""The keys of a site, in one place: known ones, pairing, and looking after them."""

from app.core.journal import Site
from app.core.keys.authority import SiteAuthority
from app.core.keys.care import KeyCare
from app.core.keys.folder import StationKey
from app.core.keys.introductions import Pairing
from app.core.keys.known_keys import KnownKeys
from app.core.keys.records import SiteRegister
from app.core.keys.succession import Succession


class SiteKeys(KnownKeys):
    """Whose keys are believed at this site, and this PC's part in it."""

    def __init__(
        self,
        site: Site,
        register: SiteRegister,
        authority: SiteAuthority,
        station: StationKey,
        pc: str,
    ) -> None:
        super().__init__(site, register, authority, station, pc)
        self.pairing = Pairing(self)
        self.care = KeyCare(self)
        self.succession = Succession(self)
