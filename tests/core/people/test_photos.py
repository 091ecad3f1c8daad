"""Photos of people: small, square, without the camera's notes; from folders; gone with the person."""

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.journal.changes import decode_changes
from app.core.journal.models import EntryRow
from app.core.journal.personal import opened_changes
from app.core.people import NewPerson, People, PersonChange, PersonId
from app.core.people.erasing import PersonErased
from app.core.people.photos import FolderUnreadable, PhotoFile, PhotoRefused, PhotoTrouble, squaring
from app.core.people.photos.models import PersonPhotoRow
from app.core.people.photos.squaring import SIDE, squared
from tests.core.people.conftest import SYSTEM, Plant
from tests.support.clock import TurnedClock

RED, BLUE = (200, 20, 20), (20, 20, 200)
ONE = replace(SYSTEM, account_id=new_id(), name="Asha Rao")
OTHER = replace(SYSTEM, account_id=new_id(), name="Binod Das")


@pytest.fixture
def binod(people: People) -> PersonId:
    """Somebody else."""
    return people.add(SYSTEM, NewPerson(number="E-2077", name="Binod Das"))


def picture(
    path: Path, colour: tuple[int, int, int] = RED, size: tuple[int, int] = (300, 400)
) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def dot(photo: bytes, x: int, y: int) -> tuple[int, int, int]:
    with Image.open(io.BytesIO(photo)) as opened:
        red, green, blue = opened.convert("RGB").getpixel((x, y))  # type: ignore[misc]  # three of them in RGB
    return red, green, blue


def is_like(seen: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(seen, wanted, strict=True))


def test_a_photo_is_square_small_and_the_same_each_time(tmp_path: Path) -> None:
    given = picture(tmp_path / "a.png", size=(1200, 900)).read_bytes()
    photo = squared(given, "a.png")
    with Image.open(io.BytesIO(photo)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (SIDE, SIDE))
    assert photo == squared(given, "a.png")


def test_what_the_camera_noted_is_left_out_and_the_picture_stands_upright() -> None:
    lying = Image.new("RGB", (400, 400), BLUE)
    lying.paste(Image.new("RGB", (400, 200), RED), (0, 0))
    notes = Image.Exif()
    notes[0x0112] = 3  # turned over: what is red above is below
    notes[0x010F] = "Spy camera of Asha"
    written = io.BytesIO()
    lying.save(written, "JPEG", exif=notes, comment=b"Spy camera of Asha")
    photo = squared(written.getvalue(), "a.jpg")
    assert b"Spy camera" in written.getvalue()
    assert b"Spy" not in photo
    assert b"Exif" not in photo
    assert is_like(dot(photo, 160, 40), BLUE)
    assert is_like(dot(photo, 160, 280), RED)


