"""Conflicts: side by side with who wrote what, and a decision that every PC takes over."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from app.core.sync import AlreadyDecided
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import EmptyState
from app.ui.sync.conflicts_screen import ConflictsScreen
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, rename, said, units


@pytest.fixture
def screen(desk: Desk) -> ConflictsScreen:
    return ConflictsScreen(desk)


@pytest.fixture
def contested(pair: Pair, clock: TurnedClock) -> Pair:
    """Two PCs that named one department differently."""
    pair.here.take(pair.brings("A"))
    rename(pair.here, "A", "First")
    clock.turn(timedelta(minutes=1))
    rename(pair.there, "A", "Second")
    pair.here.take(pair.there.send(pair.stick, pair.here))
    return pair


def test_nothing_to_decide(screen: ConflictsScreen, window: QWidget, jobs: JobRunner) -> None:
    put(screen, window, jobs)

    assert screen.cards == []
    assert len(screen.findChildren(EmptyState)) == 1
    check_usable(screen)


def test_both_values_stand_side_by_side_with_who_and_why(
    screen: ConflictsScreen, contested: Pair, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)

    (card,) = screen.cards
    words = said(card)
    assert "A · Second: Name" in words
    assert "Department" in words
    assert "First is right" in words
    assert "Second is right" in words
    assert words.count("Shown now") == 1
    assert words.count("the program") == 2
    assert [one.accessibleName() for one in card.buttons] == ["Keep Second", "Keep First"]
    check_usable(screen)


def test_a_decision_asks_for_a_reason_and_reaches_the_other_pc(
    screen: ConflictsScreen, contested: Pair, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)

    screen.cards[0].buttons[1].click()
    settle(jobs)

    (question,) = desk.questions
    assert question.ask_reason
    assert desk.toasts == ["Decided."]
    assert screen.cards == []
    assert units(contested.here) == {"A": "First"}
    contested.there.take(contested.here.send(contested.stick, contested.there))
    assert units(contested.there) == {"A": "First"}
    assert contested.there.sync.conflicts(ACTOR) == ()


def test_what_is_shown_can_be_kept_too(
    screen: ConflictsScreen, contested: Pair, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)

    screen.cards[0].buttons[0].click()
    settle(jobs)

    assert units(contested.here) == {"A": "Second"}
    assert contested.here.sync.conflicts(ACTOR) == ()


def test_somebody_decided_meanwhile(
    screen: ConflictsScreen, contested: Pair, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)
    rename(contested.here, "A", "Third")

    screen.cards[0].buttons[0].click()
    settle(jobs)

    (error,) = desk.errors
    assert isinstance(error, AlreadyDecided)
    assert screen.cards == []
    assert units(contested.here) == {"A": "Third"}
