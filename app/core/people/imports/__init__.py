"""HR files: people from CSV, XLSX and XLS files, looked at before anything is changed."""

from app.core.people.imports.absence import Absent, Returning, Terms
from app.core.people.imports.errors import (
    DaysUnclear,
    FileHasErrors,
    PlanOutdated,
    ThresholdPassed,
)
from app.core.people.imports.fields import FIELD_TITLES, PRESETS, Field, Preset
from app.core.people.imports.headings import FileColumn
from app.core.people.imports.likely import Twin
from app.core.people.imports.mapping import COVERAGES, Coverage, HrMapping, Threshold
from app.core.people.imports.mappings import Mappings
from app.core.people.imports.past import PastImport
from app.core.people.imports.plan import (
    ChangedPerson,
    FieldChange,
    Guard,
    PeoplePlan,
    doubtful_words,
)
from app.core.people.imports.reading import FileFacts, HrSet, UnknownWord
from app.core.people.imports.rows import PersonInFile, RowError
from app.core.people.imports.runs import ImportRun, counts_of
from app.core.people.imports.service import OnChanged, PeopleImport
from app.core.people.imports.taking_back import TakeBackPlan, Touched
from app.core.people.imports.watching import (
    HrFolder,
    HrFolderChoice,
    HrFolderUnreachable,
    NotTaken,
    WatchedFile,
)
from app.core.people.imports.wish import Fix, ImportWish
from app.core.spreadsheets import DAY_ORDERS, DayOrder, FileUnreadable, MissingColumns

__all__ = [
    "COVERAGES",
    "DAY_ORDERS",
    "FIELD_TITLES",
    "PRESETS",
    "Absent",
    "ChangedPerson",
    "Coverage",
    "DayOrder",
    "DaysUnclear",
    "Field",
    "FieldChange",
    "FileColumn",
    "FileFacts",
    "FileHasErrors",
    "FileUnreadable",
    "Fix",
    "Guard",
    "HrFolder",
    "HrFolderChoice",
    "HrFolderUnreachable",
    "HrMapping",
    "HrSet",
    "ImportRun",
    "ImportWish",
    "Mappings",
    "MissingColumns",
    "NotTaken",
    "OnChanged",
    "PastImport",
    "PeopleImport",
    "PeoplePlan",
    "PersonInFile",
    "PlanOutdated",
    "Preset",
    "Returning",
    "RowError",
    "TakeBackPlan",
    "Terms",
    "Threshold",
    "ThresholdPassed",
    "Touched",
    "Twin",
    "UnknownWord",
    "WatchedFile",
    "counts_of",
    "doubtful_words",
]
