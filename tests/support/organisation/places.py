"""The PCs of an organisation: founded once, copied for each history."""

import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from app.bootstrap.assembly import assemble
from app.core.base.actor import Actor, system_actor
from app.core.base.progress import NoProgress
from app.core.operations import OpenSite, SiteFolder
from app.core.people import NewPerson, create_first_administrator
from app.core.schema.upgrade import bring_up_to_date
from app.core.signatures import Pen, Proof, SigningKeys
from app.core.sync import OF_SYNC_ITSELF, Peer
from app.core.sync.exporting import Exporting, Wish
from app.core.training import RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc, know_each_other, pc_of
from tests.support.signers import LIGHT, LOGIN, PASSWORD

ACTOR = system_actor()
HQ, PUNE, GOA = "HQ", "PUN", "GOA"
SITES = {"hq": HQ, "pune": PUNE, "hall": PUNE, "goa": GOA}
"""The PCs, each with the code of its site. Pune has a second PC, in the training hall."""
COURSE, CLASS = "COURSE", "FIRE"
"""Codes of the course and of what a class proves; both are headquarters'."""
MOST_VOLUME = 600
"""Bytes of one volume: the files of the course take several."""
_GIFT = "::One:: Leave by the stairs. {T}\n\n::Two:: Use the lift. {F}"
_PAGE = "<h1>Fire</h1>" + "<p>Leave by the stairs.</p>" * 40


@dataclass
class Place:
    """One PC with its folders, its clock, and the program that runs there."""

    folder: Path
    code: str
    """Of its site."""
    clock: TurnedClock
    wrong_by: timedelta = timedelta(0)
    """How far its clock is off."""
    services: Services = field(init=False)
    backup: Path | None = None

    def open(self) -> "Place":
        """Start the program."""
        folder = SiteFolder(self.folder / "data", self.folder / "keys", self.clock)
        return self.run(folder.open(bring_up_to_date))

    def run(self, opened: OpenSite) -> "Place":
        """Let the program run on a site that is open."""
        pc_of(SiteFolder(self.folder / "data", self.folder / "keys", self.clock), opened)
        self.services = assemble(opened)
        return self

    def close(self) -> None:
        """End the program."""
        self.services.close()

    @property
    def name(self) -> str:
        """Return what it is called in a history."""
        return self.folder.name

    @property
    def station(self) -> bytes:
        """Return the fingerprint of its key, which a copy of its folders has too."""
        return self.services.open_site.station.fingerprint

    def meera(self) -> Actor:
        """Let the administrator of the site in."""
        return self.services.sign_in.sign_in(LOGIN, PASSWORD).actor

    def pen(self, actor: Actor) -> Pen:
        """Return what the administrator signs with."""
        return self.services.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))

    def peer(self, other: "Place") -> Peer:
        """Return another PC or its site as this one knows it. Raises NoSuchPeer."""
        is_own = other.code == self.code
        name = other.station.hex() if is_own else str(other.services.open_site.site_id)
        return self.services.sync.peer(ACTOR, name)

    def send(self, stick: Path, other: "Place", *, with_courses: bool) -> None:
        """Write a file for another, the files of courses in many small volumes beside it."""
        wish = Wish(courses=None if with_courses else ())
        peers = [self.peer(other)]
        self._exporting().seal_and_write(ACTOR, peers, stick, NoProgress(), wish)

    def take(self, path: Path) -> None:
        """Take a file in, or all of a folder."""
        self.services.sync.take(ACTOR, path)

    def _exporting(self) -> Exporting:
        """Return what writes as the program does, in smaller volumes."""
        opened, journal = self.services.open_site, self.services.journal
        staging = opened.folder / "incoming"
        exporting = Exporting(
            opened.site, opened.keys, staging, self.services.assets, most_volume=MOST_VOLUME
        )
        exporting.departure.seals.append(partial(journal.seal, ACTOR, but_for=OF_SYNC_ITSELF))
        return exporting


def an_organisation(folder: Path) -> None:
    """Lay down the PCs: they know each other, and have a course, a requirement, departments and people."""
    clock = TurnedClock()
    (stick := folder / "stick").mkdir(parents=True)
    sites = {code: first_pc(folder / name, clock, code) for name, code in _FIRST.items()}
    for code in (PUNE, GOA):
        know_each_other(sites[HQ], sites[code])
    hall = another_pc(sites[PUNE], folder / "hall", clock)
    places = {
        name: Place(folder / name, code, clock).run(sites[code].opened)
        for name, code in _FIRST.items()
    }
    places["hall"] = Place(folder / "hall", PUNE, clock).run(hall.opened)
    for name in _FIRST:
        _staff(places[name])
    _teach(places["hq"], folder / "course")
    _meet(places, stick, clock)
    for place in places.values():
        place.close()
    shutil.rmtree(stick)


_FIRST = {"hq": HQ, "pune": PUNE, "goa": GOA}


def _staff(place: Place) -> None:
    """Let a site have an administrator who signs, a department, a job role and somebody."""
    opened = place.services.open_site
    create_first_administrator(
        opened.site,
        login=LOGIN,
        name=f"Meera of-{place.code}",
        password=PASSWORD,
        number=f"{place.code}-0",
        cost=LIGHT,
        keepers=[SigningKeys(opened.site, opened.keys, LIGHT)],
    )
    meera = place.meera()
    place.services.signatures.accept_statement(meera, Proof(name=LOGIN, password=PASSWORD))
    people = place.services.people
    people.organisation.add_org_unit(ACTOR, f"{place.code}-SHOP", f"Shop of-{place.code}")
    people.organisation.add_job_role(ACTOR, f"{place.code}-FIT", f"Fitter of-{place.code}")
    joined = date(1990, 1, 1)
    number = f"{place.code}-1"
    people.add(ACTOR, NewPerson(number=number, name=f"First of-{place.code}", joined_on=joined))


def _teach(place: Place, folder: Path) -> None:
    """Publish the course, and add what a class proves."""
    folder.mkdir()
    (folder / "1 Read.html").write_text(_PAGE)
    (folder / "2 Quiz.gift").write_text(_GIFT)
    courses = place.services.courses
    course = courses.import_folder(ACTOR, folder, NoProgress())
    courses.publish(ACTOR, course, "")
    terms = Terms(
        from_on=place.clock.now().date(), validity=Validity.MONTHS, valid_count=12, window_days=30
    )
    new = NewRequirement(code=CLASS, title="Fire", type=RequirementType.SESSION, terms=terms)
    place.services.training.catalogue.add(ACTOR, new)
    shutil.rmtree(folder)


def _meet(places: dict[str, Place], stick: Path, clock: TurnedClock) -> None:
    pairs = [("pune", "hall"), ("hall", "pune"), ("pune", "hq"), ("goa", "hq")]
    for sender, taker in [*pairs, ("hq", "pune"), ("hq", "goa"), *pairs, ("pune", "hall")]:
        clock.turn(timedelta(seconds=1))
        places[sender].send(stick, places[taker], with_courses=True)
        places[taker].take(stick)
        places[sender].take(stick)
        for file in stick.iterdir():
            file.unlink()
