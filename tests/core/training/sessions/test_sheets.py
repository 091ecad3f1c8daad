"""Sign-in sheets that come back as scans: askew, upside down, shadowed; nothing unclear is guessed."""

import random
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from app.core.people import PersonChange, PersonId, Reads
from app.core.training import TrainingRefused
from app.core.training.sessions import BoxMark, Method, WrongState
from app.core.training.sessions.sheet_layout import ROWS, read_corner
from app.core.training.sessions.sheet_reading import read_scan
from tests.support.classes import Room
from tests.support.scanned import (
    as_jpeg,
    as_pdf,
    blacken,
    cross,
    dot,
    pages_of,
    scanned,
    tick,
)


def a_class(room: Room, count: int) -> tuple[UUID, list[UUID]]:
    """Plan a session with so many people on its list, and open the roll."""
    people = [room.somebody(f"E-{100 + one}", f"Person {one:02}") for one in range(count)]
    room.require()
    session_id = room.plan()
    room.sessions.planning.invite(room.meera, session_id, people)
    room.sessions.rolling.open(room.meera, session_id)
    return session_id, people


def sheet(room: Room, session_id: UUID) -> list[Image.Image]:
    document = room.sessions.papers.sheet(room.meera, session_id, "Plant PUN")
    return pages_of(document.content)


def scan(folder: Path, content: bytes, name: str = "scan.jpg") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_marked_boxes_are_found_however_the_paper_lay(
    room: Room, tmp_path: Path, turned: int
) -> None:
    session_id, people = a_class(room, 8)
    (page,) = sheet(room, session_id)
    cross(page, 0)
    tick(page, 2)
    cross(page, 5, width=2.5)
    dot(page, 6)
    blacken(page, 7)
    file = scan(tmp_path, as_jpeg(scanned(page, random.Random(turned), turned=turned)))

    read = room.sessions.papers.read(room.meera, session_id, file)

    marks = {one.person_id: one.mark for one in read.rows}
    assert [marks[one] for one in people] == [
        BoxMark.MARKED, BoxMark.EMPTY, BoxMark.MARKED, BoxMark.EMPTY, BoxMark.EMPTY,
        BoxMark.MARKED, BoxMark.UNCLEAR, BoxMark.UNCLEAR,
    ]  # fmt: skip
    assert (read.pages, read.walk_ins) == ((1,), 0)
    assert [one.person_id for one in read.unclear] == people[6:]


def test_who_needs_somebody_to_read_along_stands_on_a_page_that_is_not_handed_round(
    room: Room,
) -> None:
    session_id, people = a_class(room, 2)
    room.people.edit(room.meera, PersonId(people[1]), PersonChange(reads=Reads.ALONG))
    roll = room.sessions.detail(room.meera, session_id).roll
    assert [one.reads_along for one in roll] == [False, True]
    document = room.sessions.papers.sheet(room.meera, session_id, "Plant PUN")
    with PdfDocument(document.content) as pdf:
        round_sheet, for_trainer = (page.get_textpage().get_text_range() for page in pdf)
    assert "read along" not in round_sheet
    assert "E-101" in for_trainer
    assert "E-100" not in for_trainer


@pytest.mark.parametrize("seed", range(12))
def test_no_scan_gives_somebody_the_mark_of_another(seed: int) -> None:
    from datetime import UTC, datetime

    from app.core.base.ids import new_id
    from app.core.training.sessions.sheet_paper import Sheet, SheetLine, sheet_document

    chance = random.Random(seed)
    lines = tuple(SheetLine(number=f"E-{n}", name=f"Person {n}") for n in range(ROWS - 4))
    pdf = sheet_document(
        Sheet(
            id=new_id(), title="Work at height", when="14:00", venue="Shed 2", led_by="Meera",
            site="Plant", made_at=datetime(2026, 11, 23, tzinfo=UTC), lines=lines,
        )
    )  # fmt: skip
    (page,) = pages_of(pdf, chance.choice([130, 150, 200]))
    marked = {line for line in range(len(lines)) if chance.random() < 0.5}
    for line in marked:
        chance.choice([cross, tick])(page, line)

    (read,) = read_scan(as_jpeg(scanned(page, chance), quality=chance.choice([50, 70, 90])))

    for line, mark in enumerate(read.marks):
        expected = BoxMark.MARKED if line in marked else BoxMark.EMPTY
        assert mark in {expected, BoxMark.UNCLEAR}
    clear = sum(mark is not BoxMark.UNCLEAR for mark in read.marks)
    assert clear >= ROWS - 2


def test_several_pages_in_one_pdf_are_read_and_empty_lines_are_for_people(
    room: Room, tmp_path: Path
) -> None:
    session_id, people = a_class(room, 22)
    pages = sheet(room, session_id)
    cross(pages[0], 19)
    cross(pages[1], 1)
    cross(pages[1], 3)  # somebody who wrote themselves down
    chance = random.Random(5)
    scans = [scanned(one, chance) for one in reversed(pages)]

    read = room.sessions.papers.read(
        room.meera, session_id, scan(tmp_path, as_pdf(scans), "scan.pdf")
    )

    assert read.pages == (1, 2)
    marked = {one.person_id for one in read.rows if one.mark is BoxMark.MARKED}
    assert marked == {people[19], people[21]}
    assert read.walk_ins == 1


