"""A package imported: looked over, unpacked, hashed, stored, indexed; beside a bare unpack and hash."""

import hashlib
import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from app.bootstrap.benches.rounds import Taken, compared, median, memory_mb, timed
from app.bootstrap.benches.small_site import SmallSite, open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.progress import NoProgress, Progress

_ROUNDS = 3
_BLOCK = 1 << 18
_PAGES_A_MB = 3
_WORDS_A_PAGE = 5_200
_MEDIA_SHARE = 0.9
_MEDIA_BYTES = (200_000, 8_000_000)


class PackageBench:
    """`Courses.import_folder` of a SCORM package of `n` MB against extract + SHA-256 of each file."""

    name: ClassVar[str] = "import"
    about: ClassVar[str] = "a SCORM package of n MB, checked and imported as a course"
    default_n: ClassVar[int] = 200

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure whole imports with their check, each into a site of its own; and the check alone."""
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            package = _package(folder / "package.zip", n)
            places = [folder / f"site{turn}" for turn in range(_ROUNDS + 1)]
            sites = [open_small_site(place) for place in places]
            before = memory_mb()

            looks: list[Taken] = []
            ours: list[Taken] = []
            theirs: list[Taken] = []
            for turn, (place, site) in enumerate(zip(places, sites, strict=True)):
                progress.step(turn, _ROUNDS)
                looks.append(_settled(partial(_check, site, package)))
                ours.append(_settled(partial(_import, site, package)))
                site.services.close()
                # Both ways write into memory that the other has just given back.
                shutil.rmtree(place)
                theirs.append(_settled(partial(_unpack, package, folder / "raw")))
                shutil.rmtree(folder / "raw")
            after = memory_mb()
        return compared(
            self,
            n,
            ours[1:],
            theirs[1:],
            memory=after,
            goal="at most 1.5 x raw, memory flat",
            details={
                "check_ms": round(median(looks[1:]).wall * 1000),
                "memory_before_mb": before,
                "memory_grown_mb": round(after - before, 1),
            },
        )


def _settled(act: Callable[[], None]) -> Taken:
    """Return what something takes on a disk that has nothing left to write from before."""
    if hasattr(os, "sync"):
        os.sync()
    return timed(act)[0]


def _check(site: SmallSite, package: Path) -> None:
    site.services.courses.check_folder(system_actor(), package, NoProgress())


def _import(site: SmallSite, package: Path) -> None:
    site.services.courses.import_folder(system_actor(), package, NoProgress())


def _unpack(package: Path, folder: Path) -> None:
    """Unpack and hash as directly as the standard library allows; the package is our own."""
    with zipfile.ZipFile(package) as archive:
        for info in archive.infolist():
            path = folder / info.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with archive.open(info) as source, path.open("wb") as target:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    target.write(block)


def _package(path: Path, megabytes: int) -> Path:
    """Write a package: a tenth of pages, the rest recordings that do not pack."""
    chance = random.Random(megabytes)  # noqa: S311  the same package every time
    words = [
        "".join(chance.choices("abcdefghijklmnop", k=chance.randrange(3, 9)))
        for _turn in range(3_000)
    ]
    pages = max(10, megabytes * _PAGES_A_MB)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", _manifest(pages))
        for page in range(pages):
            text = " ".join(chance.choices(words, k=_WORDS_A_PAGE))
            archive.writestr(f"p{page}.html", f"<html><body>{text}</body></html>")
        for count, size in enumerate(_media_sizes(chance, int(megabytes * _MEDIA_SHARE * 2**20))):
            archive.writestr(f"media/m{count}.webm", chance.randbytes(size))
    return path


def _media_sizes(chance: random.Random, left: int) -> Iterator[int]:
    while left > 0:
        size = min(left, chance.randrange(*_MEDIA_BYTES))
        yield size
        left -= size


def _manifest(pages: int) -> str:
    files = "".join(f'<file href="p{page}.html"/>' for page in range(pages))
    return (
        '<manifest identifier="bench" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>'
        "<schemaversion>1.2</schemaversion></metadata><organizations><organization identifier='o'>"
        "<title>Bench</title><item identifier='i' identifierref='r'><title>Bench</title></item>"
        "</organization></organizations><resources><resource identifier='r' type='webcontent' "
        f"adlcp:scormtype='sco' href='p0.html'>{files}</resource></resources></manifest>"
    )
