"""Whether the pictures that come with a file of questions can be shown."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.assessments.formats import BankFile, Problem
from app.core.content import probe_image

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_UNUSUAL = re.compile(r"[^\w. -]")


def picture_problems(within: Iterable[BankFile], beside: Iterable[Path]) -> tuple[Problem, ...]:
    """Return what is wrong with pictures, of those in the file and of those that lie beside it.

    The questions come in all the same: an author sees the gap, and puts another picture there.
    """
    faults = [*_faults_within(within), *(fault for path in beside for fault in _faults(path))]
    return tuple(
        Problem(line=0, question_name="", reason=fault, left_out=False) for fault in faults
    )


def _faults_within(files: Iterable[BankFile]) -> Iterator[str]:
    with TemporaryDirectory(prefix="daksha-pictures-") as folder:
        for untrusted in files:
            path = Path(folder) / f"_{_UNUSUAL.sub('_', untrusted.name)[-60:]}"
            if path.suffix.lower() in PICTURES:
                path.write_bytes(untrusted.content)
                yield from (fault.replace(path.name, untrusted.name) for fault in _faults(path))
                path.unlink()


def _faults(path: Path) -> tuple[str, ...]:
    return probe_image(path).problems if path.suffix.lower() in PICTURES else ()
