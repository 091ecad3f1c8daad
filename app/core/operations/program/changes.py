"""The lines of a history of changes that a version adds to an older one."""

import re
from collections.abc import Iterator

from app.core.base.installation import version_numbers

_HEADING = re.compile(r"##\s+\[?([^\s\]]+)")


def changes_since(history: str, version: str, *, most: int, longest: int) -> tuple[str, ...]:
    """Return the points of every version in a history that is newer than `version`, one each.

    The form is that of Keep a Changelog; what is not released yet stands above all.
    """
    lines = []
    for heading, point in _points(history):
        if not _is_newer(heading, version):
            break
        lines.append(point.replace("**", "").replace("`", "")[:longest])
    return tuple(lines[:most])


def _points(history: str) -> Iterator[tuple[str, str]]:
    """Yield each point with the heading of its version; lines that go on are put together."""
    heading, point = "", ""
    for line in [*history.splitlines(), "## "]:
        if point and line.startswith("  ") and line.strip():
            point += " " + line.strip()
            continue
        if point:
            yield heading, point
            point = ""
        if line.startswith("- "):
            point = line.removeprefix("- ")
        elif found := _HEADING.match(line):
            heading = found[1]


def _is_newer(heading: str, version: str) -> bool:
    try:
        return version_numbers(heading) > version_numbers(version)
    except ValueError:
        return True  # “Unreleased”
