"""The register: searched, filtered, sorted and paged in SQL; revoking."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.paging import PageRequest
from app.core.certificates import (
    EXPIRING_DAYS,
    AlreadyRevoked,
    CertificateState,
    ReasonNeeded,
)
from app.core.certificates.register import state_of
from tests.core.certificates.plants import Plant, viewer
from tests.support.teaching import ACTOR, a_learner

TODAY = date(2026, 11, 23)


def found(plant: Plant, **request: object) -> list[str]:
    page = plant.certificates.register(ACTOR, PageRequest(**request))
    assert page.total == len(page.rows)
    return [row.person_number for row in page.rows]


@pytest.fixture
def loto(plant: Plant) -> UUID:
    """A course three people hold."""
    course = plant.course("LOTO", valid_months=12)
    for number, name in (("E-1", "Asha Kulkarni"), ("E-2", "Ravi Kumar"), ("E-3", "Meera Joshi")):
        plant.certified(number, name, course)
    return course


def test_newest_numbers_come_first(plant: Plant, loto: UUID) -> None:
    assert found(plant) == ["E-3", "E-2", "E-1"]
    assert found(plant, descending=True) == ["E-1", "E-2", "E-3"]


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("person", ["E-1", "E-3", "E-2"]),
        ("number", ["E-1", "E-2", "E-3"]),
        ("course", ["E-1", "E-2", "E-3"]),
        ("valid_until", ["E-1", "E-2", "E-3"]),
    ],
)
def test_it_is_sorted_both_ways(plant: Plant, loto: UUID, key: str, numbers: list[str]) -> None:
    assert found(plant, sort=key) == numbers
    assert found(plant, sort=key, descending=True) == numbers[::-1]


def test_no_expiry_sorts_last_both_ways(plant: Plant, loto: UUID) -> None:
    plant.certified("E-4", course_id=plant.course("SAFE"))

    assert found(plant, sort="valid_until")[-1] == "E-4"
    assert found(plant, sort="valid_until", descending=True)[-1] == "E-4"


def test_an_unknown_sort_is_a_bug(plant: Plant) -> None:
    with pytest.raises(ValueError, match="colour"):
        found(plant, sort="colour")


def test_it_is_cut_into_stretches(plant: Plant, loto: UUID) -> None:
    page = plant.certificates.register(ACTOR, PageRequest(offset=1, limit=1))

    assert [row.person_number for row in page.rows] == ["E-2"]
    assert page.total == 3


def test_it_is_searched_by_what_is_printed(plant: Plant, loto: UUID) -> None:
    assert found(plant, text="kum RAVI") == ["E-2"]
    assert found(plant, text="-000003") == ["E-3"]
    assert found(plant, text="lock-out e-1") == ["E-1"]
    assert found(plant, text="100%") == []


def test_it_is_searched_by_the_name_somebody_has_now(plant: Plant) -> None:
    asha, _certificate = plant.certified("E-1")
    plant.rename(asha, name="Asha Joshi")

    assert found(plant, text="joshi") == found(plant, text="kulkarni") == ["E-1"]


def test_it_is_filtered(plant: Plant, loto: UUID) -> None:
    _dev, other = plant.certified("E-4", "Dev Rao", plant.course("SAFE"))

    assert found(plant, filters=(("course", str(other.course_id)),)) == ["E-4"]
    assert found(plant, filters=(("course", "nonsense"),)) == []
    assert found(plant, filters=(("person", "e-2"), ("course", str(loto)))) == ["E-2"]
    assert found(plant, filters=(("person", "E-2"), ("person", "E-1"))) == ["E-2", "E-1"]
    assert found(plant, filters=(("expires_within", "365"),)) == ["E-3", "E-2", "E-1"]
    assert found(plant, filters=(("expires_within", "364"),)) == []
    assert found(plant, filters=(("expires_within", "-1"),)) == []


@pytest.mark.parametrize("left", [-1, 0, 1, EXPIRING_DAYS, EXPIRING_DAYS + 1])
@pytest.mark.parametrize("is_revoked", [False, True])
def test_the_states_filter_is_the_state_shown(
    plant: Plant, loto: UUID, left: int, is_revoked: bool
) -> None:
    if is_revoked:
        plant.certificates.revoke(ACTOR, "PUN-2026-000001", "mistake")
    last_day = date(2027, 11, 23)
    plant.clock.turn(last_day - TODAY - timedelta(days=left))

    for state in CertificateState:
        page = plant.certificates.register(ACTOR, PageRequest(filters=(("state", state),)))
        everything = plant.certificates.register(ACTOR, PageRequest()).rows
        assert page.rows == tuple(row for row in everything if row.state is state)


def test_the_last_day_counts_whole() -> None:
    assert state_of(TODAY, revoked=False, today=TODAY) is CertificateState.EXPIRING
    assert (
        state_of(TODAY - timedelta(days=1), revoked=False, today=TODAY) is CertificateState.EXPIRED
    )
    assert state_of(None, revoked=False, today=TODAY) is CertificateState.VALID
    assert state_of(None, revoked=True, today=TODAY) is CertificateState.REVOKED


def test_one_sees_the_org_units_whose_records_one_may_view(plant: Plant) -> None:
    asha, _certificate = plant.certified("E-1")
    press = plant.place(asha, "PRESS")
    plant.place(plant.certified("E-2")[0], "PAINT")
    trainer = viewer(Capability.VIEW_RECORDS, units=frozenset({press}))

    page = plant.certificates.register(trainer, PageRequest())

    assert (page.total, [row.person_number for row in page.rows]) == (1, ["E-1"])
    with pytest.raises(NotAllowed):
        plant.certificates.register(asha, PageRequest())


def test_a_certificate_is_revoked_once_for_a_reason(plant: Plant) -> None:
    asha, certificate = plant.certified()
    with pytest.raises(ReasonNeeded):
        plant.certificates.revoke(ACTOR, certificate.number, "  ")

    plant.certificates.revoke(ACTOR, certificate.number.lower(), " attempt by  another ")

    detail = plant.certificates.detail(asha, certificate.id)
    assert detail.summary.state is CertificateState.REVOKED
    assert detail.revocation is not None
    assert (detail.revocation.reason, detail.revocation.at) == (
        "attempt by another",
        plant.clock.now(),
    )
    with pytest.raises(AlreadyRevoked):
        plant.certificates.revoke(ACTOR, certificate.number, "again")


def test_only_who_may_revokes_and_only_there(plant: Plant) -> None:
    asha, certificate = plant.certified()
    press = plant.place(asha, "PRESS")
    elsewhere = frozenset({certificate.course_id})
    for actor in (
        asha,
        viewer(Capability.VIEW_RECORDS),
        viewer(Capability.REVOKE_CERTIFICATES, units=elsewhere),
    ):
        with pytest.raises(NotAllowed):
            plant.certificates.revoke(actor, certificate.number, "mistake")

    head = viewer(Capability.REVOKE_CERTIFICATES, units=frozenset({press}))
    plant.certificates.revoke(head, certificate.number, "mistake")


def test_an_unknown_number_is_not_found(plant: Plant) -> None:
    with pytest.raises(NotFound):
        plant.certificates.revoke(ACTOR, "PUN-2026-000009", "mistake")
    with pytest.raises(NotFound):
        plant.certificates.numbered(ACTOR, "PUN-2026-000009")


def test_somebody_without_a_certificate_has_none(plant: Plant) -> None:
    assert plant.certificates.my_certificates(a_learner(plant.site)) == ()
