"""Figures name from whom records came, and as of when: the oldest word first."""

from datetime import timedelta
from pathlib import Path

import pypdfium2

from app.core.base.figures import moment
from app.core.base.paging import PageRequest
from app.core.reports import Reports, table_bytes
from app.core.sync import Source
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc
from tests.ui.sync.conftest import add


def sources(pc: Pc) -> tuple[Source, ...]:
    return Reports(pc.opened.site, pc.opened.keys).sources(ACTOR)


def test_a_pc_alone_has_none(one: Pc) -> None:
    add(one, "A")

    assert sources(one) == ()


def test_another_pc_is_as_old_as_its_last_word(
    one: Pc, two: Pc, stick: Path, clock: TurnedClock
) -> None:
    two.take(one.send(stick, two))
    add(two, "B")
    one.take(two.send(stick, one))
    (first,) = sources(one)
    clock.set_wall(clock.now() + timedelta(days=9))
    add(one, "C")

    (later,) = sources(one)
    assert first == later
    assert first.is_own_site
    a_stamp_drawn = timedelta(milliseconds=2)  # its entries may stand that far ahead of the clock
    assert clock.now() - later.as_of >= timedelta(days=9) - a_stamp_drawn

    one.take(two.send(stick, one))  # nothing new, and a fresh word
    (fresh,) = sources(one)
    assert clock.now() - fresh.as_of < timedelta(hours=1)


def test_who_never_spoke_itself_is_as_old_as_its_newest_entry(
    one: Pc, two: Pc, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    third = another_pc(one, tmp_path / "three", clock)
    two.take(one.send(stick, two))
    third.take(one.send(stick, third))
    add(third, "T")
    written = clock.now()
    two.take(third.send(stick, two))
    clock.set_wall(clock.now() + timedelta(days=3))
    one.take(two.send(stick, one))

    oldest, newest = sources(one)

    assert abs(oldest.as_of - written) < timedelta(minutes=5)
    assert newest.as_of > written + timedelta(days=2)


def test_a_report_on_paper_says_it(one: Pc, two: Pc, stick: Path) -> None:
    two.take(one.send(stick, two))
    add(two, "B")
    one.take(two.send(stick, one))
    (source,) = sources(one)

    table = Reports(one.opened.site, one.opened.keys).table(ACTOR, "people-status", PageRequest())
    document = pypdfium2.PdfDocument(table_bytes(table, "pdf"))
    words = document[0].get_textpage().get_text_range()
    document.close()

    assert table.sources == source.words
    assert moment(source.as_of) in words.replace("\r\n", " ")
