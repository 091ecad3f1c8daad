"""ADL's conformance cases for SCORM 2004 4th Edition, in the real web player.

A sample by default; all of them with DAKSHA_WHOLE=1.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning.launches.models import SharedPackageUntoldRow
from app.core.learning.sequencing import SharedState, state_to_json
from app.core.learning.sequencing.state import ObjectiveState
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.conformance.adl_player import MADE_HERE, Case
from tests.support.archives import zip_at
from tests.support.conformance import case
from tests.support.corpora import CORPORA, IS_WHOLE, rows_of
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import ACTOR, published
from tests.ui.learning.conftest import Services

start_engine()

from tests.ui.learning.adl_player import AdlPlayer, Bench  # noqa: E402  after the engine

FOLDER = CORPORA / "adl-cts"
MANIFEST = "imsmanifest.xml"
LEFT_BY_OTHERS = {"CO-07b": ("gObj-CO07-obj1", "gObj-CO07-obj2")}
"""Global objectives that a case which is not in the corpora leaves completed."""
BEFORE = {"OB-03c": "OB-03a"}
"""Cases that go on from what another one left the same learner."""
SAMPLE = ("API", "CM-07a", "OB-10a", "SX-03", "T-01a")
"""API and data model, choice, control, objectives, roll-up, exits, and the last words of a page."""


def cases() -> list[ParameterSet]:
    """Return the cases to play."""
    return [
        case("adl-played", row.name, row.path.stem, expected=row.expected)
        for row in rows_of("adl-cts")
        if IS_WHOLE or row.path.stem in SAMPLE
    ]


@pytest.mark.corpus
@pytest.mark.parametrize("name", cases())
def test_adl_case(
    name: str,
    site: Site,
    services: Services,
    asha: Actor,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Callable[[str], None],
    tmp_path: Path,
) -> None:
    bench = Bench(services.launches, asha, services.assets, jobs, qtbot)
    _leave(LEFT_BY_OTHERS.get(name, ()), site, asha)
    if missing := Case.read(FOLDER / f"{name}.zip").missing:
        pytest.skip(f"the scenario begins with {missing}, which is not in the corpora")
    for one in (BEFORE.get(name), name):
        if one is not None:
            differences = _played(one, site, services, bench, tmp_path)
    happened(differences[0] if differences else "as the scenario says")
    assert differences == []


def _leave(objectives: tuple[str, ...], site: Site, learner: Actor) -> None:
    if objectives:
        done = {name: ObjectiveState(completed=True) for name in objectives}
        shared = {"scorm": json.loads(state_to_json(SharedState(objectives=done)))}
        with site.transaction(ACTOR, "package.keep") as unit:
            unit.add(SharedPackageUntoldRow(person_id=learner.person_id, changes=shared))


def _played(name: str, site: Site, services: Services, bench: Bench, folder: Path) -> list[str]:
    path = FOLDER / f"{name}.zip"
    places = {}
    for package, file in (*_made_here(path, folder), (name, path)):
        lesson = a_package_lesson(site, services.assets, file)
        course = published(site, Outline(title=package, lessons=(lesson,)), code=package)
        hand = services.learning.begin(bench.actor, course)
        places[package] = (hand.start_id, hand.lessons[0].lesson_id)
    with ZipFile(path) as archive:
        return AdlPlayer(bench, archive, places).play()


def _made_here(path: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what stands for a package that a case begins with and nobody has: the same pages."""
    with ZipFile(path) as archive:
        start = json.loads(archive.read("scenario.json"))["start"]
        if start in MADE_HERE:
            files = {name: archive.read(name) for name in archive.namelist()}
            yield start, zip_at(folder / f"{start}.zip", {**files, MANIFEST: MADE_HERE[start]})
