"""Signing in, at once or when the site is open."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.core.base.errors import UserFacingError
from app.core.people import SignedIn
from app.ui.kit.jobs import JobRunner
from app.ui.shell.signing_in import SigningIn
from tests.ui.shell.conftest import NEW, PASSWORD, founded


class Door:
    """A sign-in, with what came of it."""

    def __init__(self, jobs: JobRunner) -> None:
        self.signing_in = SigningIn(jobs, QObject(jobs))
        self.proved: list[SignedIn] = []
        self.refused: list[UserFacingError] = []
        self.signing_in.proved.connect(self.proved.append)
        self.signing_in.refused.connect(self.refused.append)


@pytest.fixture
def door(jobs: JobRunner) -> Door:
    return Door(jobs)


def test_what_was_asked_before_the_site_is_open_is_proved_then(
    door: Door, folder: Path, jobs: JobRunner
) -> None:
    door.signing_in.begin("meera", PASSWORD)
    assert jobs.wait_idle()
    assert door.proved == []

    services = founded(folder)
    door.signing_in.set_services(services)
    assert jobs.wait_idle(20_000)

    assert [one.actor.name for one in door.proved] == [NEW.administrator]
    services.close()


def test_what_was_given_up_is_not_proved(door: Door, folder: Path, jobs: JobRunner) -> None:
    door.signing_in.begin("meera", PASSWORD)
    door.signing_in.give_up()

    services = founded(folder)
    door.signing_in.set_services(services)
    assert jobs.wait_idle(20_000)

    assert (door.proved, door.refused) == ([], [])
    services.close()


def test_a_wrong_secret_is_refused(door: Door, folder: Path, jobs: JobRunner) -> None:
    services = founded(folder)
    door.signing_in.set_services(services)

    door.signing_in.begin("meera", "not the password")
    assert jobs.wait_idle(20_000)

    assert (len(door.proved), len(door.refused)) == (0, 1)
    services.close()
