"""What a column of an HR file may hold, and the names that HR systems give such columns.

Presets are an order in which names are guessed. Customers rename fields, so names are compared without
regard to case and punctuation, and what is nearly one of them is taken for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.base.words import mark


class Field(StrEnum):
    """What a column may hold."""

    NUMBER = "number"
    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    NAME_LOCAL = "name_local"
    ORG_UNIT = "org_unit"
    JOB_ROLE = "job_role"
    FURTHER_ROLES = "further_roles"
    """What they do beside their job role, several with commas or semicolons between them."""
    MOVED = "moved_on"
    """From when on they belong where the file says, do that and have that manager."""
    JOINED = "joined_on"
    LEFT = "left_on"
    """The first day without them."""
    LAST_DAY = "last_day"
    """The last day they work: they are gone from the next."""
    STATUS = "status"
    """Whether somebody is still here, in the words of the HR system."""
    LANGUAGE = "language"
    READS = "reads"
    """Whether they read alone, or need somebody to read along."""
    KIND = "kind"
    MANAGER = "manager"
    MANAGER_EMAIL = "manager_email"
    BADGE = "badge"
    EMAIL = "email"
    LOCATION = "location"
    SHIFT = "shift"
    AGENCY = "agency"
    """Whose a contractor is."""
    GATE_PASS = "gate_pass"  # noqa: S105  a paper, not a secret
    GATE_PASS_UNTIL = "gate_pass_until"  # noqa: S105
    CATEGORY = "category"
    """Of lists with one line for each thing said of somebody (greytHR): what it says."""
    CATEGORY_VALUE = "category_value"
    CATEGORY_FROM = "category_from"
    CATEGORY_TO = "category_to"


FIELD_TITLES: Mapping[Field, str] = {
    Field.NUMBER: mark("Employee number"),
    Field.NAME: mark("Name"),
    Field.FIRST_NAME: mark("First name"),
    Field.MIDDLE_NAME: mark("Middle name"),
    Field.LAST_NAME: mark("Last name"),
    Field.NAME_LOCAL: mark("Name in own script"),
    Field.ORG_UNIT: mark("Department"),
    Field.JOB_ROLE: mark("Job role"),
    Field.FURTHER_ROLES: mark("Further job roles"),
    Field.MOVED: mark("Belongs there from"),
    Field.JOINED: mark("Joined on"),
    Field.LEFT: mark("First day without them"),
    Field.LAST_DAY: mark("Last day of work"),
    Field.STATUS: mark("Whether still here"),
    Field.LANGUAGE: mark("Language"),
    Field.READS: mark("Reading"),
    Field.KIND: mark("Kind"),
    Field.MANAGER: mark("Manager"),
    Field.MANAGER_EMAIL: mark("Manager's e-mail"),
    Field.BADGE: mark("Badge"),
    Field.EMAIL: mark("E-mail"),
    Field.LOCATION: mark("Location"),
    Field.SHIFT: mark("Shift"),
    Field.AGENCY: mark("Agency"),
    Field.GATE_PASS: mark("Gate pass"),
    Field.GATE_PASS_UNTIL: mark("Gate pass valid till"),
    Field.CATEGORY: mark("What the line says"),
    Field.CATEGORY_VALUE: mark("What it says of it"),
    Field.CATEGORY_FROM: mark("Says so from"),
    Field.CATEGORY_TO: mark("Says so until"),
}
"""Marked words for each field, in the order in which they are offered."""

DAYS = frozenset(
    {
        *(Field.MOVED, Field.JOINED, Field.LEFT, Field.LAST_DAY, Field.GATE_PASS_UNTIL),
        *(Field.CATEGORY_FROM, Field.CATEGORY_TO),
    }
)
"""Fields that hold days."""
LEAVING = frozenset({Field.LEFT, Field.LAST_DAY})
"""Fields that say when somebody leaves."""
KEPT_AS: Mapping[Field, Field] = {Field.LAST_DAY: Field.LEFT}
"""Fields that say in another way what a person has one field for."""
WORDED = frozenset({Field.KIND, Field.LANGUAGE, Field.STATUS})
"""Fields of which only some words are understood: a mapping may tell more."""


@dataclass(frozen=True, slots=True)
class Preset:
    """How one HR system names its columns; names it does not list are guessed as by `auto`."""

    name: str
    title: str
    columns: Mapping[Field, tuple[str, ...]]
    completion: tuple[str, str, str, str, str, str] = (
        "Employee Number", "Employee Name", "Course", "Completed On", "Score", "Certificate Number",
    )  # fmt: skip
    """What it calls number, name, course, day, score and certificate, for what goes back to it."""


COMMON: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "employee no", "employee number", "employee code", "employee id", "emp no", "emp number",
        "emp code", "emp id", "empl no", "staff no", "staff number", "staff id", "person number",
        "personnel no", "token no", "ticket no", "number", "username",
    ),
    Field.NAME: ("full name", "display name", "employee name", "emp name", "person name", "name"),
    Field.FIRST_NAME: ("first name", "given name"),
    Field.MIDDLE_NAME: ("middle name",),
    Field.LAST_NAME: ("last name", "surname", "family name"),
    Field.NAME_LOCAL: ("name local", "local name", "name in local language", "name in own script"),
    Field.ORG_UNIT: ("department", "department name", "dept", "dept name", "org unit", "section"),
    Field.JOB_ROLE: (
        "job role", "job title", "designation", "designation name", "role", "position", "trade",
    ),
    Field.FURTHER_ROLES: (
        "further job roles", "further job role", "further roles", "secondary job title",
        "secondary job titles", "secondary designation", "additional job roles", "additional roles",
    ),
    Field.MOVED: (
        "with effect from", "w e f", "transfer date", "date of transfer", "transferred on", "moved on",
        "transfer effective date", "transfer with effect from",
    ),
    Field.JOINED: (
        "joined", "joined on", "date of joining", "joining date", "date joined", "join date", "doj",
        "date of join", "hire date",
    ),
    Field.LEFT: ("left", "left on", "first day without them", "gone from"),
    Field.LAST_DAY: (
        "last working day", "last working date", "last day of work", "last day worked", "last day", "lwd",
        "relieving date", "date of relieving", "exit date", "date of exit", "leaving date",
        "date of leaving", "separation date", "date of separation",
    ),
    Field.STATUS: (
        "employee status", "employment status", "emp status", "status", "working status",
    ),
    Field.READS: ("reading", "reads", "literacy", "reading help"),
    Field.LANGUAGE: ("language", "preferred language", "mother tongue", "lang"),
    Field.KIND: (
        "kind", "employee type", "employment type", "worker type", "emp type", "person type",
    ),
    Field.MANAGER: (
        "manager", "manager no", "manager number", "manager employee no", "manager code",
        "manager id", "reporting manager", "reporting to", "reports to", "supervisor",
        "reporting manager employee number", "direct manager employee id",
    ),
    Field.MANAGER_EMAIL: (
        "manager email", "reporting manager email", "direct manager email", "reporting to mail id",
    ),
    Field.BADGE: ("badge", "badge no", "badge number", "card no", "card number", "rfid"),
    Field.EMAIL: (
        "email", "email id", "e mail", "mail", "work email", "official email", "email address",
    ),
    Field.LOCATION: (
        "location", "location name", "work location", "office location", "base office location", "site",
        "plant",
    ),
    Field.SHIFT: ("shift", "shift type", "shift name", "shift code"),
    Field.AGENCY: ("agency", "agency name", "contractor name", "vendor", "vendor name"),
    Field.GATE_PASS: ("gate pass", "gate pass no", "gate pass number", "gatepass", "gatepass no"),
    Field.GATE_PASS_UNTIL: (
        "gate pass valid till", "gate pass valid until", "gate pass valid upto", "gate pass validity",
        "gate pass expiry", "gate pass expiry date", "gatepass valid till",
    ),
    Field.CATEGORY: ("category desc", "category description", "category"),
    Field.CATEGORY_VALUE: ("value desc", "value description", "category value"),
    Field.CATEGORY_FROM: ("effective from", "effective date"),
    Field.CATEGORY_TO: ("effective to",),
}  # fmt: skip

AUTO = Preset("auto", mark("Find out"), {})
PRESETS = (
    AUTO,
    Preset(
        "keka",
        "Keka",
        {Field.NAME: ("display name",), Field.KIND: ("worker type",), Field.SHIFT: ("shift type",)},
        ("Employee Number", "Employee Name", "Training Name", "Completion Date", "Score", "Certificate No"),
    ),
    Preset(
        "darwinbox",
        "Darwinbox",
        {
            Field.MANAGER: ("direct manager employee id",),
            Field.MANAGER_EMAIL: ("direct manager email",),
            Field.EMAIL: ("company email id",),
            Field.LOCATION: ("office location", "base office location"),
        },
        ("employee_id", "full_name", "course_name", "completion_date", "score", "certificate_id"),
    ),
    Preset(
        "greythr",
        "greytHR",
        {Field.NUMBER: ("employee no",), Field.JOINED: ("date of join",), Field.STATUS: ("leftorg",)},
        ("employeeNo", "name", "trainingName", "completedOn", "score", "certificateNo"),
    ),
    Preset(
        "zoho",
        "Zoho People",
        {
            Field.NUMBER: ("employee id",),
            Field.MANAGER: ("reporting to",),
            Field.MANAGER_EMAIL: ("reporting to mail id",),
            Field.LOCATION: ("location name", "work location"),
            Field.STATUS: ("employeestatus", "employee status"),
        },
        ("EmployeeID", "Employee_Name", "Course_Name", "Completion_Date", "Score", "Certificate_Number"),
    ),
)  # fmt: skip
"""What `people import --preset` and the import screen offer."""
