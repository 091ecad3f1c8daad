"""The recovery kit: its papers, who has to be there, and what wrong shares do not do."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotAllowed, NotFound
from app.core.documents import read_codes
from app.core.journal import deeds_done
from app.core.keys import (
    KeptTries,
    SameShareTwice,
    ShareRefused,
    SharesOfTwoKits,
    SharesTooFew,
    ShareUnreadable,
    SlotCost,
    SlotState,
    WrongPassword,
    split_key,
)
from app.core.operations import (
    Founding,
    KeepersNeeded,
    KitInHand,
    OpenSite,
    Recovery,
    RecoveryKits,
    SharesOfOtherRecords,
    SiteFolder,
    TwoPeopleNeeded,
    WordsNotAsPrinted,
    recover,
    ways_of,
)
from app.core.people import (
    AccountLocked,
    SignIn,
    WeakSecret,
    WrongSignIn,
    create_first_administrator,
)
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
LOST, NEW = "correct horse battery", "monsoon over the lathe"
KEEPERS = ("Asha Rao", "Dinesh Patil", "Farida Khan")
SYSTEM = system_actor()


@pytest.fixture
def place(tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    return SiteFolder(tmp_path / "data", tmp_path / "keys", clock)


@pytest.fixture
def key(place: SiteFolder) -> bytes:
    def furnish(opened: OpenSite) -> None:
        create_first_administrator(
            opened.site, login="meera", name="Meera Iyer", password=LOST, cost=LIGHT
        )

    founding = Founding(name="Pune plant", code="PUN", password=LOST, cost=LIGHT)
    opened = place.found(founding, bring_up_to_date, furnish)
    opened.site.close()
    return opened.data_key


def brought(*shares: str) -> Recovery:
    return Recovery(shares=shares, people=KEEPERS[:2], login="meera", password=NEW, cost=LIGHT)


def words_asked(kit: KitInHand) -> list[list[str]]:
    return [
        [share.split()[number - 1] for number in asked]
        for share, asked in zip(kit.shares, kit.asked, strict=True)
    ]


def runs_of_words(share: str) -> list[str]:
    """Three words in a row each: one word of four letters stands in any megabyte by chance."""
    words = share.split()
    return [" ".join(words[first : first + 3]) for first in range(len(words) - 2)]


def test_each_paper_bears_a_share_in_words_and_as_a_code(place: SiteFolder, key: bytes) -> None:
    opened = place.open(bring_up_to_date)
    kits = RecoveryKits(opened)
    kit = kits.make(SYSTEM, KEEPERS)
    document = pypdfium2.PdfDocument(BytesIO(kits.document(kit).content))
    opened.site.close()

    assert len(document) == len(kit.shares)
    for page, share, keeper in zip(document, kit.shares, KEEPERS, strict=True):
        text = page.get_textpage().get_text_bounded()
        assert all(word in text for word in share.split())
        assert keeper in text
        assert str(kit.number) in text
        (code,) = read_codes(page.render(scale=3).to_pil())
        assert code == f"DAKSHA:SHARE:{share.upper()}"
    document.close()


def test_a_kit_counts_when_words_of_each_paper_were_typed(place: SiteFolder, key: bytes) -> None:
    opened = place.open(bring_up_to_date)
    kits = RecoveryKits(opened)
    kit = kits.make(SYSTEM, KEEPERS)
    right = words_asked(kit)
    for wrong in ([], right[:2], [*right[:2], ["academic", "academic"]], right[::-1]):
        with pytest.raises(WordsNotAsPrinted):
            kits.confirm(SYSTEM, kit, wrong)
    assert ways_of(opened).kit is None

    kits.confirm(SYSTEM, kit, [[word.upper() for word in words] for words in right])
    printed, state = ways_of(opened).kit, ways_of(opened).state
    with opened.site.read() as session:
        (told,) = deeds_done(session, ("data-key.kit",), 5)
    opened.site.close()
    assert printed is not None
    assert (printed.number, printed.keepers, state) == (kit.number, KEEPERS, SlotState.WHOLE)
    assert all(name in told.reason for name in KEEPERS)


def test_no_share_is_kept_in_the_data_folder(place: SiteFolder, key: bytes) -> None:
    opened = place.open(bring_up_to_date)
    kits = RecoveryKits(opened)
    kit = kits.make(SYSTEM, KEEPERS)
    kits.confirm(SYSTEM, kit, words_asked(kit))
    opened.site.close()

    kept = b"".join(path.read_bytes() for path in place.path.rglob("*") if path.is_file())
    assert not any(run.encode() in kept for share in kit.shares for run in runs_of_words(share))
    assert "academic" not in repr(kit)


@pytest.mark.parametrize(
    "keepers", [(), KEEPERS[:2], ("Asha Rao", "asha  rao", "Farida Khan"), ("", "B", "C")]
)
def test_a_kit_has_three_different_keepers(
    place: SiteFolder, key: bytes, keepers: tuple[str, ...]
) -> None:
    opened = place.open(bring_up_to_date)
    with pytest.raises(KeepersNeeded):
        RecoveryKits(opened).make(SYSTEM, keepers)
    opened.site.close()


def test_a_kit_is_made_by_who_may_manage_the_site(place: SiteFolder, key: bytes) -> None:
    opened = place.open(bring_up_to_date)
    nobody = Actor(account_id=None, person_id=None, name="A learner")
    with pytest.raises(NotAllowed):
        RecoveryKits(opened).make(nobody, KEEPERS)
    opened.site.close()


@pytest.mark.parametrize("pair", [(0, 1), (2, 0), (1, 2)])
def test_any_two_shares_give_the_administrator_a_new_password(
    place: SiteFolder, key: bytes, tmp_path: Path, clock: TurnedClock, pair: tuple[int, int]
) -> None:
    shares = split_key(key)
    elsewhere = SiteFolder(place.path, tmp_path / "keys of another PC", clock)
    opened = recover(elsewhere, brought(*(shares[one] for one in pair)), bring_up_to_date)

    actor = SignIn(opened.site, LIGHT).with_password("meera", NEW)
    with opened.site.read() as session:
        told = deeds_done(session, ("data-key.recover", "data-key.recovered-password"), 5)
    opened.site.close()
    assert actor.name == "Meera Iyer"
    assert len(told) == 2
    assert all(name in deed.reason for deed in told for name in KEEPERS[:2])
    elsewhere.open(bring_up_to_date).site.close()  # and this PC opens them by itself again
    assert opened.data_key_file.slots.open_with_password(NEW) == key
    assert opened.data_key_file.state(key) is SlotState.WHOLE


def test_who_tried_too_often_before_signs_in_at_once_with_the_new_password(
    place: SiteFolder, key: bytes
) -> None:
    opened = place.open(bring_up_to_date)
    door = SignIn(opened.site, LIGHT, KeptTries(opened.authority.folder))
    for _try in range(5):
        with pytest.raises(WrongSignIn):
            door.sign_in("meera", "was it this one")
    with pytest.raises(AccountLocked):
        door.sign_in("meera", LOST)
    opened.site.close()

    opened = recover(place, brought(*split_key(key)[:2]), bring_up_to_date)
    door = SignIn(opened.site, LIGHT, KeptTries(opened.authority.folder))
    assert door.with_password("meera", NEW).name == "Meera Iyer"
    opened.site.close()


@pytest.mark.parametrize("damage", [None, b"", b"{", b"\xff" * 100])
def test_the_shares_open_records_whose_slot_file_is_lost(
    place: SiteFolder, key: bytes, damage: bytes | None
) -> None:
    slots = place.path / "keyslots.json"
    slots.unlink()
    if damage is not None:
        slots.write_bytes(damage)

    recover(place, brought(*split_key(key)[:2]), bring_up_to_date).site.close()
    opened = place.open(bring_up_to_date)
    opened.site.close()
    assert opened.data_key_file.state(key) is SlotState.WHOLE


def test_a_pc_that_asks_goes_on_asking(place: SiteFolder, key: bytes) -> None:
    opened = place.open(bring_up_to_date)
    opened.data_key_file.slots.unbind_machine(key)
    opened.site.close()

    recover(place, brought(*split_key(key)[:2]), bring_up_to_date).site.close()
    assert opened.data_key_file.slots.read().asks


def refused(place: SiteFolder, recovery: Recovery, error: type[Exception]) -> None:
    """What is refused leaves the slots as they were and the lost password lost."""
    before = (place.path / "keyslots.json").read_bytes()
    with pytest.raises(error):
        recover(place, recovery, bring_up_to_date)
    assert (place.path / "keyslots.json").read_bytes() == before
    opened = place.open(bring_up_to_date)
    with opened.site.read() as session:
        assert not deeds_done(session, ("data-key.recover", "data-key.recovered-password"), 5)
    with pytest.raises(WrongPassword):
        opened.data_key_file.slots.open_with_password(NEW)
    opened.site.close()


def test_one_share_is_not_enough_and_neither_is_the_same_twice(
    place: SiteFolder, key: bytes
) -> None:
    first, *_others = split_key(key)
    refused(place, brought(first), SharesTooFew)
    refused(place, brought(), SharesTooFew)
    refused(place, brought(first, first), SameShareTwice)
    refused(place, brought(first, first.upper()), SameShareTwice)


def test_shares_of_two_kits_or_of_another_site_open_nothing(place: SiteFolder, key: bytes) -> None:
    refused(place, brought(split_key(key)[0], split_key(key)[1]), SharesOfTwoKits)
    refused(place, brought(*split_key(bytes(32))[:2]), SharesOfOtherRecords)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda words: words[:-1],
        lambda words: [*words, words[-1]],
        lambda words: [*words[:10], words[11], words[10], *words[12:]],
        lambda words: [*words[:-1], "academic" if words[-1] != "academic" else "acid"],
        lambda _words: ["not", "a", "share"],
        lambda _words: [],
        lambda _words: ["academic"] * 100_000,
    ],
)
def test_a_wrong_word_is_told_with_the_share_it_is_in(
    place: SiteFolder, key: bytes, spoil: "object"
) -> None:
    first, second, _third = split_key(key)
    assert callable(spoil)
    spoilt = " ".join(spoil(second.split()))
    refused(place, brought(first, spoilt), ShareUnreadable)
    with pytest.raises(ShareRefused, match="Share 2"):
        recover(place, brought(first, spoilt), bring_up_to_date)


def test_recovery_takes_two_people_a_good_password_and_an_administrator(
    place: SiteFolder, key: bytes
) -> None:
    good = brought(*split_key(key)[:2])
    for people in (("Asha Rao",), ("Asha Rao", "asha rao "), ("Asha Rao", ""), ()):
        refused(place, replace(good, people=people), TwoPeopleNeeded)
    refused(place, replace(good, password="short"), WeakSecret)
    refused(place, replace(good, login="nobody"), NotFound)
