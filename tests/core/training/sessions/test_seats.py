"""More people than seats: told in the same words however they come, let in knowingly, and shown on the record."""

from pathlib import Path
from uuid import UUID

import pytest

from app.core.people import ProvedPresent
from app.core.training.sessions import Method, SeatsTaken
from tests.core.training.sessions.test_sheets import scan, sheet
from tests.support.classes import Room
from tests.support.scanned import as_jpeg, cross


def a_class(room: Room, seats: int = 2) -> tuple[UUID, list[UUID]]:
    """Open the roll of a class with four people on its list, for whom there are fewer seats."""
    people = [room.somebody(f"E-{10 + n}", name) for n, name in enumerate(("Asha", "Bina", "Chitra", "Devi"))]  # fmt: skip
    room.require()
    session_id = room.plan(seats=seats)
    room.sessions.planning.invite(room.meera, session_id, people)
    room.sessions.rolling.open(room.meera, session_id)
    return session_id, people


def came(room: Room, session_id: UUID) -> list[str]:
    roll = room.sessions.detail(room.meera, session_id).roll
    return [one.name for one in roll if one.came]


def test_who_is_ticked_together_beyond_the_seats_is_told_as_by_badge_and_nobody_is_noted(
    room: Room,
) -> None:
    session_id, people = a_class(room)
    rolling = room.sessions.rolling
    with pytest.raises(SeatsTaken) as by_number:
        rolling.tap(room.meera, session_id, "E-12")
    with pytest.raises(SeatsTaken) as by_sheet:
        rolling.tick_all(room.meera, session_id, people[:3], Method.SHEET)
    assert by_sheet.value.happened == by_number.value.happened
    assert by_sheet.value.happened == "All 2 seats are taken, and Chitra has none."
    with pytest.raises(SeatsTaken) as of_two:
        rolling.tick_all(room.meera, session_id, people, Method.SHEET)
    assert of_two.value.happened == "All 2 seats are taken, and 2 have none: Chitra, Devi."
    assert came(room, session_id) == []

    assert rolling.tick_all(room.meera, session_id, people, Method.SHEET, anyway=True) == 4
    assert came(room, session_id) == ["Asha", "Bina", "Chitra", "Devi"]


def test_a_scanned_sheet_beyond_the_seats_is_told_and_the_scan_is_kept_once(
    room: Room, tmp_path: Path
) -> None:
    session_id, _people = a_class(room)
    (page,) = sheet(room, session_id)
    for line in (0, 1, 2):
        cross(page, line)
    file, papers = scan(tmp_path, as_jpeg(page)), room.sessions.papers
    read = papers.read(room.meera, session_id, file)
    papers.keep(room.meera, session_id, file, read)
    with pytest.raises(SeatsTaken, match="All 2 seats are taken, and Chitra has none"):
        papers.tick(room.meera, session_id, read)

    papers.keep(room.meera, session_id, file, read)
    assert papers.tick(room.meera, session_id, read, anyway=True) == 3
    found = room.sessions.detail(room.meera, session_id)
    assert len(found.papers) == 1
    assert found.summary.beyond_seats == 1


def test_own_pin_beyond_the_seats_is_told_and_counts_when_it_is_said(room: Room) -> None:
    session_id, people = a_class(room)
    devi = ProvedPresent(people[3])
    rolling = room.sessions.rolling
    with pytest.raises(SeatsTaken, match="Devi has none"):
        rolling.confirm_present(room.meera, session_id, devi)
    rolling.confirm_present(room.meera, session_id, devi, anyway=True)
    assert came(room, session_id) == ["Devi"]


def test_what_is_signed_says_how_many_were_there_beyond_the_seats(room: Room) -> None:
    session_id, people = a_class(room)
    room.sessions.rolling.tick_all(room.meera, session_id, people, Method.SHEET, anyway=True)
    room.pass_by(60)
    room.end(session_id)
    told = room.sessions.signing.text(room.meera, session_id)
    assert "4 came, 2 more than the 2 seats." in told
    room.sign(session_id)
    assert room.sessions.detail(room.meera, session_id).summary.beyond_seats == 2


def test_a_class_within_its_seats_says_nothing_of_them(room: Room) -> None:
    session_id, people = a_class(room, seats=4)
    room.sessions.rolling.tick_all(room.meera, session_id, people, Method.SHEET)
    room.pass_by(60)
    room.end(session_id)
    assert "seats" not in room.sessions.signing.text(room.meera, session_id)
    assert room.sessions.detail(room.meera, session_id).summary.beyond_seats == 0
