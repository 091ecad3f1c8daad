"""Entries become tables: the one projection that sync, recovery and the self-check share."""

from app.core.journal.projection.applying import Applied, Clash, Projection, Waiting
from app.core.journal.projection.replay import (
    first_difference,
    rebuild,
    scratch_tables,
)

__all__ = [
    "Applied",
    "Clash",
    "Projection",
    "Waiting",
    "first_difference",
    "rebuild",
    "scratch_tables",
]
