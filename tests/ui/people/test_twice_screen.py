"""The same person twice: proposed on the list and on the person, decided with a reason, undone."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.paging import PageRequest
from app.core.people import PersonId
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.people.twice_screen import TwiceScreen
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import Desk, check_usable, put, settle


@pytest.fixture
def twins(add: Callable[..., PersonId]) -> tuple[PersonId, PersonId]:
    """One person whom two departments entered."""
    return add("P-101", "Asha Kulkarni"), add("S-9", "Kulkarni Asha", "Stores")


def numbers(services: Services) -> set[str]:
    return {row.number for row in services.people.list_people(SYSTEM, PageRequest()).rows}


def test_two_are_merged_and_put_back(
    desk: Desk,
    services: Services,
    twins: tuple[PersonId, PersonId],
    window: QWidget,
    jobs: JobRunner,
) -> None:
    screen = TwiceScreen(desk)
    put(screen, window, jobs)
    check_usable(screen)
    (pair,) = screen.pairs
    assert [one.accessibleName() for one in pair.keep_buttons] == [
        "One person: keep Asha Kulkarni, P-101",
        "One person: keep Kulkarni Asha, S-9",
    ]

    pair.keep_buttons[1].click()
    settle(jobs)
    question = desk.questions[-1]
    assert question.ask_reason
    assert "Asha Kulkarni (P-101) will stand under Kulkarni Asha (S-9)" in question.text

    assert numbers(services) == {"S-9"}
    assert screen.pairs == []
    check_usable(screen)
    (undo,) = screen.merged.undo_buttons
    undo.click()
    settle(jobs)

    assert numbers(services) == {"S-9", "P-101"}
    assert not screen.merged.isVisible()
    assert desk.toasts == [
        "Merged. All records stand under Kulkarni Asha.",
        "Undone. Asha Kulkarni is a person again.",
    ]


@pytest.mark.usefixtures("twins")
def test_two_people_are_kept_apart(desk: Desk, window: QWidget, jobs: JobRunner) -> None:
    screen = TwiceScreen(desk)
    put(screen, window, jobs)

    screen.pairs[0].apart_button.click()
    settle(jobs)

    assert screen.pairs == []


@pytest.mark.usefixtures("twins")
def test_the_list_leads_there_while_somebody_is_there_twice(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = PeopleScreen(desk)
    put(screen, window, jobs)
    assert screen.twice_button.isVisible()

    screen.twice_button.click()

    assert desk.opened[-1] == ("same_person", {})


def test_the_list_does_not_while_nobody_is(
    desk: Desk, three: tuple[PersonId, ...], window: QWidget, jobs: JobRunner
) -> None:
    screen = PeopleScreen(desk)
    put(screen, window, jobs)

    assert not screen.twice_button.isVisible()


def test_a_persons_screen_names_who_is_like_them_and_then_who_was_merged(
    desk: Desk,
    services: Services,
    twins: tuple[PersonId, PersonId],
    window: QWidget,
    jobs: JobRunner,
) -> None:
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=twins[1])
    check_usable(screen)
    (banner,) = screen.same.banners
    assert banner.text().startswith("Probably the same person as Asha Kulkarni · P-101 (Same name")
    button = screen.same.open_button
    assert isinstance(button, Button)
    button.click()
    assert desk.opened[-1] == ("same_person", {"person_id": twins[1]})

    services.people.merging.merge(SYSTEM, twins[0], twins[1], "One card")
    settle(jobs)

    assert screen.header.title() == "Asha Kulkarni"
    assert screen.same.banners == []
    check_usable(screen)
