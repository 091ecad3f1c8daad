"""Recordings in H.264 and AAC play and seek in a package's pages, once they are converted."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.progress import NoProgress
from app.core.content import ConversionReport, Conversions, read_package_index
from app.core.content.conversion import find_ffmpeg
from app.core.courses import LessonPlan, Outline
from app.core.journal import Site
from app.ui.learning.lesson_views.package_view import PackageView
from tests.support.archives import zip_at
from tests.support.corpora import CORPORA
from tests.support.films import in_pieces
from tests.support.logs import LoggedTrouble
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import ACTOR, published
from tests.ui.learning.conftest import MEDIA, Opened, Services

FRAMED = "catapult-masteryscore_framed.zip"
DECLARED = 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"'
pytestmark = pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")

WATCH = """
const film = document.querySelector('video, audio');
let seeks = 0;
const tell = (told) => console.log('TOLD ' + JSON.stringify(told));
film.muted = true;
film.addEventListener('error', (event) => {
  if (event.target === film || event.target === film.lastElementChild) tell({error: String(film.error && film.error.message)});
}, true);
film.addEventListener('loadedmetadata', () => { film.currentTime = film.duration * 0.6; film.play(); });
film.addEventListener('timeupdate', () => {
  if (film.currentTime > film.duration * 0.62 && !film.seeking && !seeks++) {
    tell({at: film.currentTime, length: film.duration, width: film.videoWidth || 0, height: film.videoHeight || 0,
          from: film.currentSrc.split('/').pop()});
  }
});
"""
WAYS = {
    "plain": "<video src='film.mp4'></video>",
    "typed": "<video><source src='film.mp4' type='video/mp4'></video>",
    "declared": f"<video><source src='film.mp4' type='{DECLARED}'></video>",
    "beside": f"<video><source src='film.mp4' type='{DECLARED}'><source src='none.ogv' type='video/ogg'></video>",
    "asked": f"""<video></video><script>
        const one = document.querySelector('video');
        if (one.canPlayType('{DECLARED}') && MediaSource.isTypeSupported('{DECLARED}')) one.src = 'film.mp4';
        else console.log('TOLD {{"error": "not asked for"}}');</script>""",
    "made": f"""<div id=here></div><script>
        const one = document.createElement('video'), source = document.createElement('source');
        source.setAttribute('type', '{DECLARED}'); source.src = 'film.mp4'; one.append(source); here.append(one);
        </script>""",
    "written": f"""<div id=here></div><script>
        here.innerHTML = `<video><source src="film.mp4" type='{DECLARED}'></video>`;</script>""",
    "late": f"""<video></video><script>
        const source = document.createElement('source');
        source.type = '{DECLARED}'; source.src = 'film.mp4'; document.querySelector('video').append(source);
        </script>""",
}

FEEDS = 'video/mp4; codecs="vp09.00.50.08"'
LIST_WAYS = {
    "typed": "<video><source src='film/list.m3u8' type='application/vnd.apple.mpegurl'></video>",
    "asked": f"""<video></video><script>
        const one = document.querySelector('video');
        if (MediaSource.isTypeSupported('{FEEDS}')) console.log('TOLD {{"error": "fed piece by piece"}}');
        else if (one.canPlayType('application/x-mpegURL')) one.src = 'film/list.m3u8';
        else console.log('TOLD {{"error": "not asked for"}}');</script>""",
}
"""How pages open a film in pieces: by itself, or by a player of theirs where that is supported."""


class Cinema:
    """Opens packages in the player, and hears how their film plays."""

    def __init__(
        self, site: Site, services: Services, opened: Opened, qtbot: QtBot, folder: Path
    ) -> None:
        self.site = site
        self.services = services
        self._opened = opened
        self._qtbot = qtbot
        self._folder = folder

    def lesson(self, files: dict[str, str | bytes]) -> LessonPlan:
        """Return a lesson that shows a package of files."""
        archive = zip_at(self._folder / "package.zip", files)
        return a_package_lesson(self.site, self.services.assets, archive)

    def convert(self, plan: LessonPlan) -> ConversionReport:
        """Convert a lesson's recordings as an import does."""
        assets = self.services.assets
        index = read_package_index(assets, plan.variants[0].asset)
        conversions = Conversions(self.site, assets)
        with self.site.read() as session:
            silent = [one for one in conversions.recordings(session, index) if not one.plays]
        return conversions.convert(ACTOR, [one.sha256 for one in silent], NoProgress())

    def watch(self, plan: LessonPlan) -> dict[str, Any]:
        """Open a lesson and return what its page told of its film."""
        said: list[str] = []
        course = published(self.site, Outline(title="Film", lessons=(plan,)))
        screen = self._opened(course_id=course)
        assert isinstance(screen.view, PackageView)
        assert screen.view.session is not None
        screen.view.session.web.said.connect(said.append)

        def has_told() -> bool:
            return any(one.startswith("TOLD ") for one in said)

        self._qtbot.waitUntil(has_told, timeout=30_000)
        told: dict[str, Any] = json.loads(
            next(one for one in said if one.startswith("TOLD ")).removeprefix("TOLD ")
        )
        return told


