"""A thousand edits with the key in hand, by another SQLite program: verifying finds each, and no other."""

from collections.abc import Iterator
from random import Random

import pytest

from app.bootstrap.benches.small_site import answer_in_turn, open_small_site
from app.core.base.progress import NoProgress
from app.core.journal import Site
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.personal.models import PersonKeyRow
from app.core.journal.projection.models import (
    AsideRow,
    ContestRow,
    RefusedClaimRow,
    RepointedRow,
    WriterRow,
)
from app.core.journal.verify import Verdict, verify_journal
from app.core.storage.database import SqliteFile
from app.core.storage.tables import Base, Kind, journalled_models, table_of
from tests.support.clock import TurnedClock
from tests.support.histories import ACTS, random_history
from tests.support.ledger_histories import ACTOR, History, Shelf
from tests.support.other_program import Edit, OtherProgram
from tests.support.plant import build_plant
from tests.support.sites import DATA_KEY, empty_database

LOTS = 2
OF_ONE_PC, OF_THREE_PCS = 350, 150
"""Edits of a lot. What three PCs wrote takes three times as long to verify."""
JOURNAL = ("journal_entry", "journal_log", "journal_seal")
OF_LOGS = (*JOURNAL, "kept_seal")
"""What is wrong with these is told of the log."""
KEPT = tuple(table_of(model).name for model in journalled_models())
BESIDE = tuple(
    table_of(model).name for model in (AsideRow, RepointedRow, ContestRow, RefusedClaimRow)
)
OF_THIS_PC = tuple(
    table_of(mapper.class_).name
    for mapper in Base.registry.mappers
    if mapper.class_.table_kind is Kind.LOCAL
    and mapper.class_ is not PersonKeyRow  # without its key the journal no longer says a name
    and mapper.class_ is not WriterRow  # by which what entries say is judged: an edit may be found
    and table_of(mapper.class_).name not in BESIDE
)


@pytest.fixture(scope="module")
def one_pc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A plant of one PC, where people learned and were examined; sealed in the middle."""
    small = open_small_site(tmp_path_factory.mktemp("one-pc"), TurnedClock())
    site = small.services.open_site.site
    build_plant(site, people=6)
    small.services.journal.seal(ACTOR)
    attempt = small.services.quizzes.start(small.learner, small.quiz_lesson)
    answer_in_turn(small, attempt, 30)
    small.services.quizzes.submit(small.learner, attempt.attempt_id)
    yield site
    small.services.close()


@pytest.fixture(scope="module")
def three_pcs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Records of three PCs that wrote the same things apart, with a copy of one, and then met."""
    folder = tmp_path_factory.mktemp("three-pcs")
    empty_database(folder, DATA_KEY).close()
    shelf = Shelf(folder, folder / "site.db", DATA_KEY)
    history = History(shelf, 3)
    steps = random_history(Random(7), 3, 120)
    history.run([("clone", 1, 0, 0)])
    for number, step in enumerate(steps):
        if step.act in ACTS:
            history.act(step.station, ACTS[step.act], step.which, step.other)
        elif number % 3 == 0:
            history.run([("part", step.station, step.which, step.other)])
    history.meet()
    yield history.posts[0].site
    shelf.close()


def verified(site: Site) -> Verdict:
    with site.read() as session:
        return verify_journal(session.connection(), NoProgress())


def other_program(site: Site) -> OtherProgram:
    location = site.database.location
    assert isinstance(location, SqliteFile)
    assert location.key is not None
    return OtherProgram(location.path, location.key)


class WhatCounts:
    """Tells edits that verifying is to find from those that say nothing else than before.

    What no seal says of itself is the number that this database gave it.
    """

    def __init__(self, site: Site) -> None:
        with site.read() as session:
            self._logs = {log.id: log for log in stored_logs(session.connection())}

    def __call__(self, edit: Edit) -> bool:
        if edit.table == "journal_seal":
            return (edit.way, edit.column) != ("change", "id")
        if edit.table == "journal_log":
            log = self._logs[edit.key[0]]
            return log.last > 0 and not (log.is_ours and edit.column == "proved")
        return True


def not_found(site: Site, edits: int, seed: int) -> list[Edit]:
    """Make edits one after another, each undone after it was looked for; return those not named."""
    random, other, counts = Random(seed), other_program(site), WhatCounts(site)
    missed: list[Edit] = []
    try:
        tables = other.filled([*JOURNAL, *KEPT, *BESIDE])
        for _number in range(edits):
            with other.edited(random, tables, counts) as edit:
                bad = verified(site).first_bad
            if bad is not None:
                assert isinstance(bad.seq, int | None), edit  # it is printed, and written as JSON
            if bad is None or (edit.table not in OF_LOGS and bad.log != edit.table):
                missed.append(edit)
        assert verified(site).ok
    finally:
        other.close()
    return missed


@pytest.mark.parametrize("lot", range(LOTS))
def test_every_edit_of_the_records_of_one_pc_is_found(one_pc: Site, lot: int) -> None:
    assert not_found(one_pc, OF_ONE_PC, lot) == []


@pytest.mark.parametrize("lot", range(LOTS))
def test_every_edit_of_records_that_came_from_three_pcs_is_found(three_pcs: Site, lot: int) -> None:
    assert not_found(three_pcs, OF_THREE_PCS, lot) == []


def test_no_edit_of_what_is_of_this_pc_alone_is_taken_for_one_of_the_records(one_pc: Site) -> None:
    random, other = Random(1), other_program(one_pc)
    try:
        tables = other.filled(OF_THIS_PC)
        assert len(tables) > 5
        for _number in range(100):
            with other.edited(random, tables, lambda _edit: True) as edit:
                assert verified(one_pc).ok, edit
    finally:
        other.close()
