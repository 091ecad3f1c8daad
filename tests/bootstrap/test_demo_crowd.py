"""The people of a larger demo plant: names in several scripts, trained before, in sets."""

from pathlib import Path

from app.bootstrap.benches.small_site import open_small_site
from app.bootstrap.demo_crowd import join_crowd, train_crowd
from app.bootstrap.demo_documents import make_signer
from app.bootstrap.demo_logins import PIN
from app.core.base.actor import Actor, system_actor
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.people import AccountId, Audience

BOSS, SIGNER = system_actor("Demo"), "E-10001"


def test_a_crowd_joins_and_most_of_it_was_trained_before(tmp_path: Path) -> None:
    services = open_small_site(tmp_path).services
    people, today = services.people, services.open_site.site.clock.now().date()
    imports = people.imports
    imports.apply(BOSS, imports.plan(BOSS, resource("demo", "people.csv").read_bytes()))
    head = people.find(BOSS, SIGNER)
    services.sign_in.accounts.set_pin(BOSS, AccountId(head.account_id), PIN)  # type: ignore[arg-type]  # has one
    person = Actor(account_id=head.account_id, person_id=head.id, name=head.name, number=SIGNER)
    make_signer(services, BOSS, person, "badge")

    join_crowd(services, BOSS, 60, today)
    (asked,) = services.training.catalogue.all(BOSS)
    services.training.assign(BOSS, asked.code, Audience(), due_on=today, origin="Everybody")
    train_crowd(services, BOSS, SIGNER, today)

    listed = people.list_people(BOSS, PageRequest(limit=200)).rows
    crowd = [one for one in listed if one.number >= "E-20001"]
    assert len(crowd) == 60
    blocks = {ord(one.name_local[0]) >> 7 for one in crowd if one.name_local}
    assert len(blocks) == 4  # Devanagari, Bengali, Tamil, Telugu, beside Latin names alone
    assert any(not one.name_local for one in crowd)
    request = PageRequest().filtered_by([("standing", "valid")])
    held = services.reports.table(BOSS, "people-status", request).total
    assert 30 < held < 60
    services.close()
