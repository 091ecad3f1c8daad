"""Screens of people: list, one person, import, the organisation, shifts, auditors' visits, erasures."""

from app.ui.people.erasures_screen import SPEC as ERASURES
from app.ui.people.import_screen import SPEC as IMPORT
from app.ui.people.my_signature_screen import SPEC as MY_SIGNATURE
from app.ui.people.organisation_screen import SPEC as ORGANISATION
from app.ui.people.people_screen import SPEC as PEOPLE
from app.ui.people.person_screen import SPEC as PERSON
from app.ui.people.shifts_screen import SPEC as SHIFTS
from app.ui.people.twice_screen import SPEC as TWICE
from app.ui.people.visits_screen import SPEC as VISITS

SCREENS = (PEOPLE, PERSON, IMPORT, ORGANISATION, SHIFTS, VISITS, TWICE, MY_SIGNATURE, ERASURES)
