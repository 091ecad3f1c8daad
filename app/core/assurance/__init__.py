"""Keeping the program itself under control: qualification, and what follows from looking at it regularly."""

from app.core.assurance.errors import AlreadyClosed, DaysNotOver, SaidTooLittle
from app.core.assurance.evaluation import Evaluations
from app.core.assurance.history import changes_paper
from app.core.assurance.incidents.service import Incidents
from app.core.assurance.incidents.types import (
    SEVERITIES,
    Incident,
    IncidentStep,
    NewIncident,
    Severity,
)
from app.core.assurance.late import Oversight
from app.core.assurance.oversight.rules import (
    MOST_DAYS,
    OversightRule,
    OversightRules,
    rule_in_words,
)
from app.core.assurance.qualification.files import altered_program_files, write_list
from app.core.assurance.qualification.service import Qualifications
from app.core.assurance.qualification.types import (
    PARTS,
    RESULTS,
    Qualification,
    QualificationPart,
    Rehearse,
    Step,
    StepFailed,
    StepResult,
    Trial,
    outcome_in_words,
    parts_in_words,
)
from app.core.assurance.readers.service import ReaderTest, ReaderTests
from app.core.assurance.reviews.service import AuditReviews
from app.core.assurance.reviews.types import Looked, Month, NewReview, Review

__all__ = [
    "MOST_DAYS",
    "PARTS",
    "RESULTS",
    "SEVERITIES",
    "AlreadyClosed",
    "AuditReviews",
    "DaysNotOver",
    "Evaluations",
    "Incident",
    "IncidentStep",
    "Incidents",
    "Looked",
    "Month",
    "NewIncident",
    "NewReview",
    "Oversight",
    "OversightRule",
    "OversightRules",
    "Qualification",
    "QualificationPart",
    "Qualifications",
    "ReaderTest",
    "ReaderTests",
    "Rehearse",
    "Review",
    "SaidTooLittle",
    "Severity",
    "Step",
    "StepFailed",
    "StepResult",
    "Trial",
    "altered_program_files",
    "changes_paper",
    "outcome_in_words",
    "parts_in_words",
    "rule_in_words",
    "write_list",
]
