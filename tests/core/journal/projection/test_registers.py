"""A column's register: what superseded what decides, never the order in which it came."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.journal.projection.registers import (
    Register,
    pack_versions,
    split_versions,
    unpack_versions,
)

BASE = b"0" * 16


def version(number: int) -> bytes:
    return b"%016d" % (number + 1)


def begun(*, regulated: bool = False) -> Register:
    return Register({BASE: "begun"}, (BASE,), regulated)


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[bytes, tuple[bytes, ...], str]]:
    """Edits that each saw some that were made before, whatever their versions are."""
    count = draw(st.integers(1, 5))
    made: list[tuple[bytes, tuple[bytes, ...], str]] = []
    for number in draw(st.permutations(range(count))):
        known = [BASE, *(one[0] for one in made)]
        seen = draw(st.sets(st.sampled_from(known), min_size=1, max_size=2))
        made.append((version(number), tuple(sorted(seen)), f"value {number}"))
    return made


@given(edits(), st.booleans())
def test_every_order_gives_the_same_register(
    made: list[tuple[bytes, tuple[bytes, ...], str]], regulated: bool
) -> None:
    results = []
    for order in permutations(made):
        register = begun(regulated=regulated)
        for edit in order:
            register.write(*edit)
        results.append((sorted(register.live.items()), register.early, register.value))

    assert all(result == results[0] for result in results)
    superseded = {one for _version, seen, _value in made for one in seen}
    written = {BASE, *(one for one, _seen, _value in made)}
    assert {one for one, _value in results[0][0]} == written - superseded


def test_an_edit_that_saw_another_wins_although_its_clock_is_behind() -> None:
    register = begun()
    register.write(version(2099), (BASE,), "from 2099")
    register.write(version(7), (version(2099),), "repaired")

    assert (register.value, register.versions) == ("repaired", version(7))


def test_concurrent_edits_stand_side_by_side_until_one_saw_both() -> None:
    register = begun()
    register.write(version(1), (BASE,), "one")
    register.write(version(2), (BASE,), "two")
    assert register.live == {version(1): "one", version(2): "two"}
    assert register.value == "two"
    assert split_versions(register.versions) == (version(1), version(2))

    register.write(version(3), split_versions(register.versions), "decided")
    assert register.live == {version(3): "decided"}
    assert register.early == {}


def test_in_a_regulated_column_what_came_later_does_not_win_by_itself() -> None:
    register = begun(regulated=True)
    register.write(version(2), (BASE,), "later")
    register.write(version(1), (BASE,), "sooner")

    assert register.value == "sooner"
    assert len(register.live) == 2


def test_edits_in_a_ring_leave_something_to_show() -> None:
    register = begun()
    register.write(version(1), (version(2), BASE), "one")
    register.write(version(2), (version(1),), "two")

    assert register.value == "two"


def test_of_one_entry_the_last_edit_holds() -> None:
    register = begun()
    register.write(version(1), (BASE,), "first")
    register.write(version(1), (version(1),), "second")

    assert register.live == {version(1): "second"}


def test_twins_that_wrote_at_one_stamp_show_the_same_everywhere() -> None:
    one, other = begun(), begun()
    for register, order in ((one, ("a", "b")), (other, ("b", "a"))):
        for value in order:
            register.write(version(1), (BASE,), value)

    assert one.live == other.live == {version(1): "b"}


def test_versions_are_packed_alike_in_every_order() -> None:
    one = {"": BASE, "b": version(1), "a": version(2)}

    assert pack_versions(one) == pack_versions(dict(reversed(one.items())))
    assert unpack_versions(pack_versions(one)) == one


@pytest.mark.parametrize("joined", [b"", b"short", b"x" * 17])
def test_what_are_no_versions_is_refused(joined: bytes) -> None:
    with pytest.raises(ValueError, match="no versions"):
        split_versions(joined)
