"""Which fields of a person can have an owner, and who that may be."""

from enum import StrEnum

from app.core.base.words import mark


class OwnedField(StrEnum):
    """What is kept of a person and may belong to somebody alone."""

    NUMBER = "number"
    NAME = "name"
    NAME_LOCAL = "name_local"
    KIND = "kind"
    LANGUAGE = "language"
    READS = "reads"
    EMAIL = "email"
    JOINED = "joined_on"
    LEFT = "left_on"
    ORG_UNIT = "org_unit"
    JOB_ROLE = "job_role"
    MANAGER = "manager"
    LOCATION = "location"
    SHIFT = "shift"
    AGENCY = "agency"
    GATE_PASS = "gate_pass"  # noqa: S105  a paper, not a secret
    GATE_PASS_UNTIL = "gate_pass_until"  # noqa: S105
    BADGE = "badge"


OWNED_FIELDS = {
    OwnedField.NUMBER: mark("Employee number"),
    OwnedField.NAME: mark("Name"),
    OwnedField.NAME_LOCAL: mark("Name in own script"),
    OwnedField.KIND: mark("Kind"),
    OwnedField.LANGUAGE: mark("Language"),
    OwnedField.READS: mark("Reading"),
    OwnedField.EMAIL: mark("E-mail"),
    OwnedField.JOINED: mark("Joined on"),
    OwnedField.LEFT: mark("Left on"),
    OwnedField.ORG_UNIT: mark("Department"),
    OwnedField.JOB_ROLE: mark("Job role"),
    OwnedField.MANAGER: mark("Manager"),
    OwnedField.LOCATION: mark("Location"),
    OwnedField.SHIFT: mark("Shift"),
    OwnedField.AGENCY: mark("Agency"),
    OwnedField.GATE_PASS: mark("Gate pass"),
    OwnedField.GATE_PASS_UNTIL: mark("Gate pass valid till"),
    OwnedField.BADGE: mark("Badge"),
}
"""Marked words for each, in the order in which they are shown."""


class FieldOwner(StrEnum):
    """Who changes a field of somebody who is on record."""

    ANYBODY = "anybody"
    """Whoever was last: as where nobody said anything."""
    HR_FILE = "hr_file"
    HEADQUARTERS = "headquarters"
    PLANT = "plant"
    """The site that has the person."""


FIELD_OWNERS = {
    FieldOwner.ANYBODY: mark("Whoever was last"),
    FieldOwner.HR_FILE: mark("HR file"),
    FieldOwner.HEADQUARTERS: mark("Headquarters"),
    FieldOwner.PLANT: mark("Plant"),
}
"""Marked words for each."""
