"""Screens of other PCs and sites: whose keys are known."""

from app.ui.sync.keys_screen import SPEC as KEYS

SCREENS = (KEYS,)
