"""Prints the memory that a bundle takes at its peak, in MiB: `python -m tests.support.bundle_memory WHAT FOLDER`."""

import random
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
from backports import zstd

from app.core.sync.bundle.reader import BundleReader
from app.core.sync.bundle.segments import Row, decode_segment
from app.core.sync.bundle.writer import BundleWriter
from app.core.sync.limits import MOST_ROWS, MOST_UNPACKED_BYTES
from app.core.sync.refusals import BundleRefused
from tests.support.sealed_files import PLANT_LOG, RECIPIENT, SIGNER, head_of, outline, receiver

_ROWS, _BODY_BYTES = 100, 40_000
_FEW, _MANY = 3, 24


def peak_mib() -> int:
    """Return the greatest memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def stream(folder: Path) -> int:
    """Return how much more 96 MB of records take than 12 MB, written and read."""
    _write_and_read(folder, _FEW)
    few = peak_mib()
    _write_and_read(folder, _MANY)
    return peak_mib() - few


def bomb(_folder: Path) -> int:
    """Return what the worst segment takes that says no more than it may, over the idle program."""
    with ProcessPoolExecutor(max_workers=1) as elsewhere:
        packed = elsewhere.submit(_worst_segment).result()
    _start_peak_over()
    idle = _told("VmRSS")
    try:
        if len(decode_segment(packed)) != MOST_ROWS:
            raise ValueError("the bomb did not go off")
    except BundleRefused as refusal:
        raise ValueError("the bomb did not go off") from refusal
    return _told("VmHWM") - idle


def _worst_segment() -> bytes:
    text = "\U0001f600" + "x" * 900
    reasons = [f"{number}{text}" for number in range(MOST_ROWS)]
    width = MOST_UNPACKED_BYTES // MOST_ROWS
    columns = [
        MOST_ROWS,
        b"\1" * MOST_ROWS + bytes(MOST_ROWS * 7),
        bytes(MOST_ROWS * 8),
        [[0], b""],
        [[None], b""],
        [["a"], b""],
        [reasons, _every_code()],
        [[[width, bytes(width), 0]], [], b""],
    ]
    unpacked = msgspec.msgpack.encode(columns)
    if len(unpacked) > MOST_UNPACKED_BYTES:
        raise ValueError("the bomb says more than it may")
    return zstd.compress(unpacked)


def _write_and_read(folder: Path, segments: int) -> None:
    chance = random.Random(1)
    path = folder / "bundle"
    with BundleWriter(outline(), [RECIPIENT], SIGNER, folder) as writer:
        for number in range(segments):
            first = number * _ROWS + 1
            rows: list[Row] = [
                (seq, seq, 0, None, "a", "", chance.randbytes(_BODY_BYTES))
                for seq in range(first, first + _ROWS)
            ]
            hashes = (head_of(PLANT_LOG, first - 1), head_of(PLANT_LOG, first + _ROWS - 1))
            writer.add_segment(PLANT_LOG, first, hashes, rows)
        with path.open("wb") as file:
            writer.write(file, "Plant")
    with path.open("rb") as file:
        BundleReader(file, receiver()).read_segments(lambda _note, _rows: None)


def _every_code() -> bytes:
    return bytes(number % 256 for number in range(MOST_ROWS)) + bytes(
        number // 256 for number in range(MOST_ROWS)
    )


def _start_peak_over() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _told(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) // 1024
    raise ValueError("this system does not tell")


if __name__ == "__main__":
    print({"stream": stream, "bomb": bomb}[sys.argv[1]](Path(sys.argv[2])))  # noqa: T201
