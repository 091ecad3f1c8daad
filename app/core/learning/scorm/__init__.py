"""SCORM's run-time: data models of 1.2 and 2004, their APIs, and a course as a learner runs it."""

from app.core.learning.scorm.course import (
    ScormCourse,
    ScormLearner,
    ScormState,
    scorm_from_json,
    scorm_to_json,
)
from app.core.learning.scorm.dialects import SCORM_12, SCORM_2004, Dialect, Method
from app.core.learning.scorm.durations import Duration
from app.core.learning.scorm.launch import Launch, LessonMode
from app.core.learning.scorm.prerequisites import PrerequisiteUnreadable, prerequisite
from app.core.learning.scorm.reporting import InteractionReport, interactions
from app.core.learning.scorm.run import Answer, ScormRun

__all__ = [
    "SCORM_12",
    "SCORM_2004",
    "Answer",
    "Dialect",
    "Duration",
    "InteractionReport",
    "Launch",
    "LessonMode",
    "Method",
    "PrerequisiteUnreadable",
    "ScormCourse",
    "ScormLearner",
    "ScormRun",
    "ScormState",
    "interactions",
    "prerequisite",
    "scorm_from_json",
    "scorm_to_json",
]
