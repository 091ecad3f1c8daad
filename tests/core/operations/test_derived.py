"""What is derived is compared with the records, and mended where it differs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.bootstrap.benches.small_site import SmallSite, open_small_site
from app.core.assessments import best_response
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.errors import NotAllowed
from app.core.journal import Journal
from app.core.operations import DERIVED, Rebuilt

SYSTEM = system_actor()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallSite]:
    """A site in which somebody has learned, and nothing is amiss."""
    small = open_small_site(tmp_path)
    quizzes = small.services.quizzes
    attempt = quizzes.start(small.learner, small.quiz_lesson)
    for asked in attempt.questions:
        best = best_response(asked.question)
        assert best is not None
        quizzes.answer(small.learner, attempt.attempt_id, asked.question_id, best)
    quizzes.submit(small.learner, attempt.attempt_id)
    yield small
    assert (
        Journal(small.services.open_site.site, small.services.open_site.station).verify(SYSTEM).ok
    )
    small.services.close()


def rebuilt(small: SmallSite) -> dict[str, Rebuilt]:
    return {line.key: line for line in small.services.derivations.rebuild(SYSTEM)}


def change(small: SmallSite, *statements: str) -> None:
    with small.services.open_site.site.database.write() as connection:
        for statement in statements:
            assert connection.execute(sa.text(statement)).rowcount, statement


def test_what_was_kept_from_the_first_day_is_right(small: SmallSite) -> None:
    found = rebuilt(small)

    assert list(found) == [line.key for line in DERIVED]
    assert [key for key, line in found.items() if not line.was_right] == []
    assert found["people"].rows
    assert found["progress"].rows
    assert found["courses"].rows
    assert found["journal"].rows


def test_what_differs_is_counted_and_mended(small: SmallSite) -> None:
    before = rebuilt(small)
    change(
        small,
        "UPDATE person_listing SET name = 'Somebody else'",
        "DELETE FROM course_progress",
        "UPDATE search_text SET body = 'other words' WHERE asset IS NULL",
        "DELETE FROM journal_mention WHERE place & 0xffffffffff = 2",
    )

    found = rebuilt(small)

    assert {key for key, line in found.items() if not line.was_right} == {
        "people", "progress", "courses", "journal",
    }  # fmt: skip
    people, progress = found["people"], found["progress"]
    assert (people.wrong, people.missing) == (people.rows, people.rows)
    assert (progress.wrong, progress.missing) == (0, before["progress"].rows)
    assert found["journal"].wrong == 0
    assert {key: line.rows for key, line in found.items()} == {
        key: line.rows for key, line in before.items()
    }
    assert all(line.was_right for line in rebuilt(small).values())


def test_progress_says_again_what_it_said(small: SmallSite) -> None:
    def progress() -> list[tuple[object, ...]]:
        with small.services.open_site.site.read() as session:
            return [tuple(row) for row in session.execute(sa.text("SELECT * FROM course_progress"))]

    before = progress()
    change(small, "DELETE FROM course_progress")
    rebuilt(small)

    assert progress() == before
    assert before


def test_it_is_no_deed_of_the_journal_and_not_for_everybody(small: SmallSite) -> None:
    site = small.services.open_site.site
    with site.read() as session:
        entries = session.scalar(sa.text("SELECT count(*) FROM journal_entry"))
    rebuilt(small)
    with site.read() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM journal_entry")) == entries

    trainer = Actor(
        account_id=None,
        person_id=None,
        name="Trainer",
        grants=frozenset({Grant(capability=Capability.ASSIGN)}),
    )
    with pytest.raises(NotAllowed):
        small.services.derivations.rebuild(trainer)
