"""Loops of prerequisites that several sites make and end apart: whatever the order of carrying, all end alike.

Names of the invariants: records-and-sync, "Invariants to property-test".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.journal import Contest, Ruling
from app.core.sync.disputes import waiting
from app.core.training.kinds import LinkKind, RequirementType
from app.core.training.models import RequirementLinkRow, RequirementRow
from app.core.training.requirements import PrerequisiteLoops
from tests.support.sites import empty_database
from tests.support.travelling import ACTOR, Traveller, fixed_id, rebuilt_tables

LOOPS, NAME = PrerequisiteLoops(), ("requirement", "prerequisites")
DAY = date(2026, 11, 30)
ALL = 99


class Deed(NamedTuple):
    """What a site does: 0 lets a link of a loop hold, 1 ends one it sees no loop in, 2 takes, 3 turns its clock."""

    what: int
    who: int
    whom: int
    which: int


def open_loops(site: Traveller) -> list[Contest]:
    with site.site.read() as session:
        return list(LOOPS.open(session))


def links(site: Traveller) -> dict[UUID, bool]:
    """Return which links stand."""
    with site.site.read() as session:
        rows = session.scalars(sa.select(RequirementLinkRow))
        return {row.id: row.ended_on is None for row in rows}


def told(site: Traveller) -> set[UUID]:
    """Return the links of which something waits for a decision."""
    with site.site.read() as session:
        found = waiting(session)
    return {
        key
        for one in found
        for key in ([v.value for v in one.values] if (one.table, one.column) == NAME else [one.key])
    }


class Wish(NamedTuple):
    """Somebody wanted a link to stand or to end, as the entry says that a site wrote then."""

    site: int
    seq: int
    knew: dict[int, int]
    """How many entries of each site."""
    stands: bool

    def knows(self, other: "Wish") -> bool:
        return self.knew[other.site] >= other.seq


class World:
    """Sites that each said one link of a loop before they heard of each other."""

    def __init__(self, template: Path, folder: Path, size: int) -> None:
        folder.mkdir()
        self.sites = [Traveller(template, folder, number + 1) for number in range(3)]
        self.wishes: dict[UUID, list[Wish]] = {}
        things = [fixed_id(number) for number in range(size)]
        with self.sites[0].transaction() as unit:
            for number, key in enumerate(things):
                unit.add(
                    RequirementRow(
                        id=key, code=f"R{number}", title="R", type=RequirementType.EXTERNAL
                    )
                )
        for site in self.sites[1:]:
            site.take(self.sites[0], ALL)
        for number, (one, first) in enumerate(pairwise([*things, things[0]])):
            with self.sites[number % 3].transaction() as unit:
                unit.add(
                    RequirementLinkRow(
                        requirement_id=one, other_id=first, kind=LinkKind.PREREQUISITE
                    )
                )

    def do(self, deed: Deed) -> None:
        site, other = self.sites[deed.who], self.sites[deed.whom]
        if deed.what == 0:
            self.decide(site, deed.which)
        elif deed.what == 1:
            self.end(site, deed.which)
        elif deed.what == 2 and site is not other:
            site.take(other, deed.which % 3 or ALL)
        elif deed.what == 3:
            site.turn_clock((deed.which % 21 - 10) * 365)

    def decide(self, site: Traveller, which: int) -> None:
        """Let one link of a loop hold: the one before it ends, and the others stand."""
        for loop in open_loops(site)[:1]:
            values = [one.value for one in loop.values]
            at = which % len(values)
            ruling = Ruling(
                key=loop.key, value=values[at], actor=ACTOR, reason="So", at=site.clock.now()
            )
            with site.transaction() as unit:
                LOOPS.settle(unit, ruling)
            for key in values:
                self.wish(site, key, stands=key != values[at - 1])

    def end(self, site: Traveller, which: int) -> None:
        """End a link of which nothing waits: nobody is held to what they do not know."""
        free = sorted({key for key, stands in links(site).items() if stands} - told(site))
        if free:
            key = free[which % len(free)]
            with site.transaction() as unit:
                unit.get_one(RequirementLinkRow, key).ended_on = DAY
            self.wish(site, key, stands=False)

    def wish(self, site: Traveller, key: UUID, *, stands: bool) -> None:
        knew = {number: site.has_of(other) for number, other in enumerate(self.sites)}
        at = self.sites.index(site)
        self.wishes.setdefault(key, []).append(Wish(at, knew[at], knew, stands))

    def wished(self, key: UUID) -> set[bool]:
        """Return what is wanted of a link by those wishes that no later one knew."""
        wishes = self.wishes.get(key, [])
        return {
            one.stands
            for one in wishes
            if not any(other is not one and other.knows(one) for other in wishes)
        } or {True}

    def meet(self) -> None:
        for _round in range(3):
            for site in self.sites:
                for other in self.sites:
                    if site is not other:
                        site.take(other, ALL)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    (tmp_path / "template").mkdir()
    empty_database(tmp_path / "template").close()
    return tmp_path / "template" / "site.db"


@contextmanager
def world(template: Path, size: int) -> Iterator[World]:
    folder = template.parent.parent / f"world-{len(list(template.parent.parent.iterdir()))}"
    made = World(template, folder, size)
    try:
        yield made
    finally:
        for site in made.sites:
            site.close()


@pytest.mark.parametrize("size", [2, 3])
def test_what_each_site_decided_otherwise_is_told_on_all(template: Path, size: int) -> None:
    with world(template, size) as made:
        made.meet()
        for number, site in enumerate(made.sites[:size]):
            made.decide(site, number)
            assert told(site) == set()
        made.meet()

        for site in made.sites:
            assert told(site) == links(site).keys()
            assert sum(links(site).values()) == size - 1  # as the first said, meanwhile
        made.decide(made.sites[1], 1)
        made.meet()
        for site in made.sites:
            assert told(site) == set()
            assert sum(links(site).values()) == size - 1


def test_who_ends_what_another_kept_without_knowing_of_the_loop_is_told(template: Path) -> None:
    with world(template, 2) as made:
        one, other = made.sites[0], made.sites[1]
        one.take(other, ALL)
        (loop,) = open_loops(one)
        (of_the_other,) = links(other)
        made.decide(one, [each.value for each in loop.values].index(of_the_other))
        with other.transaction() as unit:
            unit.get_one(RequirementLinkRow, of_the_other).ended_on = DAY
        made.meet()

        for site in made.sites:
            assert told(site) == {of_the_other}


deeds = st.builds(
    Deed, st.sampled_from([0, 0, 0, 1, 2, 2, 2, 3]), *(st.integers(0, 2),) * 2, st.integers(0, 20)
)


@settings(
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),  # shrinking databases takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(size=st.integers(2, 4), drawn=st.lists(deeds, max_size=24))
def test_in_whatever_order_they_are_carried_all_sites_end_alike_and_no_link_is_lost_untold(
    template: Path, size: int, drawn: list[Deed]
) -> None:
    """I2, I4, I10: a link that ended untold is one that nobody who decided let stand."""
    with world(template, size) as made:
        for deed in drawn:
            made.do(deed)
        made.meet()
        first, *others = (site.tables() for site in made.sites)
        assert all(tables == first for tables in others)
        assert rebuilt_tables(made.sites[0]) == first
        waits = told(made.sites[0])
        for key, stands in links(made.sites[0]).items():
            assert key in waits or made.wished(key) == {stands}
