"""Practicals: forms, who may assess, rounds of watching, results that both sign."""

from app.core.training.practicals.deriving import (
    MarkFact,
    ResultFact,
    RoundFact,
    RunFacts,
    SigningFact,
    Stands,
    stand_of,
)
from app.core.training.practicals.errors import (
    AssessorLapsed,
    FormIncomplete,
    FormUnreadable,
    MayNotAssess,
    NoForm,
    NotAnAssessor,
    NotInOrder,
    NotTheLearner,
    OwnPractical,
    SeenOtherwise,
    SeenUnqualified,
    SignedAlready,
)
from app.core.training.practicals.filled_sheets import FilledPaper, FoundSheet
from app.core.training.practicals.form_files import read_form, sections_from_lines
from app.core.training.practicals.forms import FormContent, FormSection, FormStep
from app.core.training.practicals.forms import to_json as form_to_json
from app.core.training.practicals.kinds import (
    STAGES,
    AssessmentVerdict,
    Hand,
    Qualified,
    Registered,
    RunState,
    Stage,
    StepMark,
)
from app.core.training.practicals.papers import BlankFor, blank_form, filled_record
from app.core.training.practicals.qualifying import Qualification
from app.core.training.practicals.register import EXPIRES_SOON
from app.core.training.practicals.register_queries import qualified_on, registered_as
from app.core.training.practicals.run_queries import assessor_signings
from app.core.training.practicals.service import Practicals
from app.core.training.practicals.sheets import (
    MARKS_IN_WORDS,
    STAGES_IN_WORDS,
    VERDICTS_IN_WORDS,
    form_in_words,
    revised_in_words,
)
from app.core.training.practicals.tables import result_columns, result_rows
from app.core.training.practicals.types import (
    AppointmentLine,
    AssessorLine,
    FormDetail,
    FormSummary,
    PracticalRecord,
    PublishedForm,
    SignedPractical,
    SigningSheet,
    WaitingPractical,
)

__all__ = [
    "EXPIRES_SOON",
    "MARKS_IN_WORDS",
    "STAGES",
    "STAGES_IN_WORDS",
    "VERDICTS_IN_WORDS",
    "AppointmentLine",
    "AssessmentVerdict",
    "AssessorLapsed",
    "AssessorLine",
    "BlankFor",
    "FilledPaper",
    "FormContent",
    "FormDetail",
    "FormIncomplete",
    "FormSection",
    "FormStep",
    "FormSummary",
    "FormUnreadable",
    "FoundSheet",
    "Hand",
    "MarkFact",
    "MayNotAssess",
    "NoForm",
    "NotAnAssessor",
    "NotInOrder",
    "NotTheLearner",
    "OwnPractical",
    "PracticalRecord",
    "Practicals",
    "PublishedForm",
    "Qualification",
    "Qualified",
    "Registered",
    "ResultFact",
    "RoundFact",
    "RunFacts",
    "RunState",
    "SeenOtherwise",
    "SeenUnqualified",
    "SignedAlready",
    "SignedPractical",
    "SigningFact",
    "SigningSheet",
    "Stage",
    "Stands",
    "StepMark",
    "WaitingPractical",
    "assessor_signings",
    "blank_form",
    "filled_record",
    "form_in_words",
    "form_to_json",
    "qualified_on",
    "read_form",
    "registered_as",
    "result_columns",
    "result_rows",
    "revised_in_words",
    "sections_from_lines",
    "stand_of",
]
