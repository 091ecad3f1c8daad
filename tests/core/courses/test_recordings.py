"""The recordings of a course: counted, converted, or confirmed as silent when it is published."""

from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.base.progress import NoProgress
from app.core.content import AssetStore, Conversions, converted_files
from app.core.content.conversion import find_ffmpeg
from app.core.content.conversion.ffmpeg import CHOSEN_FFMPEG
from app.core.courses import (
    Courses,
    NotConfirmed,
    PublishWarning,
    Recordings,
    files_of_courses,
)
from app.core.courses.models import PublishConfirmationRow
from app.core.journal import Journal, Site
from tests.support.archives import zip_at
from tests.support.films import in_pieces
from tests.support.logs import LoggedTrouble
from tests.support.packages import scorm12
from tests.support.sites import STATION

ACTOR = system_actor()
MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
CLIP = (MEDIA / "clip.mp4").read_bytes()
needs_ffmpeg = pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")


@pytest.fixture
def recordings(site: Site, assets: AssetStore, courses: Courses) -> Recordings:
    made = Recordings(site, assets, Conversions(site, assets))
    courses.publish_warnings.append(made.warnings_of)
    return made


def imported(courses: Courses, folder: Path, **files: str | bytes) -> UUID:
    return courses.import_folder(ACTOR, zip_at(folder / "film.zip", scorm12(**files)), NoProgress())


def publisher() -> Actor:
    held = (Capability.AUTHOR_COURSES, Capability.PUBLISH_COURSES)
    grants = frozenset(Grant(capability=one) for one in held)
    return Actor(account_id=new_id(), person_id=None, name="Meera", grants=grants)


def names(found: tuple[PublishWarning, ...]) -> list[str]:
    return [one.file for one in found]


def test_recordings_are_told_from_what_only_looks_like_them(
    courses: Courses, recordings: Recordings, tmp_path: Path
) -> None:
    course = imported(
        courses,
        tmp_path,
        **{
            "v/a.mp4": CLIP,
            "v/b.webm": (MEDIA / "clip.webm").read_bytes(),
            "v/c.mp3": (MEDIA / "clip.mp3").read_bytes(),
            "app/main.ts": "export const a = 1;",
            "v/broken.mp4": b"not a film",
            "v/empty.mp4": b"",
        },
    )

    stands = recordings.of(ACTOR, course)

    assert [one.recording.name for one in stands.recordings] == [
        "v/a.mp4", "v/b.webm", "v/broken.mp4", "v/c.mp3",
    ]  # fmt: skip
    assert stands.playing == 2
    assert [one.recording.name for one in stands.silent] == ["v/a.mp4", "v/broken.mp4"]
    assert [one.recording.name for one in stands.waiting] == ["v/a.mp4"]
    assert stands.silent[0].lesson == "Fire safety"
    assert "(AVC, AAC)" in stands.silent[0].recording.why


@needs_ffmpeg
def test_what_was_converted_once_plays_in_every_course(
    courses: Courses, recordings: Recordings, tmp_path: Path
) -> None:
    first = imported(courses, tmp_path, **{"v/a.mp4": CLIP})
    report = recordings.convert(ACTOR, first, NoProgress())
    second = imported(courses, tmp_path, **{"media/same.mp4": CLIP, "other.html": "1"})

    assert len(report.converted) == 1
    assert recordings.of(ACTOR, first).silent == recordings.of(ACTOR, second).silent == ()
    assert recordings.convert(ACTOR, second, NoProgress()).converted == ()
    assert courses.warnings(ACTOR, second) == ()


@needs_ffmpeg
def test_a_film_in_pieces_is_converted_with_the_rest_and_goes_with_its_course(
    site: Site, assets: AssetStore, courses: Courses, recordings: Recordings, tmp_path: Path
) -> None:
    course = imported(courses, tmp_path, **in_pieces(tmp_path, "libx264", "aac", "mpegts"))
    (waiting,) = recordings.of(ACTOR, course).waiting

    report = recordings.convert(ACTOR, course, NoProgress())

    assert waiting.recording.name == "film/list.m3u8"
    assert report.converted == (waiting.recording.sha256,)
    assert recordings.of(ACTOR, course).silent == ()
    with site.read() as session:
        converted = converted_files(session)[waiting.recording.sha256]
        (files,) = files_of_courses(session, assets)
    assert set(converted) <= {file.sha256 for file in files.files}


@needs_ffmpeg
def test_a_film_that_cannot_be_converted_stays_named(
    courses: Courses, recordings: Recordings, tmp_path: Path, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("conversion of .* failed")
    broken = bytearray(CLIP)
    sizes = broken.rindex(b"stsz")
    broken[sizes + 12 : sizes + 40] = b"\xff" * 28
    course = imported(courses, tmp_path, **{"v/a.mp4": CLIP, "v/broken.mp4": bytes(broken)})

    report = recordings.convert(ACTOR, course, NoProgress())

    assert [one.name for one in report.failed] == ["broken.mp4"]
    (left,) = recordings.of(ACTOR, course).silent
    assert (left.recording.name, left.recording.can_be_converted) == ("v/broken.mp4", False)
    assert "may be damaged" in left.recording.why
    assert names(courses.warnings(ACTOR, course)) == ["v/broken.mp4"]


def test_publishing_what_does_not_play_is_confirmed_and_kept(
    courses: Courses,
    recordings: Recordings,
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(CHOSEN_FFMPEG, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    meera = publisher()
    course = imported(courses, tmp_path, **{"v/a.mp4": CLIP, "v/b.mov": b"no film either"})
    warnings = courses.warnings(meera, course)

    with pytest.raises(NotConfirmed, match=r"2 recordings would not play: v/a\.mp4, v/b\.mov"):
        courses.publish(meera, course, "first")
    with pytest.raises(NotConfirmed, match=r"1 recording would not play: v/b\.mov"):
        courses.publish(meera, course, "first", warnings[:1])
    assert courses.detail(ACTOR, course).versions == ()

    published = courses.publish(meera, course, "first", warnings)

    (version,) = courses.detail(ACTOR, course).versions
    assert (version.note, version.confirmed) == ("first", warnings)
    with site.read() as session:
        row = session.scalars(sa.select(PublishConfirmationRow)).one()
        assert (row.version_id, row.confirmed_by, row.confirmed_at) == (
            published.version_id,
            meera.account_id,
            site.clock.now(),
        )
    assert Journal(site, STATION).verify(ACTOR).ok


def test_where_everything_plays_nothing_is_confirmed(
    courses: Courses, recordings: Recordings, site: Site, tmp_path: Path
) -> None:
    course = imported(courses, tmp_path, **{"v/b.webm": (MEDIA / "clip.webm").read_bytes()})

    courses.publish(ACTOR, course)

    assert courses.detail(ACTOR, course).versions[0].confirmed == ()
    with site.read() as session:
        assert session.scalars(sa.select(PublishConfirmationRow)).all() == []


def test_who_may_not_author_converts_nothing(
    courses: Courses, recordings: Recordings, tmp_path: Path
) -> None:
    course = imported(courses, tmp_path, **{"v/a.mp4": CLIP})
    viewer = Actor(
        account_id=None,
        person_id=None,
        name="Ravi",
        grants=frozenset({Grant(capability=Capability.VIEW_COURSES)}),
    )

    assert len(recordings.of(viewer, course).silent) == 1
    with pytest.raises(NotAllowed):
        recordings.convert(viewer, course, NoProgress())
