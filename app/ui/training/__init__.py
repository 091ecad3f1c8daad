"""Screens of training: what is required, who has it, the rules that assign, practicals and assessors."""

from app.ui.training.assessors_screen import SPEC as ASSESSORS
from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.form_screen import SPEC as FORM
from app.ui.training.my_assessments_screen import SPEC as MY_ASSESSMENTS
from app.ui.training.my_practicals_screen import SPEC as MY_PRACTICALS
from app.ui.training.practical_screen import SPEC as PRACTICAL
from app.ui.training.practicals_screen import SPEC as PRACTICALS
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.rules_screen import SPEC as RULES

SCREENS = (
    MY_PRACTICALS,
    ASSIGN,
    ASSIGNMENTS,
    REQUIREMENTS,
    RULES,
    MY_ASSESSMENTS,
    PRACTICALS,
    ASSESSORS,
    FORM,
    PRACTICAL,
)
