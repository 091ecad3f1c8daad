"""What happens to the PCs of an organisation: people work, sticks go, PCs are copied, restored and revoked."""

import shutil
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from app.core.keys import KeyNotTrusted
from app.core.operations import Restoring
from app.core.schema.upgrade import bring_up_to_date
from app.core.sync import BundleRefused, NoSuchPeer, SitesApart
from tests.support.clock import SOME_MORNING, TurnedClock
from tests.support.organisation.deeds import DEEDS, Memory
from tests.support.organisation.places import ACTOR, HQ, PUNE, SITES, Place
from tests.support.organisation.proofs import Holdings, hashes_of, heads_of, is_whole

_WAYS = {
    "send": 8,
    "several": 2,
    "parts": 3,
    "again": 2,
    "torn": 1,
    "room": 3,
    "clone": 1,
    "restore": 2,
    "clock": 1,
    "reopen": 1,
    "revoke": 1,
}
"""What else happens, and how often among as many deeds."""
_MOST_PLACES = 6
_SOME_TIME = timedelta(hours=1)
"""Between the founding and a history."""


class Step(NamedTuple):
    """What is done, by whom, with whom, and a number that says more."""

    what: str
    who: int
    whom: int
    number: int


def random_steps(seed: str) -> list[Step]:
    """Return what happens in a history: people work, then much is carried, then all goes on by turns."""
    random = Random(seed)
    ways = [way for way, often in _WAYS.items() for _time in range(often)]
    return [
        Step(
            random.choice(tuple(DEEDS) if random.random() < 0.5 else ways),
            random.randrange(6),
            random.randrange(6),
            random.randrange(1000),
        )
        for _turn in range(random.randrange(6, 30))
    ]


