"""The journal as an auditor reads it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.journal import Site, is_regulated
from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.models import PersonRow
from app.core.reports import AuditEntry, AuditSearch, Reports
from app.core.reports.audit_columns import COLUMNS
from app.core.reports.audit_tables import TABLES
from app.core.reports.audit_values import VALUES
from app.core.reports.audit_words import value_in_words
from app.core.storage.columns import Word
from app.core.storage.tables import Scope, journalled_models, table_of
from tests.core.reports.conftest import SYSTEM, head_of, nobody
from tests.support.clock import TurnedClock
from tests.support.plant import Plant

TODAY = date(2026, 11, 23)


@pytest.fixture
def meera(site: Site, plant: Plant) -> Actor:
    """An administrator with an account."""
    with site.transaction(SYSTEM, "account.add") as unit:
        account = AccountRow(login="meera", person_id=plant.people[0])
        unit.add(account)
    return Actor(
        account_id=account.id, person_id=plant.people[0], name="Meera", grants=SYSTEM.grants
    )


@pytest.fixture
def renamed(site: Site, plant: Plant, meera: Actor, clock: TurnedClock) -> UUID:
    """A person whose name Meera corrected the next day."""
    clock.turn(timedelta(days=1))
    with site.transaction(meera, "person.edit", reason="Marriage, 10% form") as unit:
        row = unit.get_one(PersonRow, plant.people[2])
        row.name, row.left_on = "Farida Khan", TODAY
    return plant.people[2]


def only(reports: Reports, search: AuditSearch) -> AuditEntry:
    page = reports.audit.page(SYSTEM, search)
    assert page.total == 1
    return page.rows[0]


@pytest.mark.usefixtures("renamed")
def test_changes_are_told_in_words(reports: Reports) -> None:
    entry = only(reports, AuditSearch(action="person.edit"))

    assert (entry.actor, entry.login) == ("Asha Kulkarni", "meera")
    assert (entry.action_title, entry.reason) == ("Person edited", "Marriage, 10% form")
    (change,) = entry.changes
    assert (change.title, change.is_new) == ("Person", False)
    told = {column.title: (column.old, column.new) for column in change.columns}
    assert told == {"Name": ("Farida Sheikh", "Farida Khan"), "Left": ("", "23 Nov 2026")}


def test_entries_are_found(reports: Reports, renamed: UUID, meera: Actor) -> None:
    edit = only(reports, AuditSearch(action="person.edit"))
    for search in (
        AuditSearch(text="10% marriage"),
        AuditSearch(text="meera edit"),
        AuditSearch(text="edited"),
        AuditSearch(account_id=meera.account_id),
        AuditSearch(first_day=TODAY + timedelta(days=1)),
        AuditSearch(first_day=TODAY + timedelta(days=1), last_day=TODAY + timedelta(days=1)),
    ):
        assert only(reports, search) == edit
    about = reports.audit.page(SYSTEM, AuditSearch(record=renamed))
    assert [entry.action for entry in about.rows] == ["person.edit", "plant.people"]
    assert reports.audit.page(SYSTEM, AuditSearch(last_day=TODAY - timedelta(days=1))).total == 0
    assert reports.audit.page(SYSTEM, AuditSearch(record=new_id())).total == 0
    assert reports.audit.page(SYSTEM, AuditSearch(text="100% sure")).total == 0


def test_stretches_make_the_whole_newest_first(reports: Reports, renamed: UUID) -> None:
    whole = reports.audit.page(SYSTEM)
    pieces = [
        reports.audit.page(SYSTEM, AuditSearch(offset=offset, limit=2))
        for offset in range(0, whole.total, 2)
    ]

    assert tuple(row for piece in pieces for row in piece.rows) == whole.rows
    assert {piece.total for piece in pieces} == {whole.total}
    assert whole.rows[0].action == "person.edit"
    assert [row.wall for row in whole.rows] == sorted(
        (row.wall for row in whole.rows), reverse=True
    )
    in_scope = reports.audit.page(SYSTEM, AuditSearch(scope=Scope.CATALOGUE))
    assert {row.scope for row in in_scope.rows} == {Scope.CATALOGUE}


def test_a_bulk_entry_shows_its_first_changes(reports: Reports, plant: Plant) -> None:
    entry = only(reports, AuditSearch(action="plant.people"))

    assert len(entry.changes) == 50
    assert entry.changes_total == 2 * len(plant.people)


def test_secrets_stay_hidden(site: Site, reports: Reports, meera: Actor) -> None:
    with site.transaction(meera, "account.pin") as unit:
        unit.add(
            CredentialRow(
                account_id=meera.account_id,
                kind=CredentialKind.PIN,
                secret="$argon2id$hash",
                set_at=site.clock.now(),
            )
        )

    entry = only(reports, AuditSearch(action="account.pin"))

    assert "argon2" not in repr(entry.changes)


def test_actions_are_counted(reports: Reports, renamed: UUID) -> None:
    counts = {one.action: one.count for one in reports.audit.actions(SYSTEM)}

    assert counts["plant.training"] == 4
    assert counts["person.edit"] == 1
    assert sum(counts.values()) == reports.audit.page(SYSTEM).total


def test_only_holders_of_the_capability_read(reports: Reports, plant: Plant) -> None:
    for actor in (nobody(), head_of(plant.top)):
        with pytest.raises(NotAllowed):
            reports.audit.page(actor)
        with pytest.raises(NotAllowed):
            reports.audit.actions(actor)
    auditor = head_of(plant.top, capability=Capability.VIEW_JOURNAL)
    assert reports.audit.page(auditor).total > 0


def test_the_dictionary_has_each_table_and_column_that_is_journalled_and_none_that_is_gone() -> (
    None
):
    tables = {table_of(model).name for model in journalled_models()}
    columns = {column.name for model in journalled_models() for column in table_of(model).columns}

    assert set(TABLES) == tables
    assert set(COLUMNS) == columns


def test_po_05_no_table_has_a_place_for_a_complaint() -> None:
    """What is said to an Internal Committee is confidential (POSH, s. 16): it cannot be kept here."""
    forbidden = ("complain", "harass", "grievance", "accused", "respondent", "misconduct", "victim")
    known = [table_of(model) for model in journalled_models()]
    named = [one.name for one in known] + [column.name for one in known for column in one.columns]

    assert len(named) > 500
    assert [name for name in named if any(word in name for word in forbidden)] == []


def test_what_rules_depend_on_is_read_in_words() -> None:
    """A decision of a conflict is signed over them."""
    kept = [
        (model.__tablename__, column.name, member)
        for model in journalled_models()
        for column in table_of(model).columns
        if isinstance(column.type, Word) and is_regulated(model, column.name)
        for member in column.type.kind
    ]
    assert kept
    for table, column, member in kept:
        words = value_in_words(table, column, member.value)
        assert words == VALUES[type(member)][member] != member.value
