"""What a learner achieved in one package on one PC, another package on another PC is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Actor
from app.core.base.progress import NoProgress
from app.core.courses import Releases
from app.core.learning import Launch, Launches, Learning
from app.core.learning.launches.sharing import known_to
from app.core.operations import Derivations
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc
from tests.support.sharing_packages import OBJECTIVE, sharing
from tests.support.teaching import a_learner


class Room:
    """A training room of two PCs, and a learner who goes from one to the other."""

    def __init__(self, one: Pc, two: Pc, stick: Path, folder: Path, clock: TurnedClock) -> None:
        self.pcs = (one, two)
        self.clock = clock
        self.stick = stick
        self.courses = {}
        for name in ("Press", "Lathe"):
            archive = zip_at(folder / f"{name}.zip", sharing(name))
            course = one.courses.import_folder(ACTOR, archive, NoProgress())
            one.courses.publish(ACTOR, course)
            self.courses[name] = course
        self.asha: Actor = a_learner(one.opened.site)
        self.carry(one, two)

    def carry(self, giver: Pc, taker: Pc) -> None:
        """Bring everything from one PC to the other."""
        peer = giver.sync.peer(ACTOR, taker.key)
        giver.sync.export(ACTOR, [peer], self.stick, courses=tuple(self.courses.values()))
        taker.sync.take(ACTOR, self.stick)
        for touched in taker.settled:
            Derivations(taker.opened.site, taker.courses.index).settle(touched)
            Learning(taker.opened.site, Releases()).take_over(touched)
        taker.settled.clear()

    def work(self, pc: Pc, name: str, **values: str) -> dict[str, str]:
        """Sit down to a package; return what its page read, after it has set values and ended."""
        self.clock.turn(timedelta(minutes=1))
        learning = Learning(pc.opened.site, Releases())
        launches = Launches(pc.opened.site, learning, pc.assets)
        hand = learning.begin(self.asha, self.courses[name])
        launch = launches.open(self.asha, hand.start_id, hand.lessons[0].lesson_id, "en")
        launches.begin(self.asha, launch)
        call(launches, self.asha, launch, "Initialize", "")
        read = {
            element: call(launches, self.asha, launch, "GetValue", element)
            for element in ("cmi.objectives.0.success_status", "adl.data.0.store")
        }
        for element, value in values.items():
            name_in_scorm = element.replace("__", ".")
            assert call(launches, self.asha, launch, "SetValue", name_in_scorm, value) == "true"
        assert call(launches, self.asha, launch, "Terminate", "") == "true"
        launches.pause(self.asha, launch)
        return read


def call(launches: Launches, actor: Actor, launch: Launch, method: str, *values: str) -> str:
    return launches.call(actor, launch, method, values).value


@pytest.fixture
def room(one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock) -> Room:
    return Room(one, two, stick, tmp_path, clock)


def test_it_travels_with_the_learners_records(room: Room) -> None:
    one, two = room.pcs
    room.work(one, "Press", cmi__success_status="passed", adl__data__0__store="guard is new")

    before = room.work(two, "Lathe")
    room.carry(one, two)
    after = room.work(two, "Lathe")

    assert before["adl.data.0.store"] == ""
    assert after == {
        "cmi.objectives.0.success_status": "passed",
        "adl.data.0.store": "guard is new",
    }


def test_of_what_two_pcs_wrote_the_last_holds_on_both(room: Room) -> None:
    one, two = room.pcs
    room.work(one, "Press", cmi__success_status="passed", cmi__score__scaled="0.9")
    room.work(two, "Lathe", cmi__success_status="failed", adl__data__0__store="from two")

    room.carry(one, two)
    room.carry(two, one)

    known = []
    for pc in room.pcs:
        with pc.opened.site.read() as session:
            known.append(known_to(session, room.asha.person_id))
    assert known[0] == known[1]
    objective = known[0]["scorm"]["objectives"][OBJECTIVE]
    assert (objective["satisfied"], objective["measure"]) == (False, "0.9")
    assert room.work(one, "Lathe")["adl.data.0.store"] == "from two"


def test_what_was_carried_twice_counts_once(room: Room) -> None:
    one, two = room.pcs
    room.work(one, "Press", cmi__success_status="passed")
    room.carry(one, two)
    room.work(two, "Press", cmi__success_status="failed")

    room.carry(one, two)

    assert room.work(two, "Lathe")["cmi.objectives.0.success_status"] == "failed"
