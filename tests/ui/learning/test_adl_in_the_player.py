"""ADL's conformance cases for SCORM 2004 4th Edition, in the real web player.

A sample by default; all of them with DAKSHA_WHOLE=1.
"""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.ui.learning.conftest import Services

start_engine()

from tests.ui.learning.adl_player import AdlPlayer, Bench  # noqa: E402  after the engine

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("DAKSHA_CORPORA", ROOT.parent / "shared" / "corpora")) / "adl-cts"
APART = {
    "CO-07b": "goes on from what CO-07a left, which is not in the corpora",
    "OB-03c": "goes on from what OB-03b left, which is not in the corpora",
    "DDMb": "is played in turns with another package",
    "CM-09aa": "its list of calls holds those of two visits in one",
}
"""Cases that cannot be played from their own package alone, and why."""
SAMPLE = ("API", "CM-07a", "CO-04a", "DMB", "OB-10a", "RU-18b", "SX-03", "T-01a")
"""API and data model, choice, control, objectives, roll-up, exits, and the last words of a page."""


def cases() -> list[str]:
    """Return the names of the cases to play."""
    every = sorted(file.stem for file in FOLDER.glob("*.zip") if file.stem not in APART)
    return every if os.environ.get("DAKSHA_WHOLE") else [one for one in every if one in SAMPLE]


@pytest.mark.corpus
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not here")
@pytest.mark.parametrize("name", cases())
def test_adl_case(
    name: str, site: Site, services: Services, asha: Actor, jobs: JobRunner, qtbot: QtBot
) -> None:
    path = FOLDER / f"{name}.zip"
    lesson = a_package_lesson(site, services.assets, path)
    hand = services.learning.begin(asha, published(site, Outline(title=name, lessons=(lesson,))))
    bench = Bench(services.launches, asha, services.assets, jobs, qtbot)

    with ZipFile(path) as archive:
        player = AdlPlayer(bench, archive, hand.start_id, hand.lessons[0].lesson_id)
        assert player.play() == []
