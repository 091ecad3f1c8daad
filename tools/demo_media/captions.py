"""WebVTT captions from the scenes' words and times."""

import re
from collections.abc import Iterable
from pathlib import Path

Cue = tuple[float, float, str]
_LONGEST = 84
_LINE = 44


def write_vtt(cues: Iterable[Cue], target: Path) -> None:
    """Write cues as WebVTT; a long one is parted at sentence ends, each part with its share of the time."""
    parts = [part for cue in cues for part in _parted(cue)]
    blocks = [f"{_clock(start)} --> {_clock(end)}\n{_folded(text)}\n" for start, end, text in parts]
    target.write_text("WEBVTT\n\n" + "\n".join(blocks), encoding="utf-8", newline="\n")


def _parted(cue: Cue) -> list[Cue]:
    start, end, text = cue
    if len(text) <= _LONGEST:
        return [cue]
    pieces: list[str] = []
    for sentence in re.findall(r"[^.।?!]+[.।?!]*\s*", text):
        if pieces and len(pieces[-1]) + len(sentence) <= _LONGEST:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    cues: list[Cue] = []
    for piece in pieces:
        begin = cues[-1][1] if cues else start
        cues.append((begin, begin + (end - start) * len(piece) / len(text), piece.strip()))
    return cues


def _folded(text: str) -> str:
    if len(text) <= _LINE:
        return text
    spaces = [at for at, sign in enumerate(text) if sign == " "]
    middle = min(spaces, key=lambda at: abs(at - len(text) / 2))
    return text[:middle] + "\n" + text[middle + 1 :]


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
