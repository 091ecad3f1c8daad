"""The training matrix: job roles and audiences by requirements and curricula, dated, and what follows."""

from app.core.training.matrix.doubts import CellsInDoubt
from app.core.training.matrix.grid import CellAsks, Grid, GridColumn, GridRow, PastEntry
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.paper import MARKS, NEED_LETTERS, NEEDS
from app.core.training.matrix.service import Matrix
from app.core.training.matrix.standing import PersonLine, StandingMark, Standpoint
from app.core.training.matrix.types import (
    Cell,
    CellEdit,
    CellImpact,
    Curriculum,
    Gap,
    GapCount,
    GapItem,
    MatrixImpact,
    MatrixReachesMany,
    Part,
    PastChange,
    Proposal,
    RunOfMatrix,
    SavedAudience,
    Touched,
    WaitingCells,
    gap_counts_together,
)

__all__ = [
    "MARKS",
    "NEEDS",
    "NEED_LETTERS",
    "Cell",
    "CellAsks",
    "CellEdit",
    "CellImpact",
    "CellsInDoubt",
    "Curriculum",
    "Gap",
    "GapCount",
    "GapItem",
    "Grid",
    "GridColumn",
    "GridRow",
    "Matrix",
    "MatrixImpact",
    "MatrixReachesMany",
    "Need",
    "Part",
    "PastChange",
    "PastEntry",
    "PersonLine",
    "Proposal",
    "RunOfMatrix",
    "SavedAudience",
    "StandingMark",
    "Standpoint",
    "Touched",
    "WaitingCells",
    "gap_counts_together",
]
