"""Entries become tables: the one projection that sync, recovery and the self-check share."""

from app.core.journal.projection.applying import Applied, Clash, Projection, Run, Waiting
from app.core.journal.projection.comparing import BESIDE, filled, first_beside, first_difference
from app.core.journal.projection.replay import rebuild, scratch_tables
from app.core.journal.projection.righting import put_right
from app.core.journal.projection.unvouched import forget_unvouched, note_unvouched

__all__ = [
    "BESIDE",
    "Applied",
    "Clash",
    "Projection",
    "Run",
    "Waiting",
    "filled",
    "first_beside",
    "first_difference",
    "forget_unvouched",
    "note_unvouched",
    "put_right",
    "rebuild",
    "scratch_tables",
]
