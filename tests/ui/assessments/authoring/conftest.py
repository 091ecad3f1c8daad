"""Question banks on a real site, and a desk for the screens over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from app.core.assessments import QuestionBanks
from app.core.base.actor import system_actor
from app.core.content import AssetStore
from app.core.egress import Egress
from app.core.journal import Journal, Site
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import Plant, WrittenDesk
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site
from tests.ui.assessments.quizzes import BODIES, a_question

ACTOR = system_actor()


@dataclass(frozen=True)
class BanksOnly:
    """What the authors' screens of questions ask for."""

    banks: QuestionBanks
    assets: AssetStore
    egress: Egress


BankDesk = WrittenDesk[BanksOnly]


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    made = open_site(empty_database(tmp_path, DATA_KEY), clock)
    yield made
    assert Journal(made, STATION).verify(ACTOR).ok
    made.close()


@pytest.fixture
def assets(site: Site, tmp_path: Path, clock: TurnedClock) -> AssetStore:
    return AssetStore(tmp_path / "assets", clock)


@pytest.fixture
def banks(site: Site, assets: AssetStore) -> QuestionBanks:
    return QuestionBanks(site, assets)


@pytest.fixture
def bank_id(banks: QuestionBanks) -> UUID:
    """A bank with a question of each type, in the order of the types."""
    made = banks.create(ACTOR, "Lockout")
    for key in BODIES:
        banks.add(ACTOR, made, a_question(key))
    return made


@pytest.fixture
def desk(
    banks: QuestionBanks,
    assets: AssetStore,
    site: Site,
    jobs: JobRunner,
    theme: Theme,
    clock: TurnedClock,
    tmp_path: Path,
) -> BankDesk:
    made = WrittenDesk(
        BanksOnly(banks, assets, Egress(site)), ACTOR, jobs, theme, clock, Plant(folder=tmp_path)
    )
    site.listeners.append(made.changes.announce)
    return made
