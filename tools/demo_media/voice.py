"""Speech for the films: flite where installed, else espeak-ng, else a soft tone of the same length."""

from __future__ import annotations  # array.array takes no type argument at run time before 3.12

import array
import math
import shutil
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path

RATE = 16_000
LEAD_S, REST_S = 0.25, 0.45
_SECONDS_PER_WORD = 0.42


@dataclass(frozen=True)
class Spoken:
    """Samples of one channel at RATE, and where speech begins and ends in them, in seconds."""

    samples: array.array[int]
    begins: float
    ends: float

    @property
    def seconds(self) -> float:
        """Return the whole length, rests included."""
        return len(self.samples) / RATE


def speak(text: str) -> Spoken:
    """Return the text as speech, or as a soft tone where no voice is installed."""
    voiced = _voice(text) or _tone(len(text.split()) * _SECONDS_PER_WORD)
    samples = _silence(LEAD_S) + voiced + _silence(REST_S)
    return Spoken(samples, LEAD_S, LEAD_S + len(voiced) / RATE)


def write_wav(parts: list[Spoken], target: Path) -> None:
    """Write the parts one after another as a WAV file."""
    with wave.open(str(target), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        for part in parts:
            out.writeframes(part.samples.tobytes())


def _voice(text: str) -> array.array[int] | None:
    if shutil.which("flite"):
        command = [
            "flite",
            "-voice",
            "slt",
            "--setf",
            "duration_stretch=0.92",
            "-t",
            text,
            "-o",
            "/dev/stdout",
        ]
    elif shutil.which("espeak-ng"):
        command = ["espeak-ng", "-v", "en-gb-x-rp", "-s", "160", "--stdout", text]
    else:
        return None
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return _at_rate(raw)


def _at_rate(raw: bytes) -> array.array[int]:
    filtered = subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-i",
            "pipe:0",
            "-ac",
            "1",
            "-ar",
            str(RATE),
            "-f",
            "s16le",
            "pipe:1",
        ],
        check=True,
        input=raw,
        capture_output=True,
    ).stdout
    samples = array.array("h")
    samples.frombytes(filtered)
    return samples


def _silence(seconds: float) -> array.array[int]:
    return array.array("h", bytes(2 * round(seconds * RATE)))


def _tone(seconds: float) -> array.array[int]:
    count = round(seconds * RATE)
    swell = [math.sin(math.pi * at / count) ** 2 for at in range(count)]
    return array.array(
        "h", (round(1200 * swell[at] * math.sin(math.tau * 220 * at / RATE)) for at in range(count))
    )
