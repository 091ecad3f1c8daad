"""What people must hold and by when: requirements and assignments."""

from app.core.training.rules import URGENCY, Standing, standing
from app.core.training.service import Training
from app.core.training.types import AssignmentPreview, MyCourse, Requirement

__all__ = [
    "URGENCY",
    "AssignmentPreview",
    "MyCourse",
    "Requirement",
    "Standing",
    "Training",
    "standing",
]
