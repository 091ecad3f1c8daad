"""Screens of running the site."""

from app.ui.operations.system_screen import SPEC as SYSTEM

SCREENS = (SYSTEM,)
