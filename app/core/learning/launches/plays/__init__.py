"""What plays packages: one maker for each way of talking to one, all in this tuple."""

from app.core.content import Standard
from app.core.learning.launches.plays.cmi5 import Cmi5PlayMaker
from app.core.learning.launches.plays.h5p import H5pPlayMaker
from app.core.learning.launches.plays.html import HtmlPlayMaker
from app.core.learning.launches.plays.scorm import ScormPlayMaker
from app.core.learning.launches.plays.xapi import XapiPlayMaker
from app.core.learning.launches.seat import PlayMaker

PLAY_MAKERS: tuple[PlayMaker, ...] = (
    HtmlPlayMaker(),
    H5pPlayMaker(),
    ScormPlayMaker(),
    Cmi5PlayMaker(),
    XapiPlayMaker(),
)


def maker_of(standard: Standard) -> PlayMaker | None:
    """Return what makes the plays of a standard; None where nothing does."""
    return next((maker for maker in PLAY_MAKERS if standard in maker.standards), None)


__all__ = ["PLAY_MAKERS", "maker_of"]
