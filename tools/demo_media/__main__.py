"""Render everything, or one course: `python -m tools.demo_media [--only loto]`."""

import argparse
import os
from pathlib import Path

from PySide6.QtCore import QHashSeed
from PySide6.QtGui import QGuiApplication

from tools.demo_media.film import render_film, render_picture, render_talk
from tools.demo_media.stories import COURSES
from tools.demo_media.story import Course

_DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"


def main() -> None:
    """Render the chosen courses into resources/demo/courses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", choices=[course.slug for course in COURSES], help="render one course"
    )
    parser.add_argument(
        "--kind", choices=["films", "pictures", "talks"], help="render one kind of file"
    )
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QHashSeed.setDeterministicGlobalSeed()  # the order of fonts in a PDF hangs on it
    application = QGuiApplication([])
    for course in COURSES:
        if chosen.only in (None, course.slug):
            _render(course, chosen.kind)
    del application


def _render(course: Course, kind: str | None) -> None:
    """Render one course, or one kind of its files."""
    folder = _DEMO / "courses" / course.slug
    folder.mkdir(parents=True, exist_ok=True)
    if kind in (None, "films"):
        for film in course.films:
            render_film(film, folder)
    if kind in (None, "pictures"):
        for picture in course.pictures:
            render_picture(picture, folder)
    if kind in (None, "talks"):
        for talk in course.talks:
            render_talk(talk, folder)
    print(f"{course.slug}: done")


if __name__ == "__main__":
    main()
