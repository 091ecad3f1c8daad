"""A plant that issues certificates, its learning tied to it as bootstrap does."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.ids import new_id
from app.core.certificates import Certificates, CertificateSummary
from app.core.content import AssetStore
from app.core.courses import Outline, Releases
from app.core.journal import Site
from app.core.keys import KeyFolder, SiteAuthority
from app.core.learning import Learning
from app.core.people import rebuild_listing, rebuild_reach
from app.core.people.models import OrgUnitRow, PersonRow, PlacementRow
from tests.support.clock import TurnedClock
from tests.support.teaching import ACTOR, a_learner, a_lesson, published


def viewer(*capabilities: Capability, units: frozenset[UUID] | None = None) -> Actor:
    """Return somebody with these capabilities, for the site or for org units."""
    grants = frozenset(Grant(capability=one, org_units=units) for one in capabilities)
    return Actor(account_id=None, person_id=None, name="Viewer", grants=grants)


@dataclass
class Plant:
    """A site with its keys, its learning and its certificates."""

    site: Site
    clock: TurnedClock
    keys: KeyFolder
    authority: SiteAuthority
    assets: AssetStore
    learning: Learning
    certificates: Certificates

    def course(self, code: str = "LOTO", **fields: object) -> UUID:
        """Publish a course of one page."""
        outline = Outline(
            **{"title": "Lock-out, tag-out", **fields, "lessons": (a_lesson("page"),)}
        )
        return published(self.site, outline, code)

    def complete(self, learner: Actor, course_id: UUID) -> None:
        """Let somebody complete a course."""
        hand = self.learning.begin(learner, course_id)
        lesson = hand.lessons[0].lesson_id
        done = self.learning.tick(learner, hand.start_id, lesson, {"reached": 1000}, 5)
        assert done.is_done

    def certified(
        self, number: str = "E-10442", name: str = "Asha Kulkarni", course_id: UUID | None = None
    ) -> tuple[Actor, CertificateSummary]:
        """Add a learner who completes a course; return both the learner and the certificate."""
        learner = a_learner(self.site, number, name)
        self.complete(learner, course_id or self.course(f"C-{number}"))
        (certificate,) = self.certificates.my_certificates(learner)
        return learner, certificate

    def document(self, certificate: CertificateSummary) -> bytes:
        """Return a certificate's PDF."""
        return self.certificates.document(ACTOR, certificate.id)

    def rename(self, learner: Actor, **fields: str) -> None:
        """Change how a person is called."""
        with self.site.transaction(ACTOR, "person.edit") as unit:
            row = unit.get_one(PersonRow, learner.person_id)
            for name, value in fields.items():
                setattr(row, name, value)
            row.search_text = f"{row.number} {row.name} {row.name_local}".casefold()

    def place(self, learner: Actor, unit_code: str) -> UUID:
        """Put somebody into an org unit of their own; return its id."""
        place_id = new_id()
        with self.site.transaction(ACTOR, "person.place") as unit:
            unit.add(OrgUnitRow(id=place_id, code=unit_code, name=unit_code))
            unit.flush()
            unit.add(
                PlacementRow(
                    person_id=learner.person_id, org_unit_id=place_id, from_on=date(2026, 1, 1)
                )
            )
            rebuild_reach(unit)
            rebuild_listing(unit)
        return place_id


def a_plant(site: Site, clock: TurnedClock, folder: Path, name: str, *, has_keys: bool) -> Plant:
    """Tie a plant together on an empty site."""
    site_id = new_id()
    keys = KeyFolder(folder / "keys", site_id)
    authority = SiteAuthority(keys, site_id, name)
    if has_keys:
        authority.create(clock.now())
    assets = AssetStore(folder / "assets", clock)
    certificates = Certificates(site, assets, authority, "PUN")
    learning = Learning(site, Releases())
    learning.on_completed.append(certificates.issue)
    return Plant(site, clock, keys, authority, assets, learning, certificates)
