"""When the letter to the agency was sent is kept."""

from datetime import date, timedelta

import pytest

from app.core.base.actor import Capability, system_actor
from app.core.base.errors import NotAllowed
from app.core.journal import Site
from app.core.signatures import LettersSent, WordsMissing
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import somebody

BOSS = system_actor()


def test_p11_18_when_the_letter_was_sent_and_how_is_kept(site: Site, clock: TurnedClock) -> None:
    letters = LettersSent(site)
    letters.note(BOSS, "Sahyadri Pharma", "Meera Joshi", date(2026, 11, 2), "Speed post EM123")
    clock.turn(timedelta(days=400))
    letters.note(BOSS, "Sahyadri Pharma Ltd", "Ravi Das", date(2027, 12, 1), "Courier 77")

    assert [(one.sent_on, one.signatory, one.how) for one in letters.all(BOSS)] == [
        (date(2027, 12, 1), "Ravi Das", "Courier 77"),
        (date(2026, 11, 2), "Meera Joshi", "Speed post EM123"),
    ]


def test_a_letter_without_words_or_of_a_day_to_come_is_not_noted(site: Site) -> None:
    letters = LettersSent(site)
    with pytest.raises(WordsMissing):
        letters.note(BOSS, "Sahyadri Pharma", "Meera Joshi", date(2026, 11, 2), " ")
    with pytest.raises(WordsMissing):
        letters.note(BOSS, "Sahyadri Pharma", "Meera Joshi", date(2030, 1, 1), "Post")
    with pytest.raises(NotAllowed):
        letters.note(somebody("Ravi", Capability.VIEW_JOURNAL), "S", "M", date(2026, 11, 2), "Post")
