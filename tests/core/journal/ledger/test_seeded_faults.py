"""Faults put into the ledger from outside: the histories find each of them, and nothing without one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from sqlalchemy.exc import SQLAlchemyError

from app.core.journal.entries import EntryWire
from app.core.journal.ledger import giving
from app.core.journal.ledger.logs import StoredLog
from app.core.journal.ledger.taking import Outcome, Taken, Taking, chain
from app.core.journal.ledger.vectors import Segment, Vector
from app.core.journal.personal import keyring
from app.core.journal.projection import Projection
from app.core.journal.projection.erasing import Erasing
from tests.core.journal.ledger.test_histories import play, shelf, steps
from tests.support.ledger_histories import Shelf, Step

__all__ = ["shelf"]  # the fixture

Fault = Callable[[pytest.MonkeyPatch], None]
TWINS: list[Step] = [
    ("add", 0, 0, 0),
    ("clone", 0, 0, 0),
    ("add", 0, 0, 1),
    ("add", 3, 0, 2),
    ("carry", 0, 1, 0),
    ("carry", 3, 1, 0),
]
"""What most faults of this kind come to: a folder was copied, and both copies write on."""
FOUND = (AssertionError, SQLAlchemyError, LookupError)


def believe_any_chain(patch: pytest.MonkeyPatch) -> None:
    """Take entries in as they come, whatever their head."""
    real = Taking.take

    def take(self: Taking, segment: Segment, entries: Sequence[EntryWire]) -> Taken:
        *_before, head = chain(segment, entries)
        return real(self, replace(segment, head=head), entries)

    patch.setattr(Taking, "take", take)


def ignore_the_other_way(patch: pytest.MonkeyPatch) -> None:
    """Insert or ignore: where two ways part, the one that comes second is dropped."""

    def store(self: Taking, log: StoredLog, *rest: Any) -> Taken:
        if log.branch:
            return Taken(outcome=Outcome.REPEATED, log=log)
        return real(self, log, *rest)

    real = Taking._store
    patch.setattr(Taking, "_store", store)


def count_by_number_alone(patch: pytest.MonkeyPatch) -> None:
    """Believe that whoever has entry 7 of a log has our entry 7."""

    def on_the_way(_connection: Any, log: StoredLog, known: Vector) -> int:
        return max((p.seq for p in known if p.log == log.name and p.seq <= log.last), default=0)

    patch.setattr(giving, "_on_the_way", on_the_way)


def give_one_too_few(patch: pytest.MonkeyPatch) -> None:
    """Take what a reader has for one more than it is."""
    real = giving._on_the_way
    patch.setattr(
        giving, "_on_the_way", lambda c, log, known: min(log.reach, real(c, log, known) + 1)
    )


def pass_over_what_waits(patch: pytest.MonkeyPatch) -> None:
    """Apply every second entry that came from elsewhere."""
    turn = [0]
    real = Projection.apply

    def apply(self: Projection, version: bytes, changes: Any) -> Any:
        turn[0] += 1
        return real(self, version, changes if turn[0] % 2 else [])

    patch.setattr(Projection, "apply", apply)


def stamp_by_the_wall_clock(patch: pytest.MonkeyPatch) -> None:
    """Stamp entries with the PC's clock alone."""
    from app.core.base.clock import to_microseconds
    from app.core.journal import transactions

    patch.setattr(
        transactions, "stamp_after", lambda _last, now: (to_microseconds(now) // 1000) << 16
    )


def drop_the_branch_of_a_branch(patch: pytest.MonkeyPatch) -> None:
    """Put a branch where its parent begins."""
    real = Taking._open_branch
    patch.setattr(Taking, "_open_branch", lambda self, parent, _forked: real(self, parent, 0))


def accept_keys_of_the_erased(patch: pytest.MonkeyPatch) -> None:
    """Keep every key that a stick brings, whosever it is."""
    patch.setattr(keyring, "erased_people", lambda _connection: set())


def leave_names_where_they_stand(patch: pytest.MonkeyPatch) -> None:
    """Destroy the keys of who is erased, and nothing else."""
    patch.setattr(Erasing, "_blank", lambda _self, _rows: None)


FAULTS: tuple[Fault, ...] = (
    believe_any_chain,
    ignore_the_other_way,
    count_by_number_alone,
    give_one_too_few,
    pass_over_what_waits,
    stamp_by_the_wall_clock,
    drop_the_branch_of_a_branch,
    accept_keys_of_the_erased,
    leave_names_where_they_stand,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    fault(monkeypatch)

    @settings(
        max_examples=200,
        deadline=None,
        phases=[
            Phase.explicit,
            Phase.generate,
        ],  # found is enough: the shortest history is not looked for
        suppress_health_check=list(HealthCheck),
        database=None,
        report_multiple_bugs=False,
    )
    @example(TWINS)
    @example([("add", 0, 0, 1), ("torn", 0, 1, 0)])
    @example([("person", 0, 0, 0), ("carry", 0, 1, 0), ("erase", 0, 0, 0)])
    @given(steps)
    def histories(history: list[Step]) -> None:
        play(shelf, history)

    with pytest.raises(FOUND):
        histories()
