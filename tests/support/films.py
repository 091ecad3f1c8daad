"""Films in pieces (HLS), made of the test media by the ffmpeg of this PC."""

import subprocess
from pathlib import Path

import pytest

MEDIA = Path(__file__).parent / "media"


def in_pieces(
    folder: Path, video: str, audio: str, kind: str, *more: str, to: str = "list.m3u8"
) -> dict[str, bytes]:
    """Return the clip as a film in pieces, by the places of its files in a package."""
    place = folder / "film"
    place.mkdir()
    command = ["ffmpeg", "-v", "error", "-i", str(MEDIA / "clip.mp4"), "-c:v", video, "-c:a", audio]
    hls = ["-strict", "-2", "-f", "hls", "-hls_time", "1", "-hls_segment_type", kind]
    done = subprocess.run([*command, *hls, *more, str(place / to)], check=False)
    if done.returncode:
        pytest.skip(f"this ffmpeg has no {video} or {audio}")
    return {f"film/{file.name}": file.read_bytes() for file in place.iterdir()}
