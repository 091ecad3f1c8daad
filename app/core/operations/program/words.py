"""Versions of the program, in words."""

from app.core.base.figures import moment
from app.core.base.installation import GaveWay
from app.core.base.words import _, mark
from app.core.operations.backups import loss_told
from app.core.operations.program.types import WayBack

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


def way_back_in_words(way: WayBack) -> str:
    """Return what going back would mean."""
    if way.backup is None or way.loss is None:
        return _("Daksha {version} reads the records of now; nothing is lost.").format(
            version=way.version
        )
    words = _(
        "Daksha {version} cannot read the records of now; those of {moment} come back with it, and the "
        "records of now are set aside."
    ).format(version=way.version, moment=moment(way.backup.made_at))
    return " ".join((words, *loss_told(way.loss)))
