"""Whatever happens to sticks, disks and clocks, in the end all stations hold the same, and nothing is lost.

I1 idempotent, I2 commutative, I3 any split, I4 equal entries give equal tables, I6 every committed
entry is somewhere, I7 what is applied is proved, I9 clones and restores lose nothing, I12 who is erased
never reappears, I15 stamps rise.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from app.core.base.progress import NoProgress
from app.core.journal.verify import verify_journal
from tests.support.ledger_histories import (
    STEPS,
    History,
    Shelf,
    Step,
    digest,
    entries_of,
    stamps_rise,
)
from tests.support.sites import empty_database

HISTORIES = int(os.environ.get("DAKSHA_HISTORIES", "2000"))
SEED = os.environ.get("DAKSHA_HISTORY_SEED", "")
"""Draws the same histories each time, and others than another seed: so several processes share them out."""
TURNS = 8
steps = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 4), st.integers(0, 4), st.integers(0, 60)),
    min_size=1,
    max_size=24,
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("histories")
    empty_database(folder).close()
    shelf = Shelf(folder, folder / "site.db")
    yield shelf
    shelf.close()


def play(shelf: Shelf, history: list[Step]) -> None:
    stations = History(shelf, 3)
    try:
        stations.run(history)
        stations.meet()
        held = [entries_of(post) for post in stations.posts]
        assert all(one == held[0] for one in held)
        assert stations.written - stations.lost <= held[0]
        digests = [digest(post) for post in stations.posts]
        assert all(one == digests[0] for one in digests)
        assert all(map(stamps_rise, stations.posts))
        assert not any(map(stations.traces, stations.posts))
        for stick in stations.sent[-8:]:
            stations.deliver(stations.posts[0], stick)
        assert not stations.traces(stations.posts[0])
        if (
            entries_of(stations.posts[0]) == held[0]
        ):  # else a stick brought back what a disk had lost
            assert digest(stations.posts[0]) == digests[0]
        if len(history) % 8 == 0:  # which takes as long as all the rest
            with stations.posts[0].site.read() as session:
                assert verify_journal(session.connection(), NoProgress()).ok
    finally:
        stations.close()


@pytest.mark.histories
@pytest.mark.timeout(0 if HISTORIES > 10_000 else 300)
@pytest.mark.parametrize("turn", range(TURNS))
def test_all_hold_the_same_in_the_end(shelf: Shelf, turn: int) -> None:
    @settings(
        max_examples=HISTORIES // TURNS,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a history is short enough to read
        deadline=None,
        derandomize=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps)
    def histories(history: list[Step]) -> None:
        play(shelf, history)

    if SEED:
        histories = seed(f"{SEED}/{turn}")(histories)
    histories()


def test_two_copies_that_edit_at_one_moment_agree_in_the_end(shelf: Shelf) -> None:
    copied = [("add", 0, 0, 1), ("carry", 0, 2, 0), ("clone", 2, 0, 0)]
    edits = [("edit", 3, 0, 0), ("edit", 3, 0, 1), ("edit", 2, 0, 0)]
    play(shelf, copied + edits)


def test_a_stick_brings_back_what_was_lost_with_a_disk(shelf: Shelf) -> None:
    stations = History(shelf, 2)
    try:
        stations.run([("restore", 0, 0, 0), ("restore", 1, 0, 0)])  # a backup of each
        stations.run([("add", 0, 0, 1), ("carry", 0, 1, 0)])
        stations.run([("restore", 1, 0, 1), ("restore", 0, 0, 1)])
        stations.meet()
        one, other = stations.posts
        assert stations.lost
        assert not stations.lost & entries_of(one)
        stations.deliver(one, stations.sent[-1])
        assert stations.lost <= entries_of(one)
        stations.meet()
        assert digest(one) == digest(other)
    finally:
        stations.close()
