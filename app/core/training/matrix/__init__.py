"""The training matrix: job roles and audiences by requirements and curricula, dated, and what follows."""

from app.core.training.matrix.grid import Asked, Grid, GridColumn, GridRow, PastEntry
from app.core.training.matrix.kinds import Need
from app.core.training.matrix.paper import MARKS, NEED_LETTERS, NEEDS
from app.core.training.matrix.service import Matrix
from app.core.training.matrix.standing import Mark, PersonLine, Standpoint
from app.core.training.matrix.types import (
    Cell,
    CellEdit,
    CellImpact,
    Curriculum,
    Gap,
    GapItem,
    Impact,
    MatrixReachesMany,
    Part,
    PastChange,
    Proposal,
    RunOfMatrix,
    SavedAudience,
    Touched,
    Waiting,
)

__all__ = [
    "MARKS",
    "NEEDS",
    "NEED_LETTERS",
    "Asked",
    "Cell",
    "CellEdit",
    "CellImpact",
    "Curriculum",
    "Gap",
    "GapItem",
    "Grid",
    "GridColumn",
    "GridRow",
    "Impact",
    "Mark",
    "Matrix",
    "MatrixReachesMany",
    "Need",
    "Part",
    "PastChange",
    "PastEntry",
    "PersonLine",
    "Proposal",
    "RunOfMatrix",
    "SavedAudience",
    "Standpoint",
    "Touched",
    "Waiting",
]
