"""kill -9 while recordings are converted: what was done stays, no half file is left, and it goes on."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.base.progress import NoProgress
from app.core.content import AssetStore, Conversions
from app.core.content.conversion import find_ffmpeg, played_instead
from app.core.journal import Journal
from app.core.storage.database import Database, SqliteFile
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site
from tests.support.teaching import ACTOR

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "tests" / "support" / "media" / "clip.mp4"
FILMS = 3
WORKER = """
import os, signal, sys
from pathlib import Path
from app.core.base.clock import SystemClock
from app.core.content import AssetStore, Conversions
from app.core.storage.database import Database, SqliteFile
from tests.support.sites import DATA_KEY, open_site
from tests.support.teaching import ACTOR
folder, hashes = Path(sys.argv[1]), sys.argv[2:]
site = open_site(Database(SqliteFile(path=folder / "site.db", key=DATA_KEY)), SystemClock())
class Killed:
    def step(self, done, total, note=""):
        if note.startswith("2 of") and any((folder / "assets").glob("staging-webm-*/converted.webm")):
            os.kill(os.getpid(), signal.SIGKILL)
Conversions(site, AssetStore(folder / "assets", site.clock)).convert(ACTOR, hashes, Killed())
"""


@pytest.mark.journey
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix word; Windows has no such signal")
@pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")
def test_a_killed_conversion_loses_one_film_and_goes_on(tmp_path: Path) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    assets = AssetStore(tmp_path / "assets", site.clock)
    hashes = []
    for number in range(FILMS):
        film = tmp_path / f"film{number}.mp4"
        shutil.copyfile(CLIP, film)
        with film.open("ab") as file:
            file.write(b"\0\0\0\x0cfree" + bytes([number]) * 4)  # the same film, another file
        with site.transaction(ACTOR, "test.keep") as unit:
            hashes.append(assets.add_file(unit, film, "video/mp4", NoProgress()).sha256)
    site.close()

    worker = subprocess.run(
        [sys.executable, "-c", WORKER, str(tmp_path), *hashes],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert worker.returncode == -signal.SIGKILL
    assert len(left_behind(assets)) == 1

    site = open_site(Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY)), TurnedClock())
    assets = AssetStore(tmp_path / "assets", site.clock)
    with site.read() as session:
        kept = played_instead(session, assets, hashes)
    report = Conversions(site, assets).convert(ACTOR, hashes, NoProgress())
    with site.read() as session:
        all_of_them = played_instead(session, assets, hashes)
    verdict = Journal(site, STATION).verify(ACTOR)
    site.close()

    assert list(kept) == hashes[:1]
    assert report.converted == tuple(hashes[1:])
    assert set(all_of_them) == set(hashes)
    assert left_behind(assets) == []
    assert verdict.ok


KILLED_AT_WORK = """
import os, signal, sys
from pathlib import Path
from app.core.content.conversion import find_ffmpeg
from app.core.content.conversion.recipes import Recipe
class Killed:
    def step(self, done, total, note=""):
        if done:
            os.kill(os.getpid(), signal.SIGKILL)
recipe = Recipe(has_video=True, has_audio=False, video_bits=100_000)
find_ffmpeg().convert([Path(sys.argv[1])], Path(sys.argv[2]), recipe, 0, Killed())
"""


@pytest.mark.journey
@pytest.mark.skipif(sys.platform != "linux", reason="the system's own way; see conversion.ffmpeg")
@pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")
def test_the_converter_does_not_outlive_a_killed_program(tmp_path: Path) -> None:
    film, target = tmp_path / "film.mp4", tmp_path / "film.webm"
    again = ["-v", "error", "-stream_loop", "5000", "-i", str(CLIP), "-c", "copy", "-an", str(film)]
    subprocess.run([shutil.which("ffmpeg") or "", *again], check=True)

    worker = subprocess.run(
        [sys.executable, "-c", KILLED_AT_WORK, str(film), str(target)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )

    assert worker.returncode == -signal.SIGKILL
    wait_until(lambda: not working_on(target), "ffmpeg to end with the program")


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Look again and again, for ten seconds at most."""
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until, f"waited for {what}"


def working_on(target: Path) -> list[str]:
    """Return the command lines of running programs that name a file."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found += [words] if str(target) in words else []
    return found


def left_behind(assets: AssetStore) -> list[str]:
    return [path.name for path in assets.folder.iterdir() if len(path.name) != 2]
