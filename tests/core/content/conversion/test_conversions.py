"""Recordings become WebM once, are found by the original's hash, and a stop loses only one file."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import Cancelled, NotAllowed
from app.core.base.progress import NoProgress, Progress
from app.core.content import AssetStore, media_type_of, probe_media
from app.core.content.conversion import (
    Conversions,
    ConverterMissing,
    Ffmpeg,
    find_ffmpeg,
    played_instead,
    plays_in_pages,
    substitutes_in,
)
from app.core.content.conversion.corner import corner_in
from app.core.content.conversion.ffmpeg import CHOSEN_FFMPEG, ConversionFailed
from app.core.content.conversion.recipes import Recipe
from app.core.content.conversion.service import NotEnoughRoomToConvert
from app.core.content.models import ConversionRow
from app.core.content.packages import (
    Activity,
    PackageFile,
    PackageIndex,
    PackageManifest,
    Standard,
)
from app.core.journal import Site
from tests.support.clock import TurnedClock
from tests.support.films import in_pieces
from tests.support.logs import LoggedTrouble

ACTOR = system_actor()
NOBODY = Actor(account_id=None, person_id=None, name="Nobody")
MEDIA = Path(__file__).parents[3] / "support" / "media"
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="no ffmpeg on this PC")


@pytest.fixture
def assets(tmp_path: Path, clock: TurnedClock) -> AssetStore:
    return AssetStore(tmp_path / "assets", clock)


@pytest.fixture
def keep(site: Site, assets: AssetStore) -> Callable[[Path], str]:
    """Store a file and return its hash."""

    def kept(path: Path) -> str:
        with site.transaction(ACTOR, "test.keep") as unit:
            return assets.add_file(unit, path, "video/mp4", NoProgress()).sha256

    return kept


class Steps:
    """A progress that remembers, and stops after some steps."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.told: list[tuple[int, int, str]] = []
        self._stop_after = stop_after

    def step(self, done: int, total: int, note: str = "") -> None:
        self.told.append((done, total, note))
        if self._stop_after is not None and len(self.told) > self._stop_after:
            raise Cancelled


def conversions_in(site: Site) -> list[ConversionRow]:
    with site.read() as session:
        return list(session.scalars(sa.select(ConversionRow)))


def served(site: Site, assets: AssetStore, sha256: str) -> str | None:
    with site.read() as session:
        found = played_instead(session, assets, [sha256]).get(sha256)
    return None if found is None else found.sha256


def leftovers(assets: AssetStore) -> list[str]:
    return [path.name for path in assets.folder.iterdir() if len(path.name) != 2]


@needs_ffmpeg
def test_an_mp4_becomes_a_webm_that_pages_play(
    site: Site, assets: AssetStore, keep: Callable[[Path], str]
) -> None:
    original = keep(MEDIA / "clip.mp4")
    conversions, steps = Conversions(site, assets), Steps()

    report = conversions.convert(ACTOR, [original], steps)

    converted = served(site, assets, original)
    assert report.converted == (original,)
    assert converted is not None
    before, after = probe_media(assets.path(original)), probe_media(assets.path(converted))
    assert plays_in_pages(after)
    assert not plays_in_pages(before)
    assert abs(after.duration_ms - before.duration_ms) < 200
    assert (after.width, after.height) == (before.width, before.height)
    assert conversions_in(site)[0].tool.startswith("ffmpeg version")
    assert {note for _done, _total, note in steps.told} == {"1 of 1: clip.mp4"}
    assert leftovers(assets) == []


@needs_ffmpeg
def test_a_second_time_there_is_nothing_left_to_do(
    site: Site, assets: AssetStore, keep: Callable[[Path], str]
) -> None:
    hashes = [keep(MEDIA / "clip.mp4"), keep(MEDIA / "clip.webm"), keep(MEDIA / "clip.mp3")]
    Conversions(site, assets).convert(ACTOR, hashes, NoProgress())

    again = Conversions(site, assets, NoTouch()).convert(ACTOR, hashes, NoProgress())

    assert (again.converted, again.already, again.failed) == ((), 3, ())
    assert len(conversions_in(site)) == 1


class NoTouch:
    """A converter that must not be asked."""

    name = "none"

    def convert(
        self,
        sources: Sequence[Path],
        target: Path,
        recipe: Recipe,
        duration_ms: int,
        progress: Progress,
    ) -> None:
        raise AssertionError(sources)


@needs_ffmpeg
def test_a_damaged_film_is_named_and_the_rest_is_converted(
    site: Site,
    assets: AssetStore,
    keep: Callable[[Path], str],
    tmp_path: Path,
    logged_trouble: LoggedTrouble,
) -> None:
    logged_trouble.expect("conversion of .* failed")
    broken = tmp_path / "broken.mp4"
    content = bytearray((MEDIA / "clip.mp4").read_bytes())
    moov = content.rindex(b"stsz")
    content[moov + 12 : moov + 40] = b"\xff" * 28
    broken.write_bytes(content)
    bad, good = keep(broken), keep(MEDIA / "clip.mp4")

    report = Conversions(site, assets).convert(ACTOR, [bad, good], NoProgress())

    assert report.converted == (good,)
    assert [one.name for one in report.failed] == ["broken.mp4"]
    assert "may be damaged" in report.failed[0].why


