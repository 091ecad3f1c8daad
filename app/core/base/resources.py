"""Where the files that ship with the program lie, in the source tree and in the bundle alike."""

from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[3]


def program_folder() -> Path:
    """Return the folder that the program's own files lie in."""
    return _PROGRAM


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example resource("fonts", "Inter.ttf")."""
    return _PROGRAM.joinpath("resources", *parts)
