"""The unit of work: ordinary ORM work that becomes one journal entry per scope, in one commit.

Changes are read off the session after each flush, when column defaults are known. Facts may also
be inserted in bulk. What SQL does behind the session's back would escape the journal, so bulk
updates and deletes of journalled tables are refused here, and by triggers below.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import History
from typing_extensions import override

from app.core.journal.changes import Change, Edit, Edited
from app.core.journal.held import is_any_held, refuse_held
from app.core.journal.projection.local import edit_anywhere, erase, keep_edit
from app.core.journal.projection.registers import pack_versions, unpack_versions
from app.core.journal.shapes import shape_of
from app.core.journal.stamps import version_of
from app.core.journal.undecided import refuse_undecided
from app.core.storage.columns import Wire, to_wire
from app.core.storage.freeing import erasing_thoroughly
from app.core.storage.prepared import Hand, Prepared
from app.core.storage.tables import Base, Fact, Kind, Local, Record, Scope


class Unit(Session):
    """A session whose changes are collected for the journal. Made by `Site.transaction` alone."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__(connection, expire_on_commit=False)
        self.outer = connection
        self.hand = Hand(connection)
        self.moment: datetime
        """When it began, which its entries say."""
        self.was_used = False
        """Whether it did work as a session: prepared statements leave nothing loaded or begun."""

    def begin_with(self, moment: datetime, stamp: int, station: bytes, by: UUID | None) -> None:
        """Have collected nothing yet, of a station's transaction that writes under this stamp."""
        self.moment = moment
        self.by = by
        """The account of whoever acts; None for the program."""
        self._stamp = stamp
        self._station = station
        self.changes: dict[Scope, list[Change]] = {}
        self.topics: set[str] = set()
        self.decided: tuple[UUID, str] | None = None
        """The row and the column that were decided last."""
        self._is_any_held: bool | None = None

    @property
    def version(self) -> bytes:
        """Return the version that the transaction gives to what it writes."""
        return version_of(self._stamp, self._station)

    @override
    def close(self) -> None:
        """Let go of what was loaded, if anything was."""
        if self.was_used:
            super().close()

    @override
    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what waits; nothing does in a session that has not begun: adding or changing begins it."""
        if self.was_used:
            super().flush(objects)

    def insert_many(self, model: type[Base], rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert rows of one table at once; return how many. Ids are made where none is given."""
        given = list(rows)
        if not given:
            return 0
        if self.was_used:
            self.flush()
        shape = shape_of(model)
        self.topics.add(shape.table)
        insertion = shape.insertion(tuple(given[0]))
        versions = (pack_versions({"": self.version}),) if shape.kind is Kind.RECORD else ()
        changes = insertion.run(self.outer, self.hand, given, *versions)
        if shape.scope is not None:
            self.changes.setdefault(shape.scope, []).extend(changes)
        return len(given)

    def insert_wires(
        self, model: type[Local], columns: tuple[str, ...], rows: Sequence[tuple[Wire, ...]]
    ) -> None:
        """Insert rows of a table of this PC only: the wire forms of their values for `columns`, in order."""
        if not rows:
            return
        if self.was_used:
            self.flush()
        shape = shape_of(model)
        self.topics.add(shape.table)
        shape.insert(columns).run_many_in_order(self.outer, rows)

    def run(self, statement: Prepared, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Run a prepared statement; return its rows as the driver gives them.

        The journal does not hear of it: for reads, and for tables of this PC only.
        """
        return statement.run_by(self.hand, values)

    def refuse_held(self, model: type[Base], key: UUID) -> None:
        """Raise MadeByNewer for a row in which a newer program wrote what this one would break."""
        if self._is_any_held is None:
            self._is_any_held = is_any_held(self.hand)
        if self._is_any_held:
            refuse_held(self.hand, shape_of(model).table, key)

    def decide(self, row: Record, column: str, value: Any) -> None:
        """Give a column a value for good: it supersedes every one that stands, that shown one too."""
        self.refuse_held(type(row), row.id)
        self.decided = row.id, column
        if getattr(row, column) != value:
            setattr(row, column, value)
            self.flush()
            return
        shape = shape_of(type(row))
        versions = unpack_versions(row.row_versions)
        wire = to_wire(shape.journalled[column], value)
        superseded = versions.get(column, versions[""])
        versions[column] = self.version
        row.row_versions = pack_versions(versions)
        self.flush()
        edited = Edited(shape.table, row.id, {column: Edit(superseded, wire, wire)})
        _note(self, row, edited)
        keep_edit(self.outer, shape, edited)

    def edit_anywhere(
        self, model: type[Record], key: UUID, values: Mapping[str, Any]
    ) -> Mapping[str, set[UUID]]:
        """Edit a row that may stand aside, or may from now on: which is shown follows from the edit.

        It supersedes every value that stands. Return the rows that changed with it, by table: for
        whoever keeps what is derived. Raises LookupError for a row that never came, and MadeByNewer.
        """
        self.refuse_held(model, key)
        self.flush()
        shape = shape_of(model)
        edited, touched = edit_anywhere(self.outer, shape, self.version, key, shape.wires(values))
        self.expire_all()
        self.topics.update(touched)
        if shape.scope is not None:
            self.changes.setdefault(shape.scope, []).append(edited)
        return touched

    def erase(self, row: Fact) -> Mapping[str, set[UUID]]:
        """Write that somebody is erased, and destroy what this database has of them that is personal.

        Return the rows that changed with it, by table: for whoever keeps what is derived.
        """
        self.add(row)
        self.flush()
        with erasing_thoroughly(self.outer):
            touched = erase(self.outer, {shape_of(type(row)).table: [row.id.bytes]})
        self.expire_all()
        self.topics.update(touched)
        return touched

    def take_turn(self, what: str, which: UUID | None = None) -> None:
        """Let no other station change `what` before this unit ends; wait for one that does.

        What is read after this is what they left. A file's write lock sees to it by itself; on a
        server every station has a lock of its own.
        """
        if self.outer.dialect.name == "postgresql":
            named = what if which is None else f"{what} {which}"
            self.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(named))))


@event.listens_for(Unit, "after_transaction_create")
def _tell_connection(unit: Unit, _transaction: object) -> None:
    """Let a session that begins to work find the transaction begun: it then leaves ending it to us."""
    unit.was_used = True
    if not unit.outer.in_transaction():
        unit.outer.begin()


@event.listens_for(Unit, "before_flush")
def _stamp_versions(unit: Unit, _context: object, _instances: object) -> None:
    for row in unit.new:
        if isinstance(row, Record):
            row.row_versions = pack_versions({"": unit.version})
    for row in unit.dirty:
        if isinstance(row, Fact):
            raise TypeError(f"{type(row).__name__} is a fact and is never changed")
        if isinstance(row, Record) and (changed := _changed(row)):
            unit.refuse_held(type(row), row.id)
            versions = unpack_versions(row.row_versions)
            refuse_undecided(unit, row, versions, changed, unit.decided)
            versions.update(dict.fromkeys(changed, unit.version))
            row.row_versions = pack_versions(versions)
    for row in unit.deleted:
        if isinstance(row, (Fact, Record)):
            raise TypeError(f"{type(row).__name__} rows are never deleted")


@event.listens_for(Unit, "after_flush")
def _collect(unit: Unit, _context: object) -> None:
    changed: tuple[Base, ...] = (*unit.new, *unit.dirty, *unit.deleted)
    for row in changed:
        unit.topics.add(shape_of(type(row)).table)
    for row in unit.new:
        if isinstance(row, (Fact, Record)):
            shape = shape_of(type(row))
            wires = shape.wires({name: getattr(row, name) for name in shape.journalled})
            _note(unit, row, shape.inserted(row.id, wires))
    for row in unit.dirty:
        if isinstance(row, Record):
            edited = _edited(row)
            _note(unit, row, edited)
            if edited is not None:
                unit.topics.update(keep_edit(unit.outer, shape_of(type(row)), edited))


def _note(unit: Unit, row: Fact | Record, change: Change | None) -> None:
    scope = row.goes_with if isinstance(row, Fact) else row.table_scope
    if scope is not None and change is not None:
        unit.changes.setdefault(scope, []).append(change)


def _edited(row: Record) -> Edited | None:
    shape = shape_of(type(row))
    columns = shape.journalled
    known = _history(row, "row_versions").deleted or [row.row_versions]
    before = unpack_versions(known[0])
    edits = {
        name: Edit(
            superseded=before.get(name, before[""]),
            old=to_wire(columns[name], next(iter(_history(row, name).deleted), None)),
            new=to_wire(columns[name], getattr(row, name)),
        )
        for name in _changed(row)
    }
    return Edited(shape.table, row.id, edits) if edits else None


def _changed(row: Record) -> list[str]:
    state = sa.inspect(row)
    touched, attributes = state.committed_state, state.attrs
    journalled = shape_of(type(row)).journalled
    return [n for n in journalled if n in touched and attributes[n].history.has_changes()]


def _history(row: Base, name: str) -> History:
    return sa.inspect(row).attrs[name].history


@event.listens_for(Unit, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and mapper.class_.table_scope is not None:
        raise TypeError(f"a bulk change of {mapper.class_.__name__} would escape the journal")
