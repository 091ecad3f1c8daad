"""Screens of training: what is required, who has it, the rules that assign, assigning by hand, May I?"""

from app.ui.training.assign_screen import SPEC as ASSIGN
from app.ui.training.assignments_screen import SPEC as ASSIGNMENTS
from app.ui.training.may_board import Asking, MayBoard
from app.ui.training.may_screen import SPEC as MAY_I
from app.ui.training.outbox_screen import SPEC as OUTBOX
from app.ui.training.reminders_screen import SPEC as REMINDERS
from app.ui.training.requirements_screen import SPEC as REQUIREMENTS
from app.ui.training.rules_screen import SPEC as RULES
from app.ui.training.tasks_screen import SPEC as TASKS

__all__ = ["SCREENS", "Asking", "MayBoard"]

SCREENS = (MAY_I, ASSIGN, ASSIGNMENTS, REMINDERS, REQUIREMENTS, RULES, TASKS, OUTBOX)
