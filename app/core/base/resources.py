"""Where the files that ship with the program lie, in the source tree and in the bundle alike."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3] / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example resource("fonts", "Inter.ttf")."""
    return _ROOT.joinpath(*parts)
