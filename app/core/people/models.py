"""Tables of people: organisation, persons, where they belong, and the files that tell of them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.folding import fold
from app.core.storage.tables import (
    NAMES,
    PERSONAL,
    Derived,
    DoneBy,
    Fact,
    Local,
    Personal,
    Record,
    Scope,
    Spoken,
)


class PersonKind(StrEnum):
    """How somebody belongs to the site."""

    EMPLOYEE = "employee"
    CONTRACTOR = "contractor"
    APPRENTICE = "apprentice"
    VISITOR = "visitor"


class Reads(StrEnum):
    """Whether somebody reads what they learn by themselves."""

    ALONE = "alone"
    ALONG = "along"
    """They need somebody to read along: what is to be read is read to them."""


WITH_GATE_PASS = frozenset({PersonKind.CONTRACTOR, PersonKind.APPRENTICE, PersonKind.VISITOR})
"""Kinds of people whom a gate pass lets in; of an employee, one from before is not looked at."""


class Verdict(StrEnum):
    """What somebody decided about two people who looked alike."""

    SAME = "same"
    """They are one person: the records of both stand under the one who stays."""
    APART = "apart"
    """They are two, and are not proposed again."""
    UNDONE = "undone"
    """They had been taken for one, and are two."""


class WatchedState(StrEnum):
    """What became of a file in the watched folder."""

    WAITING = "waiting"
    """Somebody is to look at what it would do."""
    SAME = "same"
    """Everything is as it says."""
    APPLIED = "applied"
    STRANGE = "strange"
    """No saved mapping is like it."""
    REFUSED = "refused"
    """It cannot be read."""
    DISMISSED = "dismissed"


class OrgUnitRow(Record):
    """A place in the organisation's tree: plant, department, line."""

    __tablename__ = "org_unit"
    __table_args__ = (sa.UniqueConstraint("site_id", "code"),)
    table_scope = Scope.IDENTITY
    spoken = Spoken({}, home="site_id")

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose it is; None in records of an earlier program."""
    code: Mapped[str] = mapped_column(index=True)
    """The site's own: another may have the same."""
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("org_unit.id"), index=True)
    closed_on: Mapped[date | None] = mapped_column(Day)


class JobRoleRow(Record):
    """What somebody does there."""

    __tablename__ = "job_role"
    __table_args__ = (sa.UniqueConstraint("site_id", "code"),)
    table_scope = Scope.IDENTITY

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose it is; None in records of an earlier program."""
    code: Mapped[str] = mapped_column(index=True)
    """The site's own: another may have the same."""
    title: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(Day)


def search_text(number: str, name: str, name_local: str, former_numbers: str = "") -> str:
    """Return what the list's search looks in."""
    former = f" {former_numbers}" if former_numbers else ""
    return fold(f"{number} {name} {name_local}{former}")


class PersonRow(Record):
    """Somebody whose training is recorded. Never deleted; a leaver has `left_on`."""

    __tablename__ = "person"
    __table_args__ = (
        sa.Index(
            "ix_person_gate_pass_until",
            "gate_pass_until",
            sqlite_where=sa.text("gate_pass_until IS NOT NULL"),
            postgresql_where=sa.text("gate_pass_until IS NOT NULL"),
        ),
        sa.Index(
            "ix_person_former_numbers",
            "former_numbers",
            sqlite_where=sa.text("former_numbers <> ''"),
            postgresql_where=sa.text("former_numbers <> ''"),
        ),
    )
    table_scope = Scope.IDENTITY
    spoken = Spoken({"merged_as_id": "person"}, home="home_site_id")
    follows = frozenset({"search_text"})

    number: Mapped[str] = mapped_column(index=True, info={PERSONAL: Personal("id", "P-{code}")})
    """Employee number, in capitals: the key that files and badges know.

    One person has it as far as this PC knew; another PC may have given it to somebody else.
    """
    former_numbers: Mapped[str] = mapped_column(default="", info={PERSONAL: Personal("id", "")})
    """Numbers they had before, a line for each: they go on meaning them."""
    name: Mapped[str] = mapped_column(info={PERSONAL: Personal("id", "Person {code}")})
    """In Latin letters."""
    name_local: Mapped[str] = mapped_column(default="", info={PERSONAL: Personal("id", "")})
    """In the person's own script; printed on certificates when given."""
    search_text: Mapped[str] = mapped_column(
        default="", info={PERSONAL: Personal("id", "P-{code} Person {code} ", folded=True)}
    )
    """Number and both names, case-folded: what the list's search looks in."""
    kind: Mapped[PersonKind] = mapped_column(Word(PersonKind), default=PersonKind.EMPLOYEE)
    language: Mapped[str] = mapped_column(default="en")
    reads: Mapped[str] = mapped_column(
        default=Reads.ALONE.value, info={PERSONAL: Personal("id", Reads.ALONE.value)}
    )
    """As a value of `Reads`."""
    email: Mapped[str] = mapped_column(default="", info={PERSONAL: Personal("id", "")})
    contact: Mapped[str] = mapped_column(default="", info={PERSONAL: Personal("id", "")})
    """Of a visitor: a telephone number, or the paper that was shown at the gate; "" where nobody asked."""
    joined_on: Mapped[date | None] = mapped_column(Day)
    left_on: Mapped[date | None] = mapped_column(Day)
    """First day on which the person no longer belongs here."""
    location: Mapped[str] = mapped_column(default="")
    """Building or plot where they work; "" where nobody said."""
    shift: Mapped[str] = mapped_column(default="")
    agency: Mapped[str] = mapped_column(default="")
    """The firm that sends a contractor."""
    gate_pass: Mapped[str] = mapped_column(default="", info={PERSONAL: Personal("id", "")})
    """Its number; "" where none is noted."""
    gate_pass_until: Mapped[date | None] = mapped_column(Day)
    """Last day on which it is valid; None where none was said."""
    home_site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """The site that has them: where they were entered, or for which HQ entered them (ADR 22)."""
    merged_as_id: Mapped[UUID | None] = mapped_column(Id, unique=True, info={NAMES: "person"})
    """Who stays among those who were found to be one person; that one has their own id here (ADR 23)."""

    @override
    def followed(self) -> Mapping[str, object]:
        former = self.former_numbers
        return {"search_text": search_text(self.number, self.name, self.name_local, former)}


