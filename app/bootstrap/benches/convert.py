"""A recording converted for pages, with everything kept; beside ffmpeg called by hand."""

import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import ClassVar

from app.bootstrap.benches.rounds import Taken, compared, median, timed
from app.bootstrap.benches.small_site import SmallSite, open_small_site
from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.measuring import Measured
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import Conversions, ConverterMissing, find_ffmpeg

_ROUNDS = 3
_BITS = 1_000_000
_BY_HAND = (
    "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1 -g 240 -pix_fmt yuv420p "
    "-c:a libopus -b:a 96k -ac 2 -f webm"
)


class ConvertBench:
    """`Conversions.convert` of a film of `n` seconds in 720p against the same ffmpeg without us."""

    name: ClassVar[str] = "convert"
    about: ClassVar[str] = "a film of n seconds in 720p, converted so that pages play it"
    default_n: ClassVar[int] = 20

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure whole conversions, each into a site of its own. Raises ConverterMissing."""
        found = find_ffmpeg()
        if found is None:
            raise ConverterMissing
        ours: list[Taken] = []
        theirs: list[Taken] = []
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            film = _film(found.program, folder / "film.mp4", n)
            for turn in range(_ROUNDS + 1):
                progress.step(turn, _ROUNDS)
                site = open_small_site(folder / f"site{turn}")
                ours.append(timed(partial(_convert, site, _kept(site, film)))[0])
                theirs.append(timed(partial(_by_hand, found.program, film, folder / "raw.webm"))[0])
                site.services.close()
        figure, raw = median(ours[1:]).wall, median(theirs[1:]).wall
        return compared(
            self,
            n,
            ours[1:],
            theirs[1:],
            goal="at most 1.1 x raw",
            details={"times_real_time": round(n / figure, 2), "raw_times": round(n / raw, 2)},
        )


def _kept(site: SmallSite, film: Path) -> str:
    """Store the film as an import does, and return its hash."""
    services = site.services
    with services.open_site.site.transaction(system_actor(), "asset.add") as unit:
        return services.assets.add_file(unit, film, "video/mp4", NoProgress()).sha256


def _convert(site: SmallSite, sha256: str) -> None:
    services = site.services
    conversions = Conversions(services.open_site.site, services.assets)
    report = conversions.convert(system_actor(), [sha256], NoProgress())
    if not report.converted:
        raise UserFacingError(_("The recording could not be converted."))


def _by_hand(program: str, film: Path, target: Path) -> None:
    _run(program, "-i", film, "-b:v", _BITS, *_BY_HAND.split(), target)


def _film(program: str, path: Path, seconds: int) -> Path:
    """Make a film that pages do not play, with an encoder that every ffmpeg has."""
    picture = f"testsrc2=duration={seconds}:size=1280x720:rate=25"
    _run(program, "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=d={seconds}",
         "-c:v", "mpeg4", "-b:v", _BITS, "-c:a", "aac", path)  # fmt: skip
    return path


def _run(program: str, *arguments: object) -> None:
    subprocess.run(  # noqa: S603  the program is the administrator's choice
        [program, "-v", "error", "-y", *map(str, arguments)], stdin=subprocess.DEVNULL, check=True
    )
