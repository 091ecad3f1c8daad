"""Screens of running the site."""

from app.ui.operations.backups_screen import SPEC as BACKUPS
from app.ui.operations.system_screen import SPEC as SYSTEM

SCREENS = (BACKUPS, SYSTEM)