@pytest.fixture
def cinema(site: Site, services: Services, opened: Opened, qtbot: QtBot, tmp_path: Path) -> Cinema:
    return Cinema(site, services, opened, qtbot, tmp_path)


def page(film: str) -> str:
    return f"<!doctype html><title>Film</title><p>Film</p>{film}<script>{WATCH}</script>"


@pytest.mark.parametrize("way", WAYS)
def test_a_converted_film_plays_and_seeks_under_its_old_name(cinema: Cinema, way: str) -> None:
    clip = (MEDIA / "clip.mp4").read_bytes()
    plan = cinema.lesson({"index.html": page(WAYS[way]), "film.mp4": clip})
    assert len(cinema.convert(plan).converted) == 1

    told = cinema.watch(plan)

    assert (told.get("error"), told["from"]) == (None, "film.mp4")
    assert told["at"] > told["length"] * 0.6
    assert (told["width"], told["height"]) == (160, 120)


@pytest.mark.parametrize("way", LIST_WAYS)
def test_a_converted_film_in_pieces_plays_and_seeks_under_its_lists_name(
    cinema: Cinema, tmp_path: Path, way: str
) -> None:
    made = in_pieces(tmp_path, "libx264", "aac", "mpegts")
    plan = cinema.lesson({"index.html": page(LIST_WAYS[way]), **made})
    assert len(cinema.convert(plan).converted) == 1

    told = cinema.watch(plan)

    assert (told.get("error"), told["from"]) == (None, "list.m3u8")
    assert told["at"] > told["length"] * 0.6


def test_what_is_not_converted_does_not_play(cinema: Cinema) -> None:
    """The tests above would tell nothing where the engine plays H.264 by itself."""
    clip = (MEDIA / "clip.mp4").read_bytes()
    plan = cinema.lesson({"index.html": page(WAYS["plain"]), "film.mp4": clip})

    assert "error" in cinema.watch(plan)


def test_where_a_page_offers_what_plays_it_is_taken(cinema: Cinema) -> None:
    film = f"<video><source src='film.mp4' type='{DECLARED}'><source src='film.webm' type='video/webm'></video>"
    files: dict[str, str | bytes] = {
        "index.html": page(film),
        "film.mp4": (MEDIA / "clip.mp4").read_bytes(),
        "film.webm": (MEDIA / "clip.webm").read_bytes(),
    }

    assert cinema.watch(cinema.lesson(files))["from"] == "film.webm"


def test_a_second_course_with_the_same_film_needs_nothing(cinema: Cinema) -> None:
    clip = (MEDIA / "clip.mp4").read_bytes()
    cinema.convert(cinema.lesson({"index.html": page(WAYS["plain"]), "film.mp4": clip}))
    files = {"index.html": page("<video src='media/other.mp4'></video>"), "media/other.mp4": clip}
    plan = cinema.lesson(files)

    assert cinema.convert(plan).converted == ()
    assert cinema.watch(plan)["from"] == "other.mp4"


@pytest.mark.corpus
def test_the_film_of_a_package_that_others_made(cinema: Cinema) -> None:
    path = CORPORA / "cmi5" / FRAMED
    if not path.is_file():
        pytest.skip("the corpora are not here")
    with zipfile.ZipFile(path) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".mp4"))
        clip = archive.read(name)
    film = page(f"<video><source src='{name}' type='{DECLARED}'></video>")
    plan = cinema.lesson({"index.html": film, name: clip})
    assert len(cinema.convert(plan).converted) == 1

    told = cinema.watch(plan)

    assert told["at"] > told["length"] * 0.6
    assert (told["width"], told["height"]) == (1280, 720)


@pytest.mark.corpus
def test_a_film_that_ffmpeg_cannot_read_either_is_named(
    cinema: Cinema, logged_trouble: LoggedTrouble
) -> None:
    path = CORPORA / "media" / "moodle-logo.mp4"
    if not path.is_file():
        pytest.skip("the corpora are not here")
    logged_trouble.expect("conversion of .* failed")
    plan = cinema.lesson({"index.html": page(WAYS["plain"]), "film.mp4": path.read_bytes()})

    (failed,) = cinema.convert(plan).failed

    assert failed.why == "ffmpeg could not convert it; it may be damaged."
