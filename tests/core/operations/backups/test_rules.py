"""Which backups stay: pure rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.operations.backups.rules import dispensable, is_due, kept
from app.core.operations.backups.types import Backup, Occasion

START = datetime(2026, 1, 1, 6, tzinfo=UTC)


def a_backup(number: int, day: int, occasion: Occasion = Occasion.DAILY) -> Backup:
    return Backup(
        path=Path(f"{number}.dkbk"),
        site_id=UUID(int=1),
        site_name="Plant",
        number=number,
        made_at=START + timedelta(days=day),
        occasion=occasion,
        schema="0014",
        station=bytes(32),
        incarnation=bytes(8),
        logs=(),
        entries=1,
        has_assets=False,
        key_check=bytes(8),
        size=1,
        digest=number.to_bytes(32, "big"),
    )


def newest_first(days: list[int]) -> list[Backup]:
    return [a_backup(number, day) for number, day in enumerate(days)][::-1]


def test_of_a_year_of_days_few_stay() -> None:
    backups = newest_first(list(range(365)))

    stays = kept(backups, frozenset())

    days = sorted((backup.made_at - START).days for backup in backups if backup.path in stays)
    assert days[-7:] == list(range(358, 365))
    assert 18 <= len(days) <= 7 + 4 + 12
    assert days[0] <= 31  # the end of the first of the last twelve months


def test_the_newest_sound_one_stays_whatever_its_age() -> None:
    backups = newest_first(list(range(0, 3650, 10)))
    old = backups[-1]

    assert old.path not in kept(backups, frozenset())
    assert old.path in kept(backups, frozenset({old.digest}))


def test_those_before_upgrades_stay_longer() -> None:
    upgrade = a_backup(0, 0, Occasion.UPGRADE)
    backups = [*newest_first(list(range(1, 800)))[:-1], upgrade]

    assert upgrade.path in kept(backups, frozenset())


@given(st.lists(st.integers(0, 900), min_size=1, max_size=60))
def test_three_generations_stay_whatever_the_clock_said(days: list[int]) -> None:
    backups = newest_first(days)

    stays = kept(backups, frozenset())

    assert {backup.path for backup in backups[:3]} <= stays
    assert len(stays) <= 3 + 7 + 4 + 12


@given(st.lists(st.integers(0, 900), min_size=1, max_size=20), st.data())
def test_a_full_disk_never_takes_the_newest_nor_the_newest_good_one(
    days: list[int], data: st.DataObject
) -> None:
    backups = newest_first(days)
    good = data.draw(st.sampled_from(backups))

    may_go = dispensable(backups, frozenset({good.digest}))

    assert backups[0] not in may_go
    assert good not in may_go
    assert len(may_go) >= len(backups) - 2


def test_a_day_without_a_backup_is_due_also_when_the_clock_was_set_back() -> None:
    assert is_due(None, START)
    assert not is_due(START, START + timedelta(hours=2))
    assert is_due(START, START + timedelta(days=1))
    assert is_due(START, START - timedelta(days=3))
