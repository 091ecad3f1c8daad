"""Whatever happens to sticks, disks and clocks, in the end all stations hold the same, and nothing is lost.

I1 idempotent, I2 commutative, I3 any split, I4 equal entries give equal tables, I6 every committed
entry is somewhere, I7 what is applied is proved, I9 clones and restores lose nothing, I15 stamps rise.
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.base.progress import NoProgress
from app.core.journal.verify import verify_journal
from tests.support.ledger_histories import STEPS, History, Step, digest, entries_of, stamps_rise
from tests.support.sites import empty_database

steps = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 4), st.integers(0, 4), st.integers(0, 60)),
    min_size=1,
    max_size=24,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("histories")
    empty_database(folder).close()
    return folder / "site.db"


def play(template: Path, history: list[Step]) -> None:
    with tempfile.TemporaryDirectory(dir=template.parent) as folder:
        stations = History(Path(folder), template, 3)
        try:
            stations.run(history)
            stations.meet()
            held = [entries_of(post) for post in stations.posts]
            assert all(one == held[0] for one in held)
            assert stations.written - stations.lost <= held[0]
            digests = [digest(post) for post in stations.posts]
            assert all(one == digests[0] for one in digests)
            assert all(map(stamps_rise, stations.posts))
            if len(history) % 5 == 0:  # which takes as long as all the rest
                with stations.posts[0].site.read() as session:
                    assert verify_journal(session.connection(), NoProgress()).ok
        finally:
            stations.close()


@pytest.mark.parametrize("turn", range(4))
def test_all_hold_the_same_in_the_end(template: Path, turn: int) -> None:
    @settings(
        max_examples=60,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a history is short enough to read
        deadline=None,
        derandomize=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps)
    def histories(history: list[Step]) -> None:
        play(template, history)

    histories()
