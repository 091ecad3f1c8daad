"""Ways to the data key: passwords, PINs and this PC; what another hand did to their file is noticed."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.core.keys import (
    AskedAtStart,
    DataKeyFile,
    KeyFolder,
    KeySlots,
    LastWay,
    NewPassword,
    NoSuchSlot,
    PasswordNeeded,
    PinLocked,
    SiteFileDamaged,
    SlotCost,
    SlotKind,
    SlotsAltered,
    SlotState,
    WrongPassword,
)
from tests.support.clock import TurnedClock
from tests.support.stretching import FULL

LIGHT = SlotCost(memory=64, passes=1, lanes=1)
SECRET = bytes(range(32))
FIRST = NewPassword(label="", password="correct horse battery", cost=LIGHT)
MEERA = NewPassword(label="meera", password="monsoon over the lathe", cost=LIGHT)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyslots.json"


@pytest.fixture
def slots(path: Path) -> KeySlots:
    return KeySlots(path)


@pytest.fixture
def key(slots: KeySlots) -> bytes:
    return slots.create(FIRST.password, SECRET, LIGHT)


def test_a_guess_costs_what_is_recommended_for_a_pc() -> None:
    for cost in FULL.values():  # RFC 9106, section 4: the second recommended option
        assert (cost.memory >= 64 * 1024, cost.passes >= 3, cost.lanes) == (True, True, 4)


def at_pc(path: Path, tmp_path: Path, clock: TurnedClock, name: str = "pc") -> DataKeyFile:
    return DataKeyFile(path.parent, KeyFolder(tmp_path / name, "keys"), clock)


def test_each_administrator_has_a_password_and_a_new_one_takes_the_place_of_theirs(
    slots: KeySlots, key: bytes
) -> None:
    slots.set_password(MEERA, key)
    changed = NewPassword(label="meera", password="another altogether", cost=LIGHT)
    slots.set_password(changed, key)

    assert slots.open_with_password(FIRST.password) == key
    assert slots.open_with_password(changed.password) == key
    with pytest.raises(WrongPassword):
        slots.open_with_password(MEERA.password)
    assert [(slot.kind, slot.label) for slot in slots.read().slots] == [
        (SlotKind.MACHINE, ""),
        (SlotKind.PASSWORD, ""),
        (SlotKind.PASSWORD, "meera"),
    ]


def test_a_way_is_taken_away_but_not_the_last_password(slots: KeySlots, key: bytes) -> None:
    slots.set_password(MEERA, key)
    first = next(slot for slot in slots.read().slots if slot.kind is SlotKind.PASSWORD)
    slots.remove(first.id, key)

    with pytest.raises(WrongPassword):
        slots.open_with_password(FIRST.password)
    (last,) = (slot for slot in slots.read().slots if slot.kind is SlotKind.PASSWORD)
    with pytest.raises(LastWay):
        slots.remove(last.id, key)
    with pytest.raises(NoSuchSlot):
        slots.remove(first.id, key)
    assert slots.open_with_password(MEERA.password) == key


def removed(file: dict[str, Any]) -> None:
    file["slots"].pop()


def swapped(file: dict[str, Any]) -> None:
    one, other = file["slots"][-2:]
    one["wrapped"], other["wrapped"] = other["wrapped"], one["wrapped"]


def renamed(file: dict[str, Any]) -> None:
    file["slots"][-1]["label"] = "somebody else"


def added(file: dict[str, Any]) -> None:
    file["slots"].append({**file["slots"][-1], "id": "ffffffff"})


def cheapened(file: dict[str, Any]) -> None:
    file["slots"][-1]["cost"]["passes"] = 2


def praised(file: dict[str, Any]) -> None:
    file["kit"] = {"number": 7, "made_at": 1, "keepers": ["nobody"]}


@pytest.mark.parametrize("tamper", [removed, swapped, renamed, added, cheapened, praised])
def test_what_another_hand_did_to_the_file_is_noticed_and_stops_changes(
    path: Path, slots: KeySlots, key: bytes, tamper: Callable[[dict[str, Any]], None]
) -> None:
    slots.set_password(MEERA, key)
    assert slots.state(key) is SlotState.WHOLE
    content = json.loads(path.read_bytes())
    tamper(content["file"])
    path.write_text(json.dumps(content))

    assert slots.state(key) is SlotState.ALTERED
    assert slots.open_with_machine(SECRET) == key  # the shift begins all the same
    altered = path.read_bytes()
    with pytest.raises(SlotsAltered):
        slots.set_password(MEERA, key)
    assert path.read_bytes() == altered

    slots.accept(key)
    assert slots.state(key) is SlotState.WHOLE


def test_a_file_authenticated_under_another_key_is_altered(
    path: Path, slots: KeySlots, key: bytes
) -> None:
    KeySlots(path).begin(bytes(32), FIRST, SECRET)

    assert slots.state(key) is SlotState.ALTERED


def test_an_older_file_put_back_is_noticed_by_the_pc_that_saw_the_later_one(
    path: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    file = at_pc(path, tmp_path, clock)
    key = file.slots.create(FIRST.password, file.machine_secret, LIGHT)
    before = path.read_bytes()
    file.slots.set_password(MEERA, key)
    assert file.open(None) == key
    path.write_bytes(before)

    assert file.open(None) == key
    assert file.state(key) is SlotState.OLDER
    file.accept(key)
    assert file.state(key) is SlotState.WHOLE


def first_format(key: bytes, secret: bytes) -> bytes:
    """The file as it was before it had a MAC, its password slot of no use here."""
    sealed = bytes(12) + ChaCha20Poly1305(secret).encrypt(bytes(12), key, b"daksha-slot-v1")
    wrapped = b64encode(sealed).decode()
    cost = {"memory": 64, "passes": 1, "lanes": 1}
    salt = b64encode(bytes(16)).decode()
    return json.dumps(
        {
            "machine": {"wrapped": wrapped},
            "password": {"wrapped": wrapped, "salt": salt, "cost": cost},
        }
    ).encode()


def test_a_file_of_the_first_format_is_authenticated_when_it_is_opened_and_not_taken_again(
    path: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    file = at_pc(path, tmp_path, clock)
    key = bytes(range(32, 64))
    old = first_format(key, file.machine_secret)
    path.write_bytes(old)

    assert file.open(None) == key
    assert file.slots.is_authenticated
    assert file.state(key) is SlotState.WHOLE

    path.write_bytes(old)
    assert file.open(None) == key
    assert file.state(key) is SlotState.ALTERED
    assert not file.slots.is_authenticated  # and it was left as evidence


def unsalted(file: dict[str, Any]) -> None:
    file["slots"][1]["salt"] = ""


def unpriced(file: dict[str, Any]) -> None:
    file["slots"][1]["cost"] = None


def without_end(file: dict[str, Any]) -> None:
    file["slots"][1]["cost"]["memory"] = 1 << 40


def crowded(file: dict[str, Any]) -> None:
    file["slots"] *= 100


def of_the_future(file: dict[str, Any]) -> None:
    file["format"] = 3


@pytest.mark.parametrize("tamper", [unsalted, unpriced, without_end, crowded, of_the_future])
def test_a_file_that_cannot_be_tried_is_damaged(
    path: Path, slots: KeySlots, key: bytes, tamper: Callable[[dict[str, Any]], None]
) -> None:
    content = json.loads(path.read_bytes())
    tamper(content["file"])
    path.write_text(json.dumps(content))

    with pytest.raises(SiteFileDamaged):
        slots.open_with_password(FIRST.password)


def test_every_cut_of_the_file_is_damage(path: Path, slots: KeySlots, key: bytes) -> None:
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(SiteFileDamaged):
            slots.open_with_machine(SECRET)


def test_a_pc_that_asks_opens_by_password_and_does_not_begin_to_open_by_itself(
    path: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    file = at_pc(path, tmp_path, clock)
    key = file.slots.create(FIRST.password, file.machine_secret, LIGHT)
    file.slots.unbind_machine(key)

    with pytest.raises(AskedAtStart):
        file.open(None)
    assert file.open(FIRST.password) == key
    with pytest.raises(AskedAtStart):
        file.open(None)


def test_a_pin_opens_on_its_own_pc_alone(path: Path, tmp_path: Path, clock: TurnedClock) -> None:
    file = at_pc(path, tmp_path, clock)
    key = file.slots.create(FIRST.password, file.machine_secret, LIGHT)
    file.slots.unbind_machine(key)
    file.slots.set_pin("593028", file.machine_secret, key, LIGHT)

    assert file.open("593028") == key
    elsewhere = at_pc(path, tmp_path, clock, "another pc")
    with pytest.raises(WrongPassword):
        elsewhere.open("593028")
    assert elsewhere.open(FIRST.password) == key


def test_wrong_pins_wait_longer_and_longer_and_end_at_the_password(
    path: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    file = at_pc(path, tmp_path, clock)
    key = file.slots.create(FIRST.password, file.machine_secret, LIGHT)
    file.slots.unbind_machine(key)
    file.slots.set_pin("593028", file.machine_secret, key, LIGHT)

    def wrong() -> None:
        with pytest.raises(WrongPassword):
            at_pc(path, tmp_path, clock).open("000001")  # a program that was started anew each time

    for _ in range(5):
        wrong()
    for minutes in (1, 2, 4, 8, 16):
        with pytest.raises(PinLocked):
            file.open("593028")  # the right one, too early
        clock.turn(timedelta(minutes=minutes))
        wrong()
    clock.turn(timedelta(days=30))
    with pytest.raises(PinLocked, match="password"):
        file.open("593028")

    assert file.open(FIRST.password) == key
    assert file.open("593028") == key


def test_a_clock_that_was_set_back_gives_no_tries(
    path: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    file = at_pc(path, tmp_path, clock)
    key = file.slots.create(FIRST.password, file.machine_secret, LIGHT)
    file.slots.unbind_machine(key)
    file.slots.set_pin("593028", file.machine_secret, key, LIGHT)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            file.open("000001")

    clock.set_wall(clock.now() - timedelta(days=3))
    with pytest.raises(PinLocked):
        file.open("593028")
    clock.turn(timedelta(minutes=1))
    assert file.open("593028") == key


def test_a_folder_from_elsewhere_says_so(path: Path, tmp_path: Path, clock: TurnedClock) -> None:
    KeySlots(path).create(FIRST.password, SECRET, LIGHT)

    with pytest.raises(PasswordNeeded, match="another PC"):
        at_pc(path, tmp_path, clock).open(None)
