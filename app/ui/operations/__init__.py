"""Screens of running the site."""

from app.ui.operations.backups_screen import SPEC as BACKUPS
from app.ui.operations.system_screen import SPEC as SYSTEM
from app.ui.operations.ways_screen import SPEC as WAYS

SCREENS = (WAYS, BACKUPS, SYSTEM)
