"""`waive`: a unit counts as done, with a reason; the services are those that the product puts together."""

import json
from pathlib import Path

import pytest

from app.bootstrap.assembly import open_services
from app.bootstrap.command_line import run_command
from app.core.courses import Outline
from app.core.learning.cmi5 import Verb
from tests.support.archives import zip_at
from tests.support.cmi5_client import UnitPage
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import a_learner, published
from tests.support.wired_pages import cmi5_units

UNIT = "https://example.org/fire/1"


def test_a_unit_that_was_waived_need_not_be_done(
    founded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = open_services(founded)
    site = services.open_site.site
    archive = zip_at(tmp_path / "package.zip", cmi5_units("Alarms", "Exits"))
    lesson = a_package_lesson(site, services.assets, archive)
    course = published(site, Outline(title="Fire", lessons=(lesson,)))
    asha = a_learner(site, "E-1")
    services.learning.begin(asha, course)
    services.close()
    capsys.readouterr()
    command = ["--data", str(founded), "--as", "boss", "--json", "waive", "--person", "E-1"]

    assert run_command([*command, "--unit", UNIT, "--reason", "tested-out"]) == 0
    assert json.loads(capsys.readouterr().out)["reason"] == "Tested Out"
    assert run_command([*command, "--unit", "https://example.org/none"]) == 2
    assert run_command([*command, "--unit", UNIT, "--reason", "because"]) == 2

    services = open_services(founded)
    hand = services.learning.begin(asha, course)
    launch = services.launches.open(asha, hand.start_id, hand.lessons[0].lesson_id, "en")
    situation = services.launches.begin(asha, launch)
    assert situation.opening is not None
    assert situation.current == situation.contents[1].activity
    assert UnitPage(situation.opening).start().say(Verb.PASSED, 1).status == 204
    services.launches.close(asha, launch)
    assert services.learning.begin(asha, course).lessons[0].is_done
    assert not services.endpoint.is_running
    services.close()
