"""What must be kept also on a full disk: what a learner does in the midst of something."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from app.core.journal.site import Site
from app.core.storage.faults import DiskFull, DiskSilent


class _OfSite(Protocol):
    _site: Site


_S = TypeVar("_S", bound=_OfSite)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def kept_by_reserve(
    act: Callable[Concatenate[_S, _P], _R],
) -> Callable[Concatenate[_S, _P], _R]:
    """Let a method be done once more, on the room kept in reserve, when it meets a full disk.

    It is one transaction of its `_site`, of which nothing is left when it fails. Others than learners
    get none of it: they are told that the disk is full, and lose nothing by waiting.
    """

    def done(self: _S, /, *given: _P.args, **named: _P.kwargs) -> _R:
        try:
            return act(self, *given, **named)
        except (DiskFull, DiskSilent):  # SQLite says the second of a disk without room for its log
            reserve = self._site.database.reserve
            if reserve is None or not reserve.is_called_for or not reserve.give_up():
                raise
        return act(self, *given, **named)

    update_wrapper(done, act)
    return done
