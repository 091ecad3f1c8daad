"""Renders films, talks and pictures to files with Qt and ffmpeg."""

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgGenerator

from tools.demo_media.brush import Brush
from tools.demo_media.captions import Cue, write_vtt
from tools.demo_media.palette import FILM, PRINT
from tools.demo_media.parts import stage
from tools.demo_media.story import HEIGHT, WIDTH, Film, Picture, Talk
from tools.demo_media.voice import REST_S, Spoken, speak, write_wav

FRAMES_PER_SECOND = 20
_EXACT = [
    "-map_metadata",
    "-1",
    "-fflags",
    "+bitexact",
    "-flags:v",
    "+bitexact",
    "-flags:a",
    "+bitexact",
]
_LOUDNESS = ["-af", "loudnorm=I=-19:TP=-2", "-ar", "48000"]
_CODECS = {
    ".webm": ["-c:v", "libvpx-vp9", "-crf", "34", "-b:v", "0", "-g", "100", "-deadline", "good", "-cpu-used", "2",
              "-c:a", "libopus", "-b:a", "32k"],
    ".mp4": ["-c:v", "libx264", "-crf", "25", "-preset", "slow", "-g", "100", "-threads", "1",
             "-c:a", "aac", "-b:a", "56k", "-movflags", "+faststart"],
}  # fmt: skip


def render_film(film: Film, folder: Path) -> None:
    """Write the video and one caption file for each language its scenes have."""
    spoken = [speak(scene.say) for scene in film.scenes]
    target = folder / film.file
    with tempfile.TemporaryDirectory() as scratch:
        sound = Path(scratch, "sound.wav")
        write_wav(spoken, sound)
        _encode(film, spoken, sound, target)
    _write_captions([scene.captions for scene in film.scenes], spoken, target)


def render_talk(talk: Talk, folder: Path) -> None:
    """Write the talk as MP3, with captions."""
    spoken = [speak(line["en"]) for line in talk.lines]
    target = folder / talk.file
    with tempfile.TemporaryDirectory() as scratch:
        sound = Path(scratch, "sound.wav")
        write_wav(spoken, sound)
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", str(sound), *_EXACT, *_LOUDNESS, "-c:a", "libmp3lame", "-b:a", "48k",
             str(target)],
            check=True,
        )  # fmt: skip
    _write_captions(list(talk.lines), spoken, target)


def render_picture(picture: Picture, folder: Path) -> None:
    """Write a still in the light palette, in English and Hindi: PNG at one and a half times its size, or SVG."""
    target = folder / picture.file
    _render_still(picture, target, picture.about, None)
    hindi = target.with_suffix(f".hi{target.suffix}")
    _render_still(picture, hindi, picture.hindi[picture.about], picture.hindi)


def _render_still(
    picture: Picture, target: Path, about: str, spoken: Mapping[str, str] | None
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".svg":
        generator = QSvgGenerator()
        generator.setFileName(str(target))
        generator.setSize(QSize(picture.width, picture.height))
        generator.setViewBox(QRect(0, 0, picture.width, picture.height))
        generator.setTitle(about)
        generator.setDescription(about)
        _paint(picture, Brush(generator, PRINT, spoken=spoken))
        return
    image = QImage(
        round(picture.width * 1.5), round(picture.height * 1.5), QImage.Format.Format_RGB32
    )
    _paint(picture, Brush(image, PRINT, 1.5, spoken))
    image.setText("Description", about)
    image.save(str(target))


def _paint(picture: Picture, brush: Brush) -> None:
    brush.box(0, 0, picture.width, picture.height, fill=PRINT.paper)
    picture.draw(brush)
    brush.end()


def _encode(film: Film, spoken: list[Spoken], sound: Path, target: Path) -> None:
    command = [
        "ffmpeg", "-v", "error", "-y",
        "-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAMES_PER_SECOND), "-i", "pipe:0",
        "-i", str(sound), *_EXACT, *_CODECS[target.suffix], *_LOUDNESS, "-pix_fmt", "yuv420p", "-shortest", str(target),
    ]  # fmt: skip
    encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
    if encoder.stdin is None:
        raise RuntimeError("ffmpeg was started without an input")
    steps = max(scene.number for scene in film.scenes)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    done, clock = 0, 0.0
    for scene, part in zip(film.scenes, spoken, strict=True):
        clock += part.seconds
        count = round(clock * FRAMES_PER_SECOND) - done
        for frame in range(count):
            brush = Brush(image, FILM)
            stage(brush, scene, frame / count, steps)
            brush.end()
            encoder.stdin.write(image.constBits())
        done += count
    encoder.stdin.close()
    if encoder.wait() != 0:
        raise RuntimeError(f"ffmpeg could not write {target.name}")


def _write_captions(
    captions: Sequence[Mapping[str, str]], spoken: list[Spoken], target: Path
) -> None:
    for language in captions[0]:
        clock = 0.0
        cues: list[Cue] = []
        for words, part in zip(captions, spoken, strict=True):
            cues.append((clock + part.begins, clock + part.ends + REST_S / 2, words[language]))
            clock += part.seconds
        write_vtt(cues, target.with_suffix(f".{language}.vtt"))
