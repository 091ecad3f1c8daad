"""Work off the window's thread: in order, stoppable, told only to owners that live."""

import sys
import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.base.errors import Cancelled, NotFound, UserFacingError
from app.core.base.progress import Progress
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner, JobState, Lane
from tests.support.clock import TurnedClock


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_a_result_comes_back_on_the_window_thread(jobs: JobRunner, owner: QObject) -> None:
    heard: list[tuple[int, bool]] = []
    jobs.run(
        lambda _progress: threading.get_ident(),
        done=lambda worker: heard.append((worker, QThread.currentThread() is owner.thread())),
        owner=owner,
    )
    assert jobs.wait_idle()
    (worker, on_window_thread) = heard[0]
    assert on_window_thread
    assert worker != threading.get_ident()


def test_the_database_lane_keeps_the_order_and_the_thread(jobs: JobRunner, owner: QObject) -> None:
    told: list[int] = []
    threads: set[int] = set()

    def work(number: int) -> int:
        threads.add(threading.get_ident())
        return number

    for number in range(50):
        jobs.run(lambda _progress, number=number: work(number), done=told.append, owner=owner)
    assert jobs.wait_idle()
    assert told == list(range(50))
    assert len(threads) == 1


def test_waiting_goes_on_for_what_the_end_of_the_rest_began(
    jobs: JobRunner, owner: QObject
) -> None:
    done: list[str] = []

    def begin_more() -> None:
        jobs.became_idle.disconnect(begin_more)
        jobs.run(lambda _progress: "second", done=done.append, owner=owner)

    jobs.became_idle.connect(begin_more)
    jobs.run(lambda _progress: "first", done=done.append, owner=owner)

    assert jobs.wait_idle()
    assert done == ["first", "second"]


def test_the_work_lane_does_several_at_once(jobs: JobRunner, owner: QObject) -> None:
    meeting = threading.Barrier(2, timeout=5)
    for _each in range(2):
        jobs.run(lambda _progress: meeting.wait(), owner=owner, lane=Lane.WORK)
    assert jobs.wait_idle()
    assert not meeting.broken


def test_an_error_people_can_act_on_is_told(jobs: JobRunner, owner: QObject) -> None:
    told: list[UserFacingError] = []

    def work(_progress: Progress) -> None:
        raise NotFound("Course 17")

    job = jobs.run(work, failed=told.append, owner=owner, title="Open")
    assert jobs.wait_idle()
    assert "Course 17" in told[0].sentence
    assert job.state is JobState.FAILED


def test_an_error_nobody_takes_is_not_lost(qtbot: QtBot, jobs: JobRunner, owner: QObject) -> None:
    def work(_progress: Progress) -> None:
        raise NotFound("Course 17")

    with qtbot.waitSignal(jobs.error_unclaimed) as told:
        jobs.run(work, owner=owner)
    assert isinstance(told.args[0], NotFound)


def test_a_bug_reaches_the_excepthook(
    jobs: JobRunner, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _bug, _trace: caught.append(kind))

    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    jobs.run(work, done=lambda _value: pytest.fail("there is no value"), owner=owner)
    assert jobs.wait_idle()
    assert caught == [ZeroDivisionError]


def test_a_result_never_reaches_an_owner_that_died(jobs: JobRunner) -> None:
    gate = threading.Event()
    owner = QWidget()
    heard: list[bool] = []
    jobs.run(lambda _progress: gate.wait(5), done=heard.append, owner=owner)
    del owner
    gate.set()
    assert jobs.wait_idle()
    assert heard == []


def test_work_stops_at_its_next_step_when_cancelled(jobs: JobRunner, owner: QObject) -> None:
    started, go_on = threading.Event(), threading.Event()
    told: list[UserFacingError] = []
    steps: list[int] = []

    def work(progress: Progress) -> None:
        for step in range(3):
            progress.step(step, 3)
            steps.append(step)
            started.set()
            go_on.wait(5)

    job = jobs.run(work, failed=told.append, owner=owner, lane=Lane.WORK, title="Pack")
    assert started.wait(5)
    job.cancel()
    go_on.set()
    assert jobs.wait_idle()
    assert steps == [0]
    assert isinstance(told[0], Cancelled)
    assert job.state is JobState.CANCELLED


def test_work_that_waits_is_not_begun_when_cancelled(jobs: JobRunner, owner: QObject) -> None:
    gate, begun = threading.Event(), []
    jobs.run(lambda _progress: gate.wait(5), owner=owner)
    waiting = jobs.run(lambda _progress: begun.append(True), owner=owner, title="Later")
    waiting.cancel()
    gate.set()
    assert jobs.wait_idle()
    assert begun == []


def test_progress_is_told_no_oftener_than_it_can_be_seen(qapp, owner: QObject) -> None:
    clock = TurnedClock()
    runner = JobRunner(clock)
    seen: list[int] = []

    def work(progress: Progress) -> None:
        for step in range(1000):
            progress.step(step, 1000, "rows")

    job = runner.run(work, owner=owner, title="Import")
    job.progressed.connect(lambda: seen.append(job.done_count))
    assert runner.wait_idle()
    runner.shutdown()
    assert len(seen) == 1
    assert (job.done_count, job.total, job.note) == (999, 1000, "rows")


def test_time_left_follows_the_pace(qapp, owner: QObject) -> None:
    clock = TurnedClock()
    runner = JobRunner(clock)

    def work(progress: Progress) -> None:
        clock.turn(timedelta(seconds=10))
        progress.step(25, 100)

    job = runner.run(work, owner=owner, title="Import")
    assert runner.wait_idle()
    runner.shutdown()
    assert job.seconds_left == 30
    assert job.share == 0.25


def test_jobs_with_a_title_stay_listed_until_taken_off(jobs: JobRunner, owner: QObject) -> None:
    job = jobs.run(lambda _progress: None, owner=owner, title="Export")
    jobs.run(lambda _progress: None, owner=owner)
    assert jobs.wait_idle()
    assert jobs.jobs() == (job,)
    jobs.forget(job)
    assert jobs.jobs() == ()


def test_shutting_down_stops_what_runs(qapp, owner: QObject) -> None:
    runner = JobRunner()
    started = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            started.set()
            progress.step(1, 0)

    runner.run(work, owner=owner, lane=Lane.WORK)
    assert started.wait(5)
    runner.shutdown()
    assert runner.is_idle()


def test_changes_announced_together_are_told_once(qtbot: QtBot) -> None:
    feed = ChangeFeed()
    heard: list[frozenset[str]] = []
    feed.changed.connect(heard.append)
    worker = threading.Thread(target=feed.announce, args=({"people"},))
    with qtbot.waitSignal(feed.changed):
        feed.announce({"courses"})
        worker.start()
        worker.join()
    assert heard == [frozenset({"people", "courses"})]
