"""The reports, one module each. A new one is its module and a line in REPORTS."""

from app.core.reports.asking import Report
from app.core.reports.kinds import (
    certificates,
    completion_by_course,
    completion_by_department,
    expiring,
    files_that_left,
    hr_completions,
    old_training,
    overdue,
    people_status,
    questions,
    scores_by_course,
    scores_by_department,
    sign_ins,
    signatures,
    signers,
)

REPORTS: tuple[Report, ...] = (
    completion_by_department.REPORT,
    completion_by_course.REPORT,
    people_status.REPORT,
    overdue.REPORT,
    expiring.REPORT,
    scores_by_department.REPORT,
    scores_by_course.REPORT,
    questions.REPORT,
    certificates.REPORT,
    hr_completions.REPORT,
    old_training.REPORT,
    sign_ins.REPORT,
    signatures.REPORT,
    signers.REPORT,
    files_that_left.REPORT,
)
