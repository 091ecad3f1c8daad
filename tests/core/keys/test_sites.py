"""Two sites come to know each other; a plant joins the organisation of its headquarters."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.keys import (
    KeyKind,
    KeyUnknown,
    NotForThisPc,
    OfAnotherOrganisation,
    OwnRequest,
    Paired,
    WordsDiffer,
)
from app.core.operations import Health, OpenSite, SiteFolder, check_health
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.two_pcs import BOSS, PASSWORD, found, pc


@pytest.fixture
def sites(tmp_path: Path, clock: TurnedClock) -> Iterator[dict[str, OpenSite]]:
    made = {name: found(pc(tmp_path, name, clock), name) for name in ("hq", "pune", "nashik")}
    yield made
    for one in made.values():
        one.site.close()


def meets(one: OpenSite, other: OpenSite) -> Paired:
    """Let `one` take in what `other` says of itself."""
    introduced = other.keys.pairing.introduce()
    return one.keys.pairing.pair(BOSS, introduced.document, introduced.words)


def belongs(plant: OpenSite, hq: OpenSite) -> None:
    """Let a plant join the organisation of its headquarters."""
    paired = meets(hq, plant)
    assert paired.answer is not None
    plant.keys.pairing.take(BOSS, paired.answer, paired.words)


def trusts(one: OpenSite, other: OpenSite) -> bool:
    try:
        return one.keys.ring().trusted(other.station.fingerprint).site == other.site_id
    except KeyUnknown:
        return False


def identity(one: OpenSite) -> Health:
    """Return what the doctor says of a PC's key certificate."""
    return next(check.health for check in check_health(one) if check.key == "identity")


def test_sites_do_not_believe_each_other_by_themselves(sites: dict[str, OpenSite]) -> None:
    assert not trusts(sites["hq"], sites["pune"])


def test_two_sites_exchange_what_they_say_of_themselves(sites: dict[str, OpenSite]) -> None:
    hq, pune = sites["hq"], sites["pune"]
    paired = meets(hq, pune)
    assert trusts(hq, pune)
    assert not trusts(pune, hq)
    meets(pune, hq)

    assert trusts(pune, hq)
    assert (paired.kind, paired.label, paired.site_id) == (KeyKind.SITE, "pune", pune.site_id)
    site_key = hq.keys.ring().trusted(paired.key)
    assert site_key.sealing in {str(one.to_public()) for one in pune.keys.identities()}


def test_a_plant_that_takes_the_answer_belongs_to_the_organisation(
    sites: dict[str, OpenSite],
) -> None:
    hq, pune = sites["hq"], sites["pune"]
    belongs(pune, hq)
    roots = [one.keys.ring().organisation for one in (hq, pune)]

    assert trusts(hq, pune)
    assert trusts(pune, hq)
    assert roots[0] is not None
    assert roots[1] is not None
    assert roots[0].subject == roots[1].subject
    assert pune.keys.ring().trusted(pune.station.fingerprint).site == pune.site_id


def test_plants_of_one_organisation_believe_each_other_through_headquarters(
    sites: dict[str, OpenSite],
) -> None:
    hq, pune, nashik = sites["hq"], sites["pune"], sites["nashik"]
    belongs(pune, hq)
    belongs(nashik, hq)
    assert not trusts(pune, nashik)
    pune.keys.learn(*hq.keys.papers())

    assert trusts(pune, nashik)


def test_a_site_of_another_organisation_is_not_paired(sites: dict[str, OpenSite]) -> None:
    hq, pune, nashik = sites["hq"], sites["pune"], sites["nashik"]
    belongs(pune, hq)
    with pytest.raises(OfAnotherOrganisation, match="pune"):
        meets(nashik, pune)

    assert not trusts(nashik, pune)


def test_a_site_is_not_paired_with_itself(sites: dict[str, OpenSite]) -> None:
    with pytest.raises(OwnRequest):
        meets(sites["hq"], sites["hq"])


def test_an_answer_for_another_site_or_with_other_words_is_refused(
    sites: dict[str, OpenSite],
) -> None:
    paired = meets(sites["hq"], sites["pune"])
    assert paired.answer is not None
    with pytest.raises(NotForThisPc):
        sites["nashik"].keys.pairing.take(BOSS, paired.answer, paired.words)
    with pytest.raises(WordsDiffer):
        sites["pune"].keys.pairing.take(BOSS, paired.answer, "eight other words")

    for name in ("nashik", "pune"):
        assert not trusts(sites[name], sites["hq"])


def test_p11_08_a_copied_data_folder_has_no_identity_until_its_site_gives_it_one(
    sites: dict[str, OpenSite], tmp_path: Path, clock: TurnedClock
) -> None:
    hq = sites["hq"]
    shutil.copytree(hq.folder, tmp_path / "copy")
    copy = SiteFolder(tmp_path / "copy", tmp_path / "copy keys", clock).open(
        bring_up_to_date, PASSWORD
    )
    request = copy.keys.pairing.introduce()
    assert (request.kind, request.site_id) == (KeyKind.STATION, hq.site_id)
    assert not trusts(copy, copy)
    assert identity(copy) is Health.WATCH
    paired = hq.keys.pairing.pair(BOSS, request.document, request.words)
    assert paired.answer is not None
    copy.keys.pairing.take(BOSS, paired.answer, paired.words)

    assert trusts(copy, copy)
    assert trusts(hq, copy)
    assert identity(copy) is identity(hq) is Health.GOOD
    copy.site.close()
