"""Records travel between headquarters, a plant and its training PC, from their three windows.

Pairing, a course out, training, records back, receipts, a conflict and its decision, a stick that is lost,
and what is known of whom when nobody was heard of for long.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.courses import NewCourse, Outline, acknowledgement
from app.core.learning.models import CourseCompletionRow
from app.core.operations import SiteFolder
from app.core.people import Audience, NewPerson, PersonChange, PersonId, RoleName
from app.services import Services
from app.ui.kit.fingerprint import Fingerprint
from tests.journeys.flows.conftest import Seat, furnished
from tests.journeys.flows.looks import shot
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc
from tests.support.practicals import SYSTEM, let_sign
from tests.support.signers import LOGIN, PASSWORD, Door
from tests.support.walking import Counted, Walker

HERS = "seven green hills"
OF_THE_ROOM = "wide open windows"


@dataclass
class Places:
    """Three windows, and the folder that is carried between them."""

    hq: Walker
    plant: Walker
    room: Walker
    bag: Path
    clock: TurnedClock
    asha: PersonId
    plant_label: str = ""
    room_label: str = ""
    """What the two PCs of the plant are called by each other."""

    def stick(self, name: str) -> Path:
        """Return an empty stick."""
        made = self.bag / name
        made.mkdir()
        return made


@pytest.fixture
def places(seat: Seat, tmp_path: Path, clock: TurnedClock) -> Places:
    """Headquarters with a course, a plant where Asha is to take it, a PC on which nothing is yet."""
    people: list[PersonId] = []

    def with_a_course(services: Services, _pc: Pc) -> None:
        course = services.courses.create(SYSTEM, NewCourse(title="Lockout", code="LOTO"))
        lesson = acknowledgement({"en": "I lock before I reach in."}, language="en")
        services.courses.save_draft(SYSTEM, course, Outline(title="Lockout", lessons=(lesson,)))
        services.courses.publish(SYSTEM, course)

    def with_people(services: Services, pc: Pc) -> None:
        asha = services.people.add(SYSTEM, NewPerson(number="E-7", name="Asha Kulkarni"))
        door = Door(pc, services.sign_in, services.signatures)
        let_sign(door, asha, "E-7", HERS, RoleName.LEARNER, None)
        people.append(asha)

    hq, plant, room = (
        SiteFolder(tmp_path / name, tmp_path / f"{name} keys", clock)
        for name in ("hq", "plant", "room")
    )
    furnished(hq, "Head office", with_a_course)
    furnished(plant, "Baddi plant", with_people)
    bag = tmp_path / "bag"
    bag.mkdir()
    return Places(seat(hq), seat(plant), seat(room), bag, clock, people[0])


def words_of(walker: Walker) -> str:
    """Return the eight words that are seen, on top of all."""
    return [one for one in walker.window.findChildren(Fingerprint) if one.isVisible()][-1].words()


@pytest.mark.journey
def test_records_travel_between_three_windows(places: Places) -> None:
    pair_sites(places)
    send_a_course_down(places)
    join_the_room(places)
    train(places)
    bring_records_back(places)
    decide_what_both_changed(places)
    heal_a_lost_stick(places)
    look_after_long_silence(places)


def pair_sites(at: Places) -> None:
    """The plant asks, headquarters answer; each sees the other's words before it goes on."""
    request, answer = at.bag / "plant.daksha-request", at.bag / "hq.daksha-answer"
    for walker in (at.hq, at.plant):
        walker.sign_in(LOGIN, PASSWORD)
        walker.go("Sync")
    shot(at.plant, "01-nobody-paired")
    at.plant.press("Peers and keys")
    words = words_of(at.plant)
    shot(at.plant, "02-keys")
    at.plant.press("Save the file for another site")
    at.plant.choose_file(request)

    at.hq.press("Peers and keys")
    begin_pairing(at.hq, request)
    assert words_of(at.hq) == words
    shot(at.hq, "03-words-of-the-plant")
    at.hq.press("The words are the same")
    shot(at.hq, "04-answer")
    at.hq.press("Save the answer")
    at.hq.choose_file(answer)
    at.hq.press("Close")

    begin_pairing(at.plant, answer)
    assert words_of(at.plant) == words_of(at.hq)
    at.plant.press("The words are the same")
    shot(at.plant, "05-paired")


def completions(walker: Walker) -> int:
    """Return how many courses are completed by what a window's records say."""
    with walker.services.open_site.site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(CourseCompletionRow)) or 0


def begin_pairing(walker: Walker, paper: Path) -> None:
    """Give the sheet the file that was brought."""
    walker.press("Pair a PC or site")
    walker.press("Choose a file")
    walker.choose_file(paper)


def write(walker: Walker, peer: str, stick: Path) -> None:
    """Write what a peer lacks."""
    walker.go("Sync")
    assert walker.can_press(f"Write a sync file for {peer}"), walker.said()
    walker.press(f"Write a sync file for {peer}")
    walker.press("Choose a folder")
    walker.choose_file(stick)
    walker.press("Write")
    assert "is right" in walker.said(), walker.said()


def take(walker: Walker, stick: Path) -> None:
    """Take a whole stick in."""
    walker.go("Sync")
    walker.press("Take in")
    walker.press("Choose a folder")
    walker.choose_file(stick)
    walker.press("Take in")


