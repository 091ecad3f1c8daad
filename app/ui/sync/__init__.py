"""Screens of other PCs and sites: how sync stands, files out and in, conflicts, whose keys are known."""

from app.ui.sync.conflicts_screen import SPEC as CONFLICTS
from app.ui.sync.keys_screen import SPEC as KEYS
from app.ui.sync.sync_screen import SPEC as SYNC
from app.ui.sync.take_screen import SPEC as TAKE
from app.ui.sync.write_screen import SPEC as WRITE

SCREENS = (SYNC, WRITE, TAKE, CONFLICTS, KEYS)
