"""Calls of a package's pages are answered once each, whatever is sent."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.core.storage.faults import DiskFull
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.call_answers import CallAnswers
from app.ui.learning.web.launch_work import LaunchWork
from tests.support.archives import zip_at
from tests.support.package_lessons import a_package_lesson, scos
from tests.support.teaching import published
from tests.ui.learning.conftest import Services

Ask = Callable[[object], object]


@pytest.fixture
def work(jobs: JobRunner) -> LaunchWork:
    return LaunchWork(jobs, jobs)


@pytest.fixture
def ask(
    site: Site, services: Services, asha: Actor, jobs: JobRunner, tmp_path: Path, work: LaunchWork
) -> Ask:
    """Answer calls of a SCO that is open, and return what its page gets."""
    lesson = a_package_lesson(site, services.assets, zip_at(tmp_path / "p.zip", scos("One")))
    course = published(site, Outline(title="Fire", lessons=(lesson,)))
    hand = services.learning.begin(asha, course)
    launch = services.launches.open(asha, hand.start_id, hand.lessons[0].lesson_id, "en")
    services.launches.begin(asha, launch)
    answers = CallAnswers(launch, services.launches, asha, work, QObject(jobs))

    def answered(untrusted_call: object) -> object:
        got: list[object] = []
        answers.take(untrusted_call, got.append)
        assert jobs.wait_idle()
        (answer,) = got
        return answer

    return answered


def test_a_call_that_is_sent_again_has_the_answer_it_had(ask: Ask) -> None:
    first = ask([1, "Initialize", [""], []])

    assert first == ["true", "0", 0]
    assert ask([1, "Initialize", [""], []]) == first
    assert ask([2, "Initialize", [""], []]) == ["false", "101", 0]  # begun already


@pytest.mark.parametrize(
    "untrusted",
    [
        None,
        "Commit",
        [1, "Commit", "x", []],
        [1, "M" * 41, [], []],
        [1, "M", [1], []],
        [1, "M", []],
    ],
)
def test_what_is_no_call_fails(ask: Ask, untrusted: object) -> None:
    assert ask(untrusted) == ["false", "101", 0]


def test_what_is_not_on_disk_is_not_confirmed_and_told(
    ask: Ask, work: LaunchWork, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing: list[object] = []
    work.failing.connect(failing.append)
    ask([1, "Initialize", [""], []])
    ask([2, "SetValue", ["cmi.core.lesson_status", "passed"], []])

    def full(*_args: object, **_named: object) -> None:
        raise DiskFull

    monkeypatch.setattr(site, "transaction", full)  # the disk is what is faked

    assert ask([3, "Commit", [""], []]) == ["false", "101", 0]
    assert [type(one) for one in failing] == [DiskFull]
