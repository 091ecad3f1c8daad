"""Versions of the program, in words."""

from app.core.base.installation import GaveWay
from app.core.base.words import _, mark

_WHY = {
    GaveWay.MISSING.value: mark("a part of it is missing"),
    GaveWay.IN_VAIN.value: mark("it was started several times and never opened the records"),
    GaveWay.NOT_STARTING.value: mark("it does not start"),
    GaveWay.ENDED.value: mark("it broke off before it had opened the records"),
}


def why_left(why: str) -> str:
    """Return why a version was left, as people read it."""
    return _(_WHY[why]) if why in _WHY else why


def version_of(name: str) -> str:
    """Return the version that a folder's name begins with."""
    return name.rpartition("-")[0]
