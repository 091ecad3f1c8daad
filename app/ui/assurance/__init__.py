"""Screens that keep the program itself under control."""

from app.ui.assurance.qualification_screen import SPEC as QUALIFICATION
from app.ui.assurance.reviews_screen import SPEC as REVIEWS

SCREENS = (REVIEWS, QUALIFICATION)
