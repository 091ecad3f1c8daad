""" "May I?", reminders and the outbox on a PostgreSQL server that several PCs share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.base.actor import system_actor
from app.core.base.clock import local_day
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.links import MailState
from app.core.people.models import PersonRow
from app.core.training.permits import GateRules, TaskWords, Verdict
from app.core.training.reminders.telling import SORTS
from tests.core.links.test_outbox import Desk
from tests.support.clock import TurnedClock
from tests.support.mail_relay import relaying
from tests.support.plant import build_plant
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import open_site

pytestmark = pytest.mark.postgresql
SYSTEM = system_actor()


@pytest.fixture
def on_server(clock: TurnedClock) -> Iterator[Site]:
    with postgres_server() as url, postgres_database(url) as database:
        yield open_site(database, clock)


def test_a_shared_server_answers_and_sends_as_a_file_does(on_server: Site, tmp_path: Path) -> None:
    plant = build_plant(on_server, people=30, courses=3, units=3)
    with on_server.transaction(SYSTEM, "person.edit") as unit:
        for number, person_id in enumerate(plant.people):
            unit.get_one(PersonRow, person_id).email = f"p{number}@plant.example"
    desk = Desk(on_server, tmp_path)
    permits = desk.training.permits
    permits.set_rules(SYSTEM, GateRules(keeps_checks=True))
    codes = tuple(one.code for one in desk.training.catalogue.all(SYSTEM))
    permits.tasks.add(SYSTEM, TaskWords(code="M1", title="Mixer", needs=codes))
    said = [permits.may(SYSTEM, f"E-{number:05}", "M1").answer.verdict for number in range(30)]
    assert Verdict.NOT_ALLOWED in said
    assert set(said) - {Verdict.NOT_ALLOWED}
    assert len(permits.kept(SYSTEM, "E-00000")) == 1

    today = local_day(on_server.clock)
    told = desk.training.reminders.told(SYSTEM, today)
    assert told != ()
    for sort in SORTS:
        found = desk.training.reminders.page(SYSTEM, PageRequest(sort=sort, text="safety"), today)
        assert found.total == len(told)
    with relaying() as relay:
        desk.plan(relay.port)
        count = desk.outbox.compose(SYSTEM)
        assert count > 0
        assert desk.outbox.compose(SYSTEM) == 0
        assert desk.outbox.send(SYSTEM).sent == count
    assert len(desk.messages(MailState.SENT)) == count
