"""Screens of training: assign."""

from app.ui.training.assign_screen import SPEC as ASSIGN

SCREENS = (ASSIGN,)
