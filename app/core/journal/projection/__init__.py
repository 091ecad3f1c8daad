"""Entries become tables: the one projection that sync, recovery and the self-check share."""

from app.core.journal.projection.applying import Applied, Clash, Projection, Run, Waiting
from app.core.journal.projection.replay import (
    first_difference,
    rebuild,
    scratch_tables,
)

__all__ = [
    "Applied",
    "Clash",
    "Projection",
    "Run",
    "Waiting",
    "first_difference",
    "rebuild",
    "scratch_tables",
]
