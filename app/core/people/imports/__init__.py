"""HR files: people from a CSV or XLSX file, looked at before anything is changed."""

from app.core.people.imports.errors import (
    FileHasErrors,
    FileUnreadable,
    MissingColumns,
    PlanOutdated,
)
from app.core.people.imports.headings import PRESETS, Preset
from app.core.people.imports.past import PastImport
from app.core.people.imports.plan import ChangedPerson, FieldChange, PeoplePlan
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.imports.service import OnChanged, PeopleImport
from app.core.people.imports.taking_back import TakeBackPlan, Touched

__all__ = [
    "PRESETS",
    "ChangedPerson",
    "FieldChange",
    "FileHasErrors",
    "FileUnreadable",
    "MissingColumns",
    "OnChanged",
    "PastImport",
    "PeopleImport",
    "PeoplePlan",
    "PersonInFile",
    "PlanOutdated",
    "Preset",
    "RowError",
    "TakeBackPlan",
    "Touched",
]
