"""Reports: the overview, tables to screen and file, the audit trail, people's records. Reads all."""

from app.core.reports.archives import Archived, Archives, NothingInYear, archived_in_words
from app.core.reports.as_of import AS_OF, KNOWN_AT, let_look_back
from app.core.reports.aside import WordedAside
from app.core.reports.attention import Attention
from app.core.reports.audit import (
    ActionCount,
    AuditEntry,
    AuditSearch,
    AuditTrail,
    WordedChange,
    WordedColumn,
)
from app.core.reports.audit_actions import action_in_words
from app.core.reports.audit_words import column_in_words, part_in_words, table_in_words
from app.core.reports.columns import WHOLE, ColumnKind, ReportColumn, Row, Value, worded
from app.core.reports.dashboard import Overview, SystemFacts, Tile, TrendPoint
from app.core.reports.dossier import Dossiers
from app.core.reports.dossier_file import dossier_document, dossier_table
from app.core.reports.dossier_types import (
    AttemptRecord,
    CourseRecord,
    Dossier,
    GiftRecord,
    PlacementRecord,
    RequiredRecord,
)
from app.core.reports.errors import (
    FilterRefused,
    SortRefused,
    ToldOfNowOnly,
    TooManyRows,
    UnknownFormat,
    UnknownReport,
)
from app.core.reports.formats import FORMATS
from app.core.reports.kept_figures import bring_up as bring_up_figures
from app.core.reports.kept_figures import rebuild_figures
from app.core.reports.kinds import REPORTS
from app.core.reports.kinds.files_that_left import FILES_THAT_LEFT
from app.core.reports.listed import listed_table
from app.core.reports.open_work import count_kept
from app.core.reports.present import DepartmentBar
from app.core.reports.question_look import (
    Crossing,
    GivenAnswer,
    QuestionLook,
    QuestionLooks,
)
from app.core.reports.service import (
    FilterOffer,
    ReportOffer,
    Reports,
    table_bytes,
    table_document,
)
from app.core.reports.tables import ReportTable
from app.core.reports.training_file import Enclosure, TrainingFiles
from app.core.reports.travel import (
    Travel,
    WordedChoice,
    WordedConflict,
    WordedValue,
    choice_text,
    decision_words,
    shown_text,
)
from app.core.reports.where_used import USE_KINDS, Use, UseKind, Uses, WhereUsed

__all__ = [
    "AS_OF",
    "FILES_THAT_LEFT",
    "FORMATS",
    "KNOWN_AT",
    "REPORTS",
    "USE_KINDS",
    "WHOLE",
    "ActionCount",
    "Archived",
    "Archives",
    "AttemptRecord",
    "Attention",
    "AuditEntry",
    "AuditSearch",
    "AuditTrail",
    "ColumnKind",
    "CourseRecord",
    "Crossing",
    "DepartmentBar",
    "Dossier",
    "Dossiers",
    "Enclosure",
    "FilterOffer",
    "FilterRefused",
    "GiftRecord",
    "GivenAnswer",
    "NothingInYear",
    "Overview",
    "PlacementRecord",
    "QuestionLook",
    "QuestionLooks",
    "ReportColumn",
    "ReportOffer",
    "ReportTable",
    "Reports",
    "RequiredRecord",
    "Row",
    "SortRefused",
    "SystemFacts",
    "Tile",
    "ToldOfNowOnly",
    "TooManyRows",
    "TrainingFiles",
    "Travel",
    "TrendPoint",
    "UnknownFormat",
    "UnknownReport",
    "Use",
    "UseKind",
    "Uses",
    "Value",
    "WhereUsed",
    "WordedAside",
    "WordedChange",
    "WordedChoice",
    "WordedColumn",
    "WordedConflict",
    "WordedValue",
    "action_in_words",
    "archived_in_words",
    "bring_up_figures",
    "choice_text",
    "column_in_words",
    "count_kept",
    "decision_words",
    "dossier_document",
    "dossier_table",
    "let_look_back",
    "listed_table",
    "part_in_words",
    "rebuild_figures",
    "shown_text",
    "table_bytes",
    "table_document",
    "table_in_words",
    "worded",
]
