"""Screens of people: list, one person, import."""

from app.ui.people.import_screen import SPEC as IMPORT
from app.ui.people.people_screen import SPEC as PEOPLE
from app.ui.people.person_screen import SPEC as PERSON

SCREENS = (PEOPLE, PERSON, IMPORT)
