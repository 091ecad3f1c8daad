"""A site that has issued two certificates, for two courses."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.certificates import CertificateSummary
from app.core.courses import Outline
from app.services import Services
from tests.support.teaching import a_learner, a_lesson, published

COURSES = {"LOTO": "Lock-out, tag-out", "FIRE": "Fire extinguisher use"}


@dataclass(frozen=True)
class Issued:
    """Asha holds both certificates; Ravi has none."""

    asha: Actor
    ravi: Actor
    courses: dict[str, UUID]
    certificates: tuple[CertificateSummary, ...]
    """The newest first: FIRE, then LOTO."""


@pytest.fixture
def issued(services: Services) -> Issued:
    return issue(services)


def issue(services: Services) -> Issued:
    """Let somebody complete both courses."""
    site, learning = services.open_site.site, services.learning
    asha, ravi = a_learner(site), a_learner(site, "E-2", "Ravi Kumar")
    made: dict[str, UUID] = {}
    for code, title in COURSES.items():
        months = 12 if code == "LOTO" else None
        outline = Outline(title=title, lessons=(a_lesson("page"),), valid_months=months)
        made[code] = published(site, outline, code)
        hand = learning.begin(asha, made[code])
        done = learning.tick(asha, hand.start_id, hand.lessons[0].lesson_id, {"reached": 1000}, 5)
        assert done.is_done
    return Issued(asha, ravi, made, services.certificates.my_certificates(asha))
