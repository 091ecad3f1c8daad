"""People ask for training and get a dated reply; both stay on record."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.journal import Journal, Site
from app.core.people import NewPerson, People
from app.core.training import TrainingRefused
from app.core.training.requests import TrainingRequests
from tests.support.clock import TurnedClock
from tests.support.sites import STATION
from tests.ui.reports.opened import somebody

BOSS = system_actor()


def test_fa_06_who_asks_for_training_gets_a_dated_reply_and_both_are_kept(
    site: Site, clock: TurnedClock
) -> None:
    people = People(site)
    person_id = people.add(BOSS, NewPerson(number="E-1", name="Asha Kulkarni"))
    asha = learner(person_id)
    requests, today = TrainingRequests(site), clock.now().astimezone().date()

    first = requests.ask(asha, "How to lift drums with the crane")
    clock.turn(timedelta(days=1))
    second = requests.ask(asha, "First aid")
    assert [one.words for one in requests.all(BOSS)] == [
        "First aid",
        "How to lift drums with the crane",
    ]
    clock.turn(timedelta(days=2))
    requests.reply(BOSS, first, today + timedelta(days=20), "With the June batch.")
    requests.reply(BOSS, second, None, "Only first aiders of the shift.")

    mine = {one.id: one for one in requests.mine(asha)}
    planned = mine[first].reply
    assert planned is not None
    assert (planned.is_granted, planned.planned_on) == (True, today + timedelta(days=20))
    assert planned.at.astimezone().date() == today + timedelta(days=3)
    refused = mine[second].reply
    assert refused is not None
    assert (refused.is_granted, refused.words) == (False, "Only first aiders of the shift.")
    requests.reply(BOSS, second, today + timedelta(days=30), "")
    again = {one.id: one for one in requests.mine(asha)}[second].reply
    assert again is not None
    assert again.planned_on == today + timedelta(days=30)
    assert Journal(site, STATION).verify(BOSS).ok


def learner(person_id: UUID) -> Actor:
    return replace(somebody("Asha Kulkarni", Capability.LEARN), person_id=person_id)


def test_a_request_names_what_is_asked_for_and_a_reply_a_day_or_a_reason(
    site: Site, clock: TurnedClock
) -> None:
    people = People(site)
    person_id = people.add(BOSS, NewPerson(number="E-1", name="Asha Kulkarni"))
    asha = learner(person_id)
    requests, today = TrainingRequests(site), clock.now().astimezone().date()
    with pytest.raises(TrainingRefused):
        requests.ask(asha, "  ")
    with pytest.raises(NotAllowed):
        requests.ask(BOSS, "Something")
    asked = requests.ask(asha, "First aid")
    with pytest.raises(TrainingRefused):
        requests.reply(BOSS, asked, None, " ")
    with pytest.raises(TrainingRefused):
        requests.reply(BOSS, asked, today - timedelta(days=1), "")
    with pytest.raises(NotAllowed):
        requests.reply(asha, asked, today, "")
    with pytest.raises(NotFound):
        requests.reply(BOSS, person_id, today, "")
