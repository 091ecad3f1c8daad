"""Screens of training: what is required, who has it, the matrix, the rules that assign, and assigning by hand."""

from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.matrix_screen import SPEC as MATRIX
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.rules_screen import SPEC as RULES

SCREENS = (ASSIGN, ASSIGNMENTS, MATRIX, REQUIREMENTS, RULES)
