"""The guard at the door: wrong tries are counted on disk before a secret is even looked at."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import system_actor
from app.core.journal import Site, Unit, kept_by_reserve
from app.core.keys import KeptTries, Tries
from app.core.people.account_models import AccountRow, SignInGuardRow
from app.core.people.errors import AccountLocked
from app.core.people.powers import administers_site
from app.core.people.rules import LOCKING_TRY, locked_until
from app.core.storage.tables import table_of

_STRANGERS = UUID("6f2d8d5e-3c1b-4f0a-9a57-0a6c1e6d2b11")
_STRANGERS_KEPT = timedelta(days=1)


def strangers_key(untrusted_name: str) -> UUID:
    """Return what tries are counted under for a name that no account answers to."""
    return uuid5(_STRANGERS, untrusted_name.encode("utf-8", "replace").decode())


class Guard:
    """Counts tries of this PC; a restart, a clock set back and rolled-back records change nothing."""

    def __init__(self, site: Site, kept: KeptTries | None = None) -> None:
        self._site = site
        self._kept = kept

    @kept_by_reserve
    def count_try(self, key: UUID) -> int:
        """Count a try, on disk when this returns; return the tries that stand. Raises AccountLocked."""
        now = self._site.clock.now()
        with self._site.transaction(system_actor(), "sign-in.try") as unit:
            row = self._row(unit, key, now)
            row.last_at = min(row.last_at, now)
            until = _locked_until(unit, row, now)
            is_locked = until is None or now < until
            if not is_locked:
                row.failures += 1
                row.last_at = now
            failures = row.failures
        if is_locked:
            raise AccountLocked(None if until is None else until - now)
        if self._kept is not None:
            self._kept.keep(key, Tries(failures, now))
        return failures

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let one try at a time be counted and looked at, in all programs on this PC.

        Else right passwords that several commands bring at once would count as wrong ones until they were
        looked at.
        """
        with self._kept.turn() if self._kept is not None else nullcontext():
            yield

    @kept_by_reserve
    def take_back(self, key: UUID) -> None:
        """Count a try no longer: its secret was right."""
        with self._site.transaction(system_actor(), "sign-in.try") as unit:
            row = unit.get(SignInGuardRow, key)
            if row is None:
                return
            row.failures = max(0, row.failures - 1)
            tries = Tries(row.failures, row.last_at)
        if self._kept is not None:
            self._kept.keep(key, tries)

    def _row(self, unit: Unit, key: UUID, now: datetime) -> SignInGuardRow:
        """Return what is counted under a key: what this PC remembers, where the records have less."""
        row = unit.get(SignInGuardRow, key)
        if row is None:
            row = SignInGuardRow(account_id=key, failures=0, last_at=now)
            unit.add(row)
        kept = self._kept.of(key) if self._kept is not None else None
        if kept is not None and kept.failures > row.failures:
            row.failures, row.last_at = kept.failures, kept.last_at
        return row

    def clear(self, unit: Unit, key: UUID) -> None:
        """Forget the tries at an account that was opened, and old ones at names of nobody."""
        self.forget(key)
        guard = table_of(SignInGuardRow)
        known = sa.select(table_of(AccountRow).c.id)
        old = self._site.clock.now() - _STRANGERS_KEPT
        unit.execute(sa.delete(guard).where(guard.c.account_id == key))
        unit.execute(
            sa.delete(guard).where(guard.c.account_id.not_in(known), guard.c.last_at < old)
        )

    def forget(self, key: UUID) -> None:
        """Let this PC no longer remember the tries at an account."""
        if self._kept is not None:
            self._kept.forget(key)


def lock_of(session: Session, key: UUID, now: datetime) -> tuple[bool, datetime | None]:
    """Tell whether an account is locked on this PC, and until when (None: until it is unlocked)."""
    row = session.get(SignInGuardRow, key)
    if row is None:
        return False, None
    until = _locked_until(session, row, now)
    if until is None:
        return True, None
    return now < until, until if now < until else None


def locked_accounts(session: Session, now: datetime) -> frozenset[UUID]:
    """Return the accounts that are locked on this PC now; a few among thousands."""
    tried = sa.select(SignInGuardRow).where(SignInGuardRow.failures >= LOCKING_TRY)
    return frozenset(
        row.account_id for row in session.scalars(tried) if lock_of(session, row.account_id, now)[0]
    )


def _locked_until(session: Session, row: SignInGuardRow, now: datetime) -> datetime | None:
    can_lock = not administers_site(session, row.account_id, now.astimezone().date())
    return locked_until(row.failures, row.last_at, can_lock=can_lock)
