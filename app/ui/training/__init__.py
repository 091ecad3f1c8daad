"""Screens of training: what is required, who has it, the rules that assign, and assigning by hand."""

from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.legacy_screen import SPEC as LEGACY
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.rules_screen import SPEC as RULES

SCREENS = (ASSIGN, ASSIGNMENTS, REQUIREMENTS, RULES, LEGACY)
