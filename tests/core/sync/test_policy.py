"""A log goes whole to whom it belongs, and to nobody else."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.journal import LogName
from app.core.storage.tables import Scope
from app.core.sync.policy import Policy

HQ, PLANT, OTHER = (UUID(int=n) for n in (1, 2, 3))
STATIONS = {bytes([n]) * 32: site for n, site in enumerate((HQ, PLANT, OTHER))}


def policy(own: UUID, headquarters: UUID | None = HQ) -> Policy:
    return Policy(own=own, headquarters=headquarters, site_of=STATIONS.get)


def a_log(site: UUID, scope: Scope) -> LogName:
    station = next(one for one, its_site in STATIONS.items() if its_site == site)
    return LogName(station, bytes(8), scope)


def sent(own: UUID, to: UUID) -> set[tuple[UUID, Scope]]:
    goes = policy(own).goes_to(to)
    return {(site, s) for site in (HQ, PLANT, OTHER) for s in Scope if goes(a_log(site, s))}


def test_the_pcs_of_a_site_share_everything() -> None:
    assert len(sent(PLANT, PLANT)) == 9


def test_a_plant_gives_its_own_logs_to_headquarters() -> None:
    assert {(PLANT, scope) for scope in Scope} <= sent(PLANT, HQ)
    assert not {(OTHER, scope) for scope in Scope} & sent(PLANT, HQ)


def test_headquarters_gives_its_catalogue_and_gives_back_what_was_the_plants() -> None:
    assert sent(HQ, PLANT) == {(HQ, Scope.CATALOGUE), *((PLANT, scope) for scope in Scope)}


@pytest.mark.parametrize("scope", Scope)
def test_plants_do_not_see_each_others(scope: Scope) -> None:
    assert sent(PLANT, OTHER) == set()
    assert (OTHER, scope) not in sent(HQ, PLANT)
    assert not policy(PLANT).may_send_to(OTHER)


def test_nothing_goes_out_before_anybody_was_paired() -> None:
    assert not policy(PLANT, headquarters=None).may_send_to(HQ)
    assert policy(PLANT, headquarters=None).may_send_to(PLANT)


@given(st.binary(min_size=32, max_size=32).filter(lambda key: key not in STATIONS))
def test_a_log_of_nobody_goes_to_no_other_site(station: bytes) -> None:
    log = LogName(station, bytes(8), Scope.RECORDS)

    assert not policy(PLANT).goes_to(HQ)(log)
    assert not policy(HQ).goes_to(PLANT)(log)