def test_a11_15_what_was_read_is_ticked_once_it_is_confirmed_and_the_scan_is_kept(
    room: Room, tmp_path: Path
) -> None:
    session_id, people = a_class(room, 3)
    (page,) = sheet(room, session_id)
    cross(page, 1)
    dot(page, 2)
    content = as_jpeg(scanned(page, random.Random(1)))
    file = scan(tmp_path, content)
    room.pass_by(60)
    room.end(session_id)
    papers = room.sessions.papers
    read = papers.read(room.meera, session_id, file)
    assert all(not one.came for one in room.sessions.detail(room.meera, session_id).roll)

    papers.keep(room.meera, session_id, file, read)
    assert papers.tick(room.meera, session_id, read, also=frozenset({people[2]})) == 2
    assert papers.tick(room.meera, session_id, read) == 0

    detail = room.sessions.detail(room.meera, session_id)
    came = {one.person_id: one.methods for one in detail.roll if one.came}
    assert came == {people[1]: (Method.SHEET,), people[2]: (Method.SHEET,)}
    assert all(one.seconds == 3600 for one in detail.roll if one.came)
    (kept,) = detail.papers
    assert (kept.page, kept.name) == (1, "scan.jpg")
    assert room.pc.assets.read(kept.sha256) == content


def test_a_page_with_a_torn_corner_is_asked_about_and_still_kept(
    room: Room, tmp_path: Path
) -> None:
    session_id, _people = a_class(room, 3)
    (page,) = sheet(room, session_id)
    cross(page, 0)
    page.paste(255, (page.width - 260, page.height - 260, page.width, page.height))
    file = scan(tmp_path, as_jpeg(page))
    read = room.sessions.papers.read(room.meera, session_id, file)
    assert {one.mark for one in read.rows} == {BoxMark.UNCLEAR}
    room.sessions.papers.keep(room.meera, session_id, file, read)


def test_a_sheet_of_another_session_is_refused(room: Room, tmp_path: Path) -> None:
    session_id, _people = a_class(room, 2)
    (page,) = sheet(room, session_id)
    other = room.opened()
    file = scan(tmp_path, as_jpeg(page))
    with pytest.raises(TrainingRefused, match="of another session"):
        room.sessions.papers.read(room.meera, other, file)


def test_who_was_added_after_printing_stands_on_no_line_of_the_old_sheet(
    room: Room, tmp_path: Path
) -> None:
    session_id, people = a_class(room, 2)
    (page,) = sheet(room, session_id)
    aaron = room.somebody("E-900", "Aaron")  # would stand first now
    room.sessions.planning.invite(room.meera, session_id, [aaron])
    cross(page, 0)
    file = scan(tmp_path, as_jpeg(page))
    read = room.sessions.papers.read(room.meera, session_id, file)
    assert [one.person_id for one in read.rows if one.mark is BoxMark.MARKED] == [people[0]]


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 but no more", b"\xff\xd8\xff\x00"]
)  # fmt: skip
def test_what_is_no_scan_is_refused_or_read_as_nothing(
    room: Room, tmp_path: Path, content: bytes
) -> None:
    session_id, _people = a_class(room, 1)
    file = scan(tmp_path, content)
    if content.startswith((b"\x89PNG", b"%PDF-", b"\xff\xd8\xff")):
        assert room.sessions.papers.read(room.meera, session_id, file).rows == ()
        return
    with pytest.raises(TrainingRefused, match="no scan that can be kept"):
        room.sessions.papers.read(room.meera, session_id, file)


def test_a_sheet_is_made_before_the_signature_only(room: Room) -> None:
    session_id, _people = a_class(room, 1)
    room.tap(session_id, "E-100")
    room.pass_by(60)
    room.end(session_id)
    room.sign(session_id)
    with pytest.raises(WrongState):
        room.sessions.papers.sheet(room.meera, session_id, "Plant")


@pytest.mark.parametrize(
    "text", ["", "DKS1", "DKS1:::", "DKS1:zz:1:0", f"DKS1:{UUID(int=1).hex}:1:4", f"DKS1:{UUID(int=1).hex}:0:0",
             f"DKS1:{UUID(int=1).hex}:1:٣", f"DKS2:{UUID(int=1).hex}:1:0"]
)  # fmt: skip
def test_codes_of_other_papers_are_left_alone(text: str) -> None:
    assert read_corner(text) is None


def test_a_line_that_is_not_clear_is_shown_as_it_is_on_the_paper(
    room: Room, tmp_path: Path
) -> None:
    session_id, people = a_class(room, 3)
    (page,) = sheet(room, session_id)
    cross(page, 0)
    dot(page, 1)
    file = scan(tmp_path, as_jpeg(scanned(page, random.Random(5), turned=180)))
    read = room.sessions.papers.read(room.meera, session_id, file)
    looks = {one.person_id: one.look for one in read.rows}
    assert [bool(looks[one]) for one in people] == [False, True, False]
    look = Image.open(BytesIO(looks[people[1]]))
    box = look.crop((0, 0, look.width // 4, look.height))
    assert box.getextrema()[0] < 110  # the drop of ink, and the frame around it
    assert look.getpixel((look.width - 20, look.height // 2)) > 150  # nobody signed
