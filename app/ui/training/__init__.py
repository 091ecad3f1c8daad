"""Screens of training: requirements, assignments, rules, sessions with their rolls, drills."""

from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.drill_screen import SPEC as DRILL
from app.ui.training.drills_screen import SPEC as DRILLS
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.rules_screen import SPEC as RULES
from app.ui.training.session_screen import SPEC as SESSION
from app.ui.training.sessions_screen import SPEC as SESSIONS

SCREENS = (ASSIGN, ASSIGNMENTS, REQUIREMENTS, RULES, SESSIONS, SESSION, DRILLS, DRILL)