def test_a_noisy_picture_is_kept_small() -> None:
    noise = Image.effect_noise((900, 900), 120).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")
    assert len(squared(written.getvalue(), "a.png")) < 64 << 10


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture at all", "is not a picture"),
        (b"\xff\xd8\xff\xe0 cut short", "is not a picture"),
        (b"\0" * (squaring.MOST_BYTES + 1), "is too large"),
    ],
)
def test_a_bad_file_gets_one_sentence(
    people: People, asha: PersonId, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "asha.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoRefused) as refusal:
        people.photos.give(SYSTEM, asha, path)
    assert f"asha.jpg {words}" in refusal.value.happened
    assert people.photos.of(SYSTEM, asha) == b""


def test_what_is_cut_short_too_small_or_gone_is_refused(
    people: People, asha: PersonId, tmp_path: Path
) -> None:
    whole = picture(tmp_path / "whole.jpg", size=(800, 800)).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    picture(tmp_path / "small.png", size=(40, 40))
    (tmp_path / "folder.png").mkdir()
    for name in ("cut.jpg", "small.png", "folder.png", "nowhere.png"):
        with pytest.raises(PhotoRefused, match=name):
            people.photos.give(SYSTEM, asha, tmp_path / name)


def test_the_last_photo_is_shown_whatever_the_clock_says(
    people: People, asha: PersonId, tmp_path: Path, clock: TurnedClock
) -> None:
    people.photos.give(SYSTEM, asha, picture(tmp_path / "red.png", RED))
    clock.set_wall(clock.now() - timedelta(days=2))
    people.photos.give(SYSTEM, asha, picture(tmp_path / "blue.png", BLUE))
    assert is_like(dot(people.photos.of(SYSTEM, asha), 100, 100), BLUE)
    people.photos.take_away(SYSTEM, asha, "Asked for it")
    assert people.photos.of(SYSTEM, asha) == b""
    assert people.photos.of_many(SYSTEM, [asha]) == {}


def test_a_photo_is_given_and_seen_within_ones_scope(
    people: People, asha: PersonId, plant: Plant, tmp_path: Path
) -> None:
    people.photos.give(SYSTEM, asha, picture(tmp_path / "a.png"))
    grants = frozenset(replace(one, org_units=frozenset({plant.paint})) for one in SYSTEM.grants)
    elsewhere = replace(SYSTEM, grants=grants)
    with pytest.raises(NotAllowed):
        people.photos.of(elsewhere, asha)
    with pytest.raises(NotAllowed):
        people.photos.give(elsewhere, asha, tmp_path / "a.png")
    assert people.photos.of_many(elsewhere, [asha]) == {}
    herself = replace(SYSTEM, grants=frozenset(), person_id=asha)
    assert people.photos.of(herself, asha)
    sees = frozenset(one for one in SYSTEM.grants if one.capability is Capability.VIEW_PEOPLE)
    assert people.photos.of(replace(SYSTEM, grants=sees), asha)


def test_a_folder_is_looked_at_before_anything_is_taken(
    people: People, asha: PersonId, binod: PersonId, tmp_path: Path
) -> None:
    people.photos.give(SYSTEM, binod, picture(tmp_path / "before.png", BLUE))
    numbers = {who: people.person(SYSTEM, who).number for who in (asha, binod)}
    folder = tmp_path / "photos"
    folder.mkdir()
    picture(folder / f"{numbers[asha].lower()}.PNG")
    picture(folder / f"{numbers[binod]}.png", BLUE)
    picture(folder / "E-9999.png")
    (folder / "Thumbs.db").write_bytes(b"?")
    (folder / ".E-1042.png").write_bytes(b"?")
    (folder / "more").mkdir()
    plan = people.photos.look_at(SYSTEM, folder)
    assert [one.person_id for one in plan.matched] == [asha]
    assert [one.person_id for one in plan.same] == [binod]
    assert [(one.name, one.trouble) for one in plan.troubled] == [
        ("E-9999.png", PhotoTrouble.UNKNOWN)
    ]
    assert people.photos.of(SYSTEM, asha) == b""
    assert people.photos.take(SYSTEM, plan) == 1
    assert is_like(dot(people.photos.of(SYSTEM, asha), 100, 100), RED)
    assert people.photos.look_at(SYSTEM, folder).matched == ()


def test_each_file_that_is_not_taken_says_why(
    people: People,
    asha: PersonId,
    binod: PersonId,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(squaring, "_MOST_DOTS", 500 * 500)
    number, left = people.person(SYSTEM, asha).number, people.person(SYSTEM, binod).number
    people.leave(SYSTEM, binod)
    picture(tmp_path / f"{number}.png")
    picture(tmp_path / f"{number}.jpg")
    picture(tmp_path / f"{left}.png")
    picture(tmp_path / "E-1.png", size=(600, 600))
    (tmp_path / "E-2.png").write_bytes(b"?")
    found = {one.name: one.trouble for one in people.photos.look_at(SYSTEM, tmp_path).files}
    assert found == {
        f"{number}.png": PhotoTrouble.TWICE,
        f"{number}.jpg": PhotoTrouble.TWICE,
        f"{left}.png": PhotoTrouble.LEFT,
        "E-1.png": PhotoTrouble.TOO_LARGE,
        "E-2.png": PhotoTrouble.UNREADABLE,
    }


def test_a_folder_that_is_not_there_gets_one_sentence(people: People, tmp_path: Path) -> None:
    with pytest.raises(FolderUnreadable, match="nowhere"):
        people.photos.look_at(SYSTEM, tmp_path / "nowhere")


def test_dp_08_erasure_leaves_nothing_of_a_photo(
    people: People, site: Site, asha: PersonId, tmp_path: Path
) -> None:
    people.photos.give(SYSTEM, asha, picture(tmp_path / "a.png", RED))
    people.photos.give(SYSTEM, asha, picture(tmp_path / "b.png", BLUE))
    photos = {squared((tmp_path / name).read_bytes(), name) for name in ("a.png", "b.png")}
    assert _photos_in(site) == (photos, photos)
    people.edit(SYSTEM, asha, PersonChange(joined_on=date(2010, 1, 1)))
    people.leave(SYSTEM, asha, date(2015, 1, 1))
    plan = people.photos.look_at(SYSTEM, tmp_path)
    people.erasures.confirm(OTHER, people.erasures.request(ONE, asha, "Asked for it in writing"))
    assert people.photos.of(SYSTEM, asha) == b""
    assert _photos_in(site) == (set(), set())
    with pytest.raises(PersonErased):
        people.photos.give(SYSTEM, asha, tmp_path / "a.png")
    late = replace(plan, files=(_file_of(asha, tmp_path / "a.png"),))
    assert people.photos.take(SYSTEM, late) == 0


def _file_of(person_id: PersonId, path: Path) -> PhotoFile:
    photo = squared(path.read_bytes(), path.name)
    return PhotoFile(name=path.name, number="", person_id=person_id, photo=photo)


def _photos_in(site: Site) -> tuple[set[bytes], set[bytes]]:
    """Return the photos in the table, and in what the keys here open of the journal."""
    with site.read() as session:
        connection = session.connection()
        table = {bytes(one) for one in session.scalars(sa.select(PersonPhotoRow.photo)) if one}
        bodies = list(session.scalars(sa.select(EntryRow.body)))
        said = {
            bytes(change.values["photo"])  # type: ignore[arg-type]  # of a photo, bytes
            for body in bodies
            for change in opened_changes(connection, decode_changes(body))
            if change.table == "person_photo" and getattr(change, "values", {}).get("photo")
        }
        assert not any(photo in body for photo in table | said for body in bodies)  # sealed
    return table, said