class History:
    """Carries steps out, and knows what was written where."""

    def __init__(self, folder: Path, beginning: Path) -> None:
        self._home = folder
        self._shared = folder / "shared"
        self._shared.mkdir(parents=True)
        self.memory = Memory(pass_by=self._pass_by)
        self.places: list[Place] = []
        self.letters: list[Path] = []
        """Every stick that was ever written, as it was then."""
        self._sticks = 0
        self.copies: list[Place] = []
        self.holdings = Holdings()
        self.revoked: bytes | None = None
        """The station that is believed no longer."""
        self.done: Counter[str] = Counter()
        """How often each kind of step came through."""
        self._now = SOME_MORNING + _SOME_TIME
        for name, code in SITES.items():
            shutil.copytree(beginning / name, folder / name)
            self._enter(Place(folder / name, code, TurnedClock(self._now)))

    def close(self) -> None:
        """End every program."""
        for place in self.places:
            place.close()

    def run(self, steps: Sequence[Step]) -> None:
        """Carry out the steps."""
        for step in steps:
            place = self.places[step.who % len(self.places)]
            other = self.places[step.whom % len(self.places)]
            before = [(each, heads_of(each)) for each in self.places]
            self._tick()
            self._do(step, place, other)
            for each, then in before:
                now = heads_of(each)
                if step.what != "restore" or each is not place:
                    assert all(now.get(log, 0) >= last for log, last in then.items()), "I5"
            self.holdings.note(self.places)

    def _do(self, step: Step, place: Place, other: Place) -> None:
        deed = DEEDS.get(step.what)
        if deed is None:
            getattr(self, f"_{step.what}")(place, other, step.number)
            return
        before = hashes_of(place)
        try:
            deed(place, self.memory, step.number)
        except UserFacingError:
            return  # it is told plainly, and what was done before it stands
        self.done[step.what] += hashes_of(place) != before

    @property
    def believed(self) -> list[Place]:
        """Return the PCs whose key is believed."""
        return [place for place in self.places if place.station != self.revoked]

    @property
    def names_gone(self) -> list[str]:
        """Return the names of those who are erased, by a station that is believed."""
        gone = [who for who, by in self.memory.erased_by.items() if by != self.revoked]
        return [name for who in gone for name in self.memory.called[who]]

    def has_the_last_word(self) -> str:
        """Let a department of Pune be named by somebody who has seen all; let all hear of it; return the name."""
        pune = next(place for place in self.places if place.name == "pune")
        organisation = pune.services.people.organisation
        shop = next(one for one in organisation.org_units(ACTOR) if one.code == f"{PUNE}-SHOP")
        self._tick()
        organisation.rename_org_unit(ACTOR, shop.id, name := self.memory.word(PUNE))
        self.meet(rounds=1)
        return name

    def meet(self, rounds: int) -> None:
        """Set the clocks right, and let those that are believed exchange everything."""
        for place in self.places:
            place.wrong_by = timedelta(0)
        for _round in range(rounds):
            for at, one in enumerate(self.believed):
                for other in self.believed[at + 1 :]:
                    if _may_talk(one, other):
                        self._talk(one, other)
        self.holdings.note(self.places)

    def _talk(self, one: Place, other: Place) -> None:
        """Let two PCs speak in turn: each answers what the other says that it holds.

        Copies of one PC speak under one key: what the one said is taken for the other's word until
        that one speaks itself.
        """
        for speaker, listener in ((other, one), (one, other), (other, one)):
            self._tick()
            letter = self._written(speaker, listener, with_courses=True)
            self._tick()
            listener.take(letter)
            speaker.take(letter)

    def _written(self, place: Place, other: Place, *, with_courses: bool) -> Path:
        letter = self._stick()
        place.send(letter, other, with_courses=with_courses)
        self.letters.append(letter)
        return letter

    def _stick(self) -> Path:
        self._sticks += 1
        letter = self._home / f"letter-{self._sticks}"
        letter.mkdir()
        return letter

    def _send(self, place: Place, other: Place, number: int) -> None:
        """Let one write for another, who may take it in, and may answer."""
        if place.station == other.station or self._is_apart(place, other):
            return
        try:
            letter = self._written(place, other, with_courses=number % 3 == 0)
            self._tick()
            if number % 4:  # else it lies about for now
                other.take(letter)
            if number % 4 == 1:
                place.take(letter)
            self.done["send"] += 1
        except (BundleRefused, KeyNotTrusted):
            assert place.wrong_by or other.wrong_by, "keys are believed for a time"

    def _is_apart(self, place: Place, other: Place) -> bool:
        """Tell whether nothing goes from one to the other; the program says so too."""
        if self.revoked in {place.station, other.station}:
            return True
        if _may_talk(place, other):
            return False
        with suppress(NoSuchPeer, SitesApart):
            self._written(place, other, with_courses=False)
            raise AssertionError("a plant wrote a file for another plant")
        return True

    def _several(self, place: Place, _other: Place, number: int) -> None:
        """Let headquarters write for all sites in one act, the files of courses once; some take it."""
        if place.code != HQ:
            return
        letter = self._stick()
        sync = place.services.sync
        try:
            sync.several.write(
                ACTOR, sync.writable_peers(ACTOR), letter, NoProgress(), courses=None
            )
        except (KeyNotTrusted, NoSuchPeer):
            assert place.wrong_by
            return
        self.letters.append(letter)
        self._tick()
        takers = [one for at, one in enumerate(self.believed) if (number >> at) % 2]
        for taker in takers:
            self._take_unless_clocks_differ(taker, letter, place)
        self._take_unless_clocks_differ(place, letter, place)
        self.done["several"] += len(takers)

    def _take_unless_clocks_differ(self, place: Place, letter: Path, writer: Place) -> None:
        try:
            place.take(letter)
        except UserFacingError:
            assert place.wrong_by or writer.wrong_by

    def _parts(self, _place: Place, other: Place, number: int) -> None:
        """Let somebody take in some files of a letter, one by one and in any order."""
        if not self.letters:
            return
        files = sorted(self.letters[number % len(self.letters)].glob("*.dks[bv]"))
        random = Random(number)
        random.shuffle(files)
        for file in files[: 1 + random.randrange(len(files) or 1)]:
            self._take_or_refuse(other, file)
        self.done["parts"] += len(files) > 1

    def _again(self, _place: Place, other: Place, number: int) -> None:
        """Let somebody take in a letter that was written some time ago, whoever it was for."""
        if self.letters:
            self._take_or_refuse(other, self.letters[number % len(self.letters)])
            self.done["again"] += 1

    def _take_or_refuse(self, place: Place, path: Path) -> None:
        before = hashes_of(place)
        try:
            place.take(path)
        except UserFacingError:
            if path.is_file():
                assert hashes_of(place) == before, "I8: refused, and yet something came"

    def _torn(self, place: Place, other: Place, number: int) -> None:
        """Let somebody take in a file of which the end is missing, or one bit is another."""
        files = sorted(file for letter in self.letters for file in letter.glob("*.dks[bv]"))
        if not files:
            return
        file = files[number % len(files)]
        whole = file.read_bytes()
        at = number * 131 % len(whole)
        torn = self._home / f"torn{file.suffix}"
        torn.write_bytes(
            whole[:at] if number % 2 else whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        )
        before = hashes_of(other)
        try:
            other.take(torn)
        except UserFacingError:
            assert hashes_of(other) == before, "I8: a torn file was refused, and yet something came"
        else:
            assert file.suffix == ".dksv" or hashes_of(other) == before, "I8: a torn file came"
        torn.unlink()
        self.done["torn"] += 1

    def _room(self, place: Place, _other: Place, number: int) -> None:
        """Let PCs of one site go round through their shared folder, in any order."""
        folder = self._shared / place.code
        folder.mkdir(exist_ok=True)
        room = [one for one in self.believed if one.code == place.code]
        Random(number).shuffle(room)
        for one in room * (1 + number % 3):
            self._tick()
            with suppress(KeyNotTrusted):
                one.services.sync.go_round(ACTOR, folder)
        self.done["room"] += len(room) > 1

    def _clone(self, place: Place, _other: Place, _number: int) -> None:
        """Copy a PC's disk, and go on with both."""
        if len(self.places) >= _MOST_PLACES:
            return
        folder = self._home / f"{place.name}{len(self.places)}"
        place.close()
        shutil.copytree(place.folder, folder)
        place.open()
        copy = Place(folder, place.code, TurnedClock(place.clock.now()), place.wrong_by)
        self._enter(copy)
        self.copies.append(copy)
        self.done["clone"] += 1

    def _restore(self, place: Place, _other: Place, number: int) -> None:
        """Make a backup, or copy the data folder; or go back to it, while the keys stay as they are."""
        if self.revoked is not None:
            return
        if place.backup is None:
            self._back_up(place, number)
            return
        data = place.folder / "data"
        place.close()
        if place.backup.is_dir():
            shutil.rmtree(data)
            shutil.copytree(place.backup, data)
        else:
            keys = place.folder / "keys"
            Restoring(data, keys, place.clock, bring_up_to_date).restore(place.backup)
        place.open()
        self.holdings.lose(self.places)
        self.done["restore"] += 1

    def _back_up(self, place: Place, number: int) -> None:
        if number % 2:
            place.backup = self._home / f"{place.name}.dkbk"
            place.services.backups.make_at(ACTOR, place.backup, overwrite=True)
            return
        place.close()
        place.backup = self._home / f"{place.name}.backup"
        shutil.copytree(place.folder / "data", place.backup)
        place.open()

    def _clock(self, place: Place, _other: Place, number: int) -> None:
        place.wrong_by = timedelta(days=365 * (number % 21 - 10))
        self.done["clock"] += 1

    def _reopen(self, place: Place, _other: Place, _number: int) -> None:
        place.close()
        place.open()

    def _revoke(self, _place: Place, other: Place, _number: int) -> None:
        """Let the PC that founded the plant believe its second PC no longer."""
        founder = next(place for place in self.places if place.name == "pune")
        if self.revoked is not None or other.code != PUNE or other.station == founder.station:
            return
        try:
            founder.services.open_site.keys.care.revoke(ACTOR, other.station, "stolen")
        except KeyNotTrusted:
            return
        self.revoked = other.station
        self.holdings.revoke(other.station, founder)
        self.done["revoke"] += 1

    def _enter(self, place: Place) -> None:
        self.places.append(place.open())
        self.holdings.meet(place)

    def _pass_by(self, minutes: int) -> None:
        self._now += timedelta(minutes=minutes)
        self._tick()

    def _tick(self) -> None:
        self._now += timedelta(seconds=1)
        for place in self.places:
            place.clock.set_wall(self._now + place.wrong_by)


def _may_talk(one: Place, other: Place) -> bool:
    return one.station != other.station and (one.code == other.code or HQ in {one.code, other.code})


__all__ = ["History", "Step", "is_whole", "random_steps"]
