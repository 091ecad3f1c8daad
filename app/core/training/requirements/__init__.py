"""Requirements: what they ask for, from when on, what comes before them and what stands in."""

from app.core.training.requirements.loops import PrerequisiteLoops, ended_for
from app.core.training.requirements.service import Requirements
from app.core.training.requirements.types import (
    LegalReference,
    Linked,
    NewRequirement,
    RequirementChange,
    RequirementDetail,
    RequirementSummary,
)

__all__ = [
    "LegalReference",
    "Linked",
    "NewRequirement",
    "PrerequisiteLoops",
    "RequirementChange",
    "RequirementDetail",
    "RequirementSummary",
    "Requirements",
    "ended_for",
]