class PersonDecisionRow(DoneBy, Fact):
    """Somebody decided whether two people are one. Names both as they were known then.

    `merged_as_id` of a person says how it stands; this says who decided so, when and why.
    """

    __tablename__ = "person_decision"
    table_scope = Scope.IDENTITY

    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    stays_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "person"})
    other_id: Mapped[UUID] = mapped_column(Id, index=True, info={NAMES: "person"})
    reason: Mapped[str]


class PlacementRow(Record):
    """Where somebody belongs and what they do there: from a day up to, but not on, a day.

    A leaver's last placement stays open: it says where they were. Who is there now is also not left.
    """

    __tablename__ = "placement"
    table_scope = Scope.IDENTITY
    spoken = Spoken({"person_id": "person"}, void=("to_on", "from_on"))

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    org_unit_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("org_unit.id"), index=True)
    job_role_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("job_role.id"), index=True)
    manager_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"))
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)


class FurtherRoleRow(Record):
    """What somebody does beside the job role of their placement: from a day up to, but not on, a day.

    Two PCs may each give the same one: it is held while either says so. A leaver's stays open, as
    their placement does.
    """

    __tablename__ = "person_job_role"
    table_scope = Scope.IDENTITY

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    job_role_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("job_role.id"), index=True)
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)


class HrMappingRow(Record):
    """How the files of one HR system are read (imports.mapping.HrMapping), under its name.

    Several PCs may have kept one under one name: the newest is used.
    """

    __tablename__ = "hr_mapping"
    table_scope = Scope.IDENTITY

    name: Mapped[str] = mapped_column(index=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody said that it is used no longer."""


class ImportRunRow(Fact):
    """An HR file that was applied: which, how it was read, and how many people it touched."""

    __tablename__ = "import_run"
    table_scope = Scope.IDENTITY

    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[UUID | None] = mapped_column(Id)
    mapping: Mapped[str]
    """Its name; "" where the columns were guessed."""
    fields: Mapped[list[str]] = mapped_column(Json)
    """What was taken of people."""
    owns: Mapped[bool]
    """Whether the next file overwrites what is changed in these fields by hand."""
    coverage: Mapped[str]
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Name, SHA-256, size and encoding of each; never what was in them."""
    private: Mapped[list[str]] = mapped_column(Json)
    """Headings of the columns that were dropped."""
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    fixes: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """Cells that were mended before it was applied: part, line, field and text."""
    typed: Mapped[int | None]
    """The number that somebody typed because so many people were changed."""


class WatchedFileRow(Local):
    """A file of the watched folder that was looked at: known again by its hash, never moved."""

    __tablename__ = "watched_file"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    state: Mapped[WatchedState] = mapped_column(Word(WatchedState))
    seen_at: Mapped[datetime] = mapped_column(Instant)
    mapping: Mapped[str] = mapped_column(default="")
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    words: Mapped[str] = mapped_column(default="")
    """Why nothing waits, where the file could not be looked at."""


class OrgUnitReachRow(Derived):
    """Every org unit with every unit it lies under, itself included: the tree, flattened for SQL."""

    __tablename__ = "org_unit_reach"

    above_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    below_id: Mapped[UUID] = mapped_column(Id, primary_key=True, index=True)


class PersonListingRow(Derived):
    """One person as the list shows, searches and sorts them: narrow, so that reading all is quick.

    Clustered by number, the list's own order; refreshed with every change of what it repeats.
    """

    __tablename__ = "person_listing"
    __table_args__ = (
        # For counting: every filter in a third of the bytes. It begins with the number, so that no
        # page is read through it, which would fetch each row from somewhere else.
        sa.Index(
            "ix_person_listing_filters", "number", "left_on", "org_unit_id", "job_role_id", "kind"
        ),
        {"sqlite_with_rowid": False},
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True, unique=True)
    name: Mapped[str]
    search_text: Mapped[str]
    kind: Mapped[PersonKind] = mapped_column(Word(PersonKind))
    left_on: Mapped[date | None] = mapped_column(Day)
    org_unit_id: Mapped[UUID | None] = mapped_column(Id)
    org_unit: Mapped[str]
    job_role_id: Mapped[UUID | None] = mapped_column(Id)
    job_role: Mapped[str]
    location_word: Mapped[str] = mapped_column(default="")
    shift_word: Mapped[str] = mapped_column(default="")
    agency_word: Mapped[str] = mapped_column(default="")
    """What is written of them, as words: rules and filters mean it however it is spelt (ADR 88)."""