def send_a_course_down(at: Places) -> None:
    stick = at.stick("down")
    write(at.hq, "Baddi plant", stick)
    shot(at.hq, "06-course-written")
    take(at.plant, stick)
    shot(at.plant, "07-course-here")
    at.plant.services.training.assign(
        SYSTEM, "LOTO", Audience(), due_on=None, origin="Everybody locks"
    )
    take(at.hq, stick)  # with the receipt that the plant wrote beside it
    shot(at.hq, "08-receipt")
    at.hq.go("Sync")
    shot(at.hq, "09-up-to-date")


def join_the_room(at: Places) -> None:
    """A PC that was never started asks, is answered, and waits for its first file."""
    request, answer = at.bag / "room.daksha-request", at.bag / "plant.daksha-answer"
    shot(at.room, "10-first-start")
    at.room.press_line("Join a site that exists")
    words = words_of(at.room)
    shot(at.room, "11-request")
    at.room.press("Save the request")
    at.room.choose_file(request)

    at.plant.go("Sync")
    at.plant.press("Peers and keys")
    begin_pairing(at.plant, request)
    assert words_of(at.plant) == words
    at.plant.press("The words are the same")
    at.plant.press("Save the answer")
    at.plant.choose_file(answer)
    at.plant.press("Close")

    at.room.press("Choose a file")
    at.room.choose_file(answer)
    shot(at.room, "12-join")
    at.room.fill("Password for this PC's records", OF_THE_ROOM)
    at.room.fill("Password again", OF_THE_ROOM)
    at.room.press("The words are the same: join")
    shot(at.room, "13-waits")


def train(at: Places) -> None:
    """The room gets what the plant has, and Asha learns there."""
    stick = at.stick("to the room")
    at.room_label = at.plant.services.sync.board(SYSTEM).peers[0].peer.label
    write(at.plant, at.room_label, stick)
    shot(at.plant, "14-room-written")
    at.room.press("Choose a folder")
    at.room.choose_file(stick)
    shot(at.room, "15-first-file")
    at.room.sign_in("E-7", HERS)
    shot(at.room, "16-home")
    at.room.press("Start")
    at.room.press("Start")
    shot(at.room, "17-lesson")
    at.room.fill("I have read and understood this.", " ")  # ticks it
    at.room.fill("Your PIN or password", HERS)
    at.room.press("Confirm")
    shot(at.room, "18-done")
    assert completions(at.room) == 1
    at.room.press("Back to my courses")
    at.room.leave()


def bring_records_back(at: Places) -> None:
    """What Asha learnt gets to the plant and on to headquarters, with receipts on the way back."""
    back, up = at.stick("back"), at.stick("up")
    at.room.sign_in(LOGIN, PASSWORD)
    own = [one.peer for one in at.room.services.sync.board(SYSTEM).peers if one.peer.is_own_site]
    at.plant_label = own[0].label
    write(at.room, at.plant_label, back)
    take(at.plant, back)
    shot(at.plant, "19-records-back")
    write(at.plant, "Head office", up)
    take(at.hq, up)
    shot(at.hq, "20-records-at-hq")
    assert completions(at.plant) == completions(at.hq) == 1
    take(at.plant, up)
    take(at.room, back)
    at.room.go("Sync")
    shot(at.room, "21-room-receipt")


def decide_what_both_changed(at: Places) -> None:
    """Two people correct one name apart; it is told where files come in, and decided once."""
    there, back = at.stick("conflict"), at.stick("decision")
    for walker, name in ((at.plant, "Asha Kulkarni-Rao"), (at.room, "Asha Rao")):
        at.clock.turn(timedelta(minutes=5))
        walker.services.people.edit(SYSTEM, at.asha, PersonChange(name=name), f"{name} by ID card")
    write(at.room, at.plant_label, there)
    take(at.plant, there)
    shot(at.plant, "22-conflict-told")
    at.plant.go("Sync")
    shot(at.plant, "23-conflict-counted")
    at.plant.counted()
    at.plant.press("Decide")
    shot(at.plant, "24-conflict")
    at.plant.press("Keep Asha Rao")
    at.plant.fill("Reason", "Married, new card")
    at.plant.press("Decide")
    shot(at.plant, "25-decided")
    assert at.plant.counted() == Counted(presses=3, fields=1)
    write(at.plant, at.room_label, back)
    take(at.room, back)
    for walker in (at.plant, at.room):
        assert walker.services.sync.conflicts_open(SYSTEM) == 0
        assert walker.services.people.person(SYSTEM, at.asha).name == "Asha Rao"


def heal_a_lost_stick(at: Places) -> None:
    """A stick never arrives: the next one brings what was on it."""
    lost, next_one = at.stick("lost"), at.stick("next")
    write(at.plant, "Head office", lost)
    for file in lost.iterdir():
        file.unlink()
    at.plant.go("Sync")
    shot(at.plant, "26-on-the-way")
    write(at.plant, "Head office", next_one)
    take(at.hq, next_one)
    shot(at.hq, "27-healed")
    assert at.hq.services.people.person(SYSTEM, at.asha).name == "Asha Rao"


def look_after_long_silence(at: Places) -> None:
    """Whoever was not heard of is told by days, and figures say as of when they are."""
    at.clock.turn(timedelta(days=20))
    at.plant.go("Sync")
    shot(at.plant, "28-silence")
    assert at.plant.said().count("heard 20 days ago") == 2
    at.hq.go("Overview")
    shot(at.hq, "29-stale-figures")
    assert "These figures are not of today" in at.hq.said()
