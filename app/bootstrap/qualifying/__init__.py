"""The operational qualification: the program's own services, tried on sites that are thrown away."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.bootstrap.qualifying.access import ACCESS_TRIALS
from app.bootstrap.qualifying.records import RECORD_TRIALS
from app.bootstrap.qualifying.site import Assemble, TrialSite
from app.bootstrap.qualifying.travelling import TRAVEL_TRIALS
from app.core.assurance import Trial
from app.core.keys import SlotCost

_TRIALS = (*ACCESS_TRIALS, *RECORD_TRIALS, *TRAVEL_TRIALS)
"""In the order they are tried; the later stand on what the earlier left."""


@contextmanager
def rehearse(assemble: Assemble, cost: SlotCost | None = None) -> Iterator[Sequence[Trial]]:
    """Give the trials, on a site of their own in a folder that is gone afterwards.

    `cost` is how much its passwords are stretched, where that is to be less than at a site of people.
    """
    with tempfile.TemporaryDirectory(prefix="daksha-oq-", ignore_cleanup_errors=True) as folder:
        site = TrialSite(Path(folder), assemble, cost)
        try:
            yield [make(site) for make in _TRIALS]
        finally:
            site.close()


__all__ = ["rehearse"]
