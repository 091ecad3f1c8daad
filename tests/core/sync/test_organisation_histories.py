"""Whatever happens to the PCs of headquarters and two plants, in the end each holds what it should, and no more.

Real services write (people, departments, requirements, courses taken, classes signed, corrections, merges,
erasures); real files carry it, in parts, torn, twice, through a shared folder; PCs are copied, restored and
revoked, and clocks jump. The invariants of records-and-sync are named where they are looked at
(`organisation.proofs`): I1 to I4, I6, I7, I9, I11 to I13 and I15 at the end, I5 and I8 after each step, I10 by one
last edit. I14 is of upgrades (tests/migrations).
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from app.core.base.errors import UserFacingError
from app.core.sync.policy import Policy
from tests.support.organisation.history import History, Step, random_steps
from tests.support.organisation.places import an_organisation
from tests.support.organisation.proofs import (
    alike,
    all_is_somewhere,
    as_headquarters_show_it,
    copies_are_told,
    is_whole,
    no_plant_holds_another,
    stay_gone,
    the_last_word_holds,
    the_revoked_wrote_no_more,
)
from tests.support.organisation.shrinking import shortened

HISTORIES = max(1, int(os.environ.get("DAKSHA_HISTORIES", "2000")) // 125)
SEED = int(os.environ.get("DAKSHA_HISTORY_SEED", "0"))
LOTS = 4
_MOST_TRIES = 30
"""Of shortening a history that went wrong."""


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("organisation")
    an_organisation(folder)
    return folder


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Path]:
    return (tmp_path / str(number) for number in count())


def play(home: Path, beginning: Path, steps: Sequence[Step]) -> Counter[str]:
    """Let a history happen, and see that in the end all is as it should be; return what came through."""
    history = History(home, beginning)
    try:
        history.run(steps)
        _see(history)
        return history.done
    finally:
        history.close()
        shutil.rmtree(home)


def _see(history: History) -> None:
    due = history.holdings.due()
    history.meet(rounds=2)
    believed = history.believed
    copies_are_told(believed, history.copies)
    all_is_somewhere(history.holdings, due, believed)
    for place in history.places:
        is_whole(place)
    no_plant_holds_another(believed, history.holdings)
    the_revoked_wrote_no_more(believed, history.holdings)
    for letter in history.letters[:2]:  # which were written before most was erased
        for place in believed[:2]:
            with suppress(UserFacingError):
                place.take(letter)
    stay_gone(believed, history.names_gone)
    if history.revoked is None:
        alike(believed)
        as_headquarters_show_it(believed)
        code = history.has_the_last_word()
        the_last_word_holds(believed, code)


def _goes_wrong(
    homes: Iterator[Path], beginning: Path, how: type[Exception], steps: Sequence[Step]
) -> bool:
    try:
        play(next(homes), beginning, steps)
    except how:
        return True
    except Exception:  # noqa: BLE001  it goes wrong otherwise, which is another history
        return False
    return False


@pytest.mark.histories
@pytest.mark.timeout(0 if HISTORIES > 100 else 300)
@pytest.mark.parametrize("lot", range(LOTS))
def test_each_holds_what_it_should_in_the_end_and_no_more(
    beginning: Path, homes: Iterator[Path], lot: int
) -> None:
    done = Counter[str]()
    for number in range(lot, HISTORIES, LOTS):
        steps = random_steps(f"{SEED}/{number}")
        try:
            done += play(next(homes), beginning, steps)
        except Exception as fault:
            goes_wrong = partial(_goes_wrong, homes, beginning, type(fault))
            short = shortened(steps, goes_wrong, _MOST_TRIES)
            fault.add_note(f"history {SEED}/{number}: {[tuple(step) for step in short]}")
            raise
    assert done.total()  # it is not that everything is refused


def test_what_goes_to_the_wrong_plant_is_found(
    beginning: Path, homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Policy, "_from_headquarters", lambda *_about: True)
    with pytest.raises(AssertionError, match="holds logs of"):
        play(next(homes), beginning, [])


def test_a_history_is_shortened_to_what_matters() -> None:
    steps = [Step("edit", number, 0, 0) for number in range(20)]
    short = shortened(steps, lambda fewer: {steps[3], steps[17]} <= set(fewer), 100)
    assert short == [steps[3], steps[17]]
