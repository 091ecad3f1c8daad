"""ADL's SCORM 2004 4th Edition LMS conformance suite, played against the sequencer and the API.

The cases of one family are meant for one learner, one after the other: what CO-07a leaves in a global
objective, CO-07b begins with. Each test therefore plays those before it first.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.learning.sequencing import SharedState
from app.core.learning.sequencing.state import ObjectiveState
from tests.conformance.adl_player import Case, Player
from tests.support.conformance import case
from tests.support.corpora import CORPORA, rows_of

CASES = CORPORA / "adl-cts"
DONE = ObjectiveState(completed=True)
LEFT_BY_OTHERS = {"CO-07b": {"gObj-CO07-obj1": DONE, "gObj-CO07-obj2": DONE}}
"""What cases that are not in the corpus leave for those that are."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CASES.exists(), reason="../shared/corpora/adl-cts is absent"),
]


def case_files() -> list[Path]:
    return sorted(CASES.glob("*.zip")) if CASES.exists() else []


def family(file: Path) -> str:
    return re.sub(r"[a-z]+$", "", file.stem)


def shared_before(file: Path) -> SharedState:
    """Return what the cases of the family leave that come before this one."""
    shared = SharedState()
    for one in case_files():
        if family(one) == family(file) and one.stem < file.stem:
            player = Player(Case.read(one), shared)
            player.play()
            shared = player.shared
    for name, objective in LEFT_BY_OTHERS.get(file.stem, {}).items():
        shared.objectives.setdefault(name, objective)
    return shared


@pytest.mark.parametrize(
    "file",
    [
        case("adl-sequencing", row.name, row.path, expected=row.expected)
        for row in rows_of("adl-cts")
    ],
)
def test_a_case_goes_as_adl_says(file: Path, happened: Callable[[str], None]) -> None:
    scenario = Case.read(file)
    if scenario.missing:
        pytest.skip(f"the scenario begins with {scenario.missing}, which is not in the corpora")

    differences = Player(scenario, shared_before(file)).play()

    happened(differences[0] if differences else "as the scenario says")
    assert differences == []


def test_a_case_that_goes_otherwise_is_seen() -> None:
    scenario = Case.read(CASES / "CM-02a.zip")
    scenario.scenario["visits"][1]["activity"] = "999"

    assert len(Player(scenario).play()) == 1
