"""Whatever happens to PCs, sticks, clocks and keys, in the end all who are believed hold the same.

With real keys and real files (records-and-sync, invariants): I1 idempotent, I4 the same entries give the
same tables, I5 no log goes back, I6 nothing is lost, I7 what is applied is proved, I8 nothing by half,
I9 copies and restores lose nothing, I10 an edit that saw another supersedes it, I11 and I13 who is
revoked writes no more, I12 who is erased never reappears. The ledger's own histories are many more, and have no keys.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from app.core.base.errors import UserFacingError
from tests.support.site_histories import (
    STEPS,
    SiteHistory,
    Step,
    grows_old,
    is_refused,
    is_sound,
    names,
    people,
    three_pcs,
    units,
)
from tests.support.traces import traces

HISTORIES = max(1, int(os.environ.get("DAKSHA_HISTORIES", "2000")) // 80)
FIRST = int(os.environ.get("DAKSHA_HISTORY_SEED", "0")) * HISTORIES
"""Each seed has histories of its own: several processes share them out."""
LOTS = 5


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three-pcs")
    three_pcs(folder)
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "place"
    shutil.rmtree(tmp_path / "place", ignore_errors=True)


def some_steps(random: Random) -> list[Step]:
    return [
        Step(random.choice(STEPS), *(random.randrange(n) for n in (5, 5, 1000)))
        for _turn in range(random.randrange(4, 16))
    ]


def play(history: SiteHistory) -> None:
    """See that in the end all is as it should be."""
    history.meet()
    believed = history.believed
    assert all(is_sound(desk.pc) for desk in history.desks)
    of_the_revoked = {c for c, station in history.written.items() if station == history.revoked}
    due = set(history.written) - history.lost - of_the_revoked
    for desk in believed:
        assert due <= units(desk.pc)
        assert history.known_at_revocation <= units(desk.pc)
    _see_that_the_erased_stay_gone(history)
    founder = history.desks[0]
    assert all(names(desk.pc) == names(founder.pc) for desk in believed)
    assert all(people(desk.pc) == people(founder.pc) for desk in believed)
    if history.revoked is None:
        assert all(grows_old(desk) for desk in believed)
        return
    for desk in believed:
        assert units(desk.pc) & of_the_revoked <= history.known_at_revocation
    for number, thief in enumerate(desk for desk in history.desks if desk not in believed):
        folder = founder.folder.parent / f"thief-{number}"
        assert all(is_refused(thief, desk, folder / desk.folder.name) for desk in believed)


def _see_that_the_erased_stay_gone(history: SiteHistory) -> None:
    gone = history.names_gone
    for desk in history.believed if gone else ():
        assert traces(desk.pc.opened.site, *gone) == []
        for file in history.files[:3]:  # which were written before most was erased
            with suppress(UserFacingError):
                desk.pc.take(file)
        assert traces(desk.pc.opened.site, *gone) == []


@pytest.mark.histories
@pytest.mark.timeout(0 if HISTORIES > 100 else 300)
@pytest.mark.parametrize("lot", range(LOTS))
def test_all_who_are_believed_hold_the_same_in_the_end(
    beginning: Path, place: Path, lot: int
) -> None:
    for seed in range(FIRST + lot, FIRST + HISTORIES, LOTS):
        steps = some_steps(Random(seed))
        history = SiteHistory(place / str(seed), beginning)
        try:
            history.run(steps)
            play(history)
        except BaseException as fault:
            fault.add_note(f"seed {seed}: {[tuple(step) for step in steps]}")
            raise
        finally:
            history.close()
            shutil.rmtree(place / str(seed))