def test_a_file_that_is_gone_is_named(site: Site, assets: AssetStore) -> None:
    report = Conversions(site, assets, NoTouch()).convert(ACTOR, ["0" * 64], NoProgress())

    assert "missing or damaged" in report.failed[0].why


@needs_ffmpeg
def test_stopping_ends_the_program_and_keeps_nothing_of_that_file(
    site: Site, assets: AssetStore, keep: Callable[[Path], str]
) -> None:
    original = keep(MEDIA / "clip.mp4")

    with pytest.raises(Cancelled):
        Conversions(site, assets).convert(ACTOR, [original], Steps(stop_after=0))

    assert conversions_in(site) == []
    assert leftovers(assets) == []
    assert Conversions(site, assets).convert(ACTOR, [original], NoProgress()).converted


def test_without_a_program_it_is_said_what_still_plays(
    site: Site,
    assets: AssetStore,
    keep: Callable[[Path], str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    original = keep(MEDIA / "clip.mp4")
    conversions = Conversions(site, assets)

    with pytest.raises(ConverterMissing, match="everything else in it plays"):
        conversions.convert(ACTOR, [original], NoProgress())

    assert not conversions.is_possible
    plays = keep(MEDIA / "clip.webm")
    assert conversions.convert(ACTOR, [plays], NoProgress()).already == 1


def script(folder: Path, text: str) -> Path:
    path = folder / "ffmpeg-of-another-kind"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for other programs")
@pytest.mark.parametrize(
    ("text", "told"), [("exit 3", "does not run"), ("echo 'V..... libx264'", "lacks an encoder")]
)
def test_a_program_that_cannot_do_it_is_none(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    logged_trouble: LoggedTrouble,
    text: str,
    told: str,
) -> None:
    logged_trouble.expect(told)
    monkeypatch.setenv(CHOSEN_FFMPEG, str(script(tmp_path, text)))

    assert find_ffmpeg() is None


@needs_ffmpeg
@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for other programs")
def test_a_playlist_cannot_make_the_program_open_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CHOSEN_FFMPEG, raising=False)
    secret = tmp_path / "secret.mp4"
    shutil.copyfile(MEDIA / "clip.mp4", secret)
    playlist = tmp_path / "film.mp4"
    playlist.write_text(f"ffconcat version 1.0\nfile {secret.name}\n")
    found = find_ffmpeg()
    assert found is not None

    with pytest.raises(ConversionFailed, match="not on whitelist"):
        found.convert(
            [playlist],
            tmp_path / "out.webm",
            Recipe(has_video=True, has_audio=True, video_bits=200_000),
            0,
            NoProgress(),
        )

    assert not (tmp_path / "out.webm").exists()


def test_a_nearly_full_disk_is_told_before_the_program_runs(
    site: Site, clock: TurnedClock, tmp_path: Path, keep: Callable[[Path], str]
) -> None:
    class Crowded(AssetStore):
        def room(self) -> int:
            return 1_000

    original = keep(MEDIA / "clip.mp4")
    conversions = Conversions(site, Crowded(tmp_path / "assets", clock), NoTouch())

    with pytest.raises(NotEnoughRoomToConvert, match="What was converted so far is kept"):
        conversions.convert(ACTOR, [original], NoProgress())


def test_learners_do_not_convert(site: Site, assets: AssetStore) -> None:
    with pytest.raises(NotAllowed):
        Conversions(site, assets, NoTouch()).convert(NOBODY, [], NoProgress())


def test_the_program_is_an_ffmpeg_with_a_version() -> None:
    if (found := find_ffmpeg()) is None:
        pytest.skip("no ffmpeg on this PC")
    assert isinstance(found, Ffmpeg)
    assert found.name.startswith("ffmpeg version ")


@needs_ffmpeg
def test_a_corner_that_somebody_holds_is_left_alone(
    site: Site, assets: AssetStore, keep: Callable[[Path], str]
) -> None:
    original = keep(MEDIA / "clip.mp4")
    with corner_in(assets.folder) as held:
        (held / "converted.webm").write_bytes(b"half")
        Conversions(site, assets).convert(ACTOR, [original], NoProgress())
        assert (held / "converted.webm").exists()

    assert leftovers(assets) == []


def test_a_second_conversion_waits_for_the_first_and_can_be_stopped(
    site: Site, assets: AssetStore, keep: Callable[[Path], str]
) -> None:
    original = keep(MEDIA / "clip.mp4")
    told: list[str] = []

    class Second:
        def step(self, done: int, total: int, note: str = "") -> None:
            told.append(note)
            raise Cancelled

    class First:
        name = "first"

        def convert(
            self,
            sources: Sequence[Path],
            target: Path,
            recipe: Recipe,
            duration_ms: int,
            progress: Progress,
        ) -> None:
            with pytest.raises(Cancelled):
                conversions.convert(ACTOR, [original], Second())
            shutil.copyfile(MEDIA / "clip.webm", target)

    conversions = Conversions(site, assets, First())

    assert conversions.convert(ACTOR, [original], NoProgress()).converted == (original,)
    assert told == ["Other recordings are converted first"]


@needs_ffmpeg
@pytest.mark.parametrize("kind", ["mpegts", "fmp4"])
def test_a_film_in_pieces_becomes_one_webm_under_its_lists_name(
    site: Site, assets: AssetStore, tmp_path: Path, kind: str
) -> None:
    index = stored_index(site, assets, in_pieces(tmp_path, "libx264", "aac", kind))
    conversions = Conversions(site, assets)
    with site.read() as session:
        (film,) = conversions.recordings(session, index)
    assert (film.plays, film.can_be_converted) == (False, True)
    assert film.why == "It is not converted yet (AVC, AAC)."
    steps = Steps()

    report = conversions.convert(ACTOR, [film.sha256], steps)

    assert report.converted == (film.sha256,)
    assert {note for _done, _total, note in steps.told} == {"1 of 1: list.m3u8"}
    with site.read() as session:
        (after,) = conversions.recordings(session, index)
        instead = substitutes_in(session, assets, index)
    assert (after.plays, after.why) == (True, "")
    assert list(instead) == ["film/list.m3u8"]
    made, before = assets.path(instead["film/list.m3u8"].sha256), probe_media(MEDIA / "clip.mp4")
    assert plays_in_pages(probe_media(made))
    assert abs(probe_media(made).duration_ms - before.duration_ms) < 300
    assert leftovers(assets) == []


@needs_ffmpeg
def test_sound_that_lies_apart_is_put_to_its_picture(
    site: Site, assets: AssetStore, tmp_path: Path
) -> None:
    apart = ["-map", "0:v", "-map", "0:a", "-var_stream_map", "v:0,agroup:a a:0,agroup:a"]
    made = in_pieces(
        tmp_path, "libx264", "aac", "mpegts", *apart, "-master_pl_name", "main.m3u8", to="%v.m3u8"
    )
    index = stored_index(site, assets, made)
    conversions = Conversions(site, assets)
    with site.read() as session:
        (film,) = conversions.recordings(session, index)

    conversions.convert(ACTOR, [film.sha256], NoProgress())

    with site.read() as session:
        instead = substitutes_in(session, assets, index)
    facts = probe_media(assets.path(instead["film/main.m3u8"].sha256))
    assert (facts.video_codec, facts.audio_codec) == ("VP9", "Opus")


@needs_ffmpeg
def test_two_films_with_the_same_list_are_two(
    site: Site, assets: AssetStore, tmp_path: Path
) -> None:
    one = in_pieces(tmp_path, "libx264", "aac", "mpegts")
    other = {name: body + b"\0" if name.endswith(".ts") else body for name, body in one.items()}
    conversions = Conversions(site, assets)
    with site.read() as session:
        (first,) = conversions.recordings(session, stored_index(site, assets, one))
        (second,) = conversions.recordings(session, stored_index(site, assets, other))

    conversions.convert(ACTOR, [first.sha256], NoProgress())

    assert first.sha256 != second.sha256
    assert served(site, assets, second.sha256) is None


@needs_ffmpeg
def test_a_film_in_pieces_that_pages_play_is_left_alone(
    site: Site, assets: AssetStore, tmp_path: Path
) -> None:
    made = in_pieces(tmp_path, "libvpx-vp9", "libopus", "fmp4")
    index = stored_index(site, assets, made)

    with site.read() as session:
        (film,) = Conversions(site, assets).recordings(session, index)

    assert (film.name, film.plays, film.why) == ("film/list.m3u8", True, "")


@needs_ffmpeg
def test_a_film_whose_pieces_are_missing_says_so(
    site: Site, assets: AssetStore, tmp_path: Path
) -> None:
    made = in_pieces(tmp_path, "libx264", "aac", "mpegts")
    made.pop("film/list0.ts")
    index = stored_index(site, assets, made)

    with site.read() as session:
        (film,) = Conversions(site, assets).recordings(session, index)

    assert film.why == "It is a film in pieces (HLS), and pieces of it are missing: list0.ts"


def stored_index(site: Site, assets: AssetStore, files: dict[str, bytes]) -> PackageIndex:
    """Store files and return a package of them."""
    kept = []
    with site.transaction(ACTOR, "test.keep") as unit:
        for name, content in sorted(files.items()):
            stored = assets.add_bytes(unit, content, "application/octet-stream", name)
            kept.append(
                PackageFile(
                    name=name,
                    sha256=stored.sha256,
                    size=len(content),
                    media_type=media_type_of(name),
                )
            )
    manifest = PackageManifest(
        standard=Standard.HTML,
        edition="",
        identifier="film",
        title="Film",
        root=Activity(id="a", title="a"),
    )
    return PackageIndex(manifest=manifest, files=tuple(kept), archive_sha256="0" * 64)
