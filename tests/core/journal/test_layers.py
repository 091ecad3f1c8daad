"""Bodies laid under each other differ in the stretches that are told, and nowhere else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.core.journal.layers import FEW_BODIES, lay, varying_stretches


@st.composite
def alike(draw: st.DrawFn) -> list[bytes]:
    """Bodies of one length, of which a few bytes were changed; enough of them to be compared in turn."""
    first = draw(st.binary(min_size=1, max_size=30))
    bodies = [first] * draw(st.sampled_from([1, 20, 256, 257, 600]))
    for _turn in range(draw(st.integers(0, 6))):
        turn = draw(st.integers(0, len(bodies) - 1))
        changed = bytearray(bodies[turn])
        changed[draw(st.integers(0, len(first) - 1))] ^= draw(st.integers(0, 255))
        bodies[turn] = bytes(changed)
    return bodies


@given(bodies=alike())
def test_stretches_are_the_places_at_which_bodies_differ(bodies: list[bytes]) -> None:
    width = len(bodies[0])
    stretches = varying_stretches(b"".join(bodies), width)

    told = [place for start, length in stretches for place in range(start, start + length)]
    assert told == [at for at in range(width) if len({body[at] for body in bodies}) > 1]
    assert all(sum(one) < other[0] for one, other in pairwise(stretches))


@given(kinds=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), max_size=60))
def test_only_bodies_with_enough_others_of_their_kind_and_length_are_laid(
    kinds: list[tuple[str, int]],
) -> None:
    bodies = [bytes([turn]) * width for turn, (_kind, width) in enumerate(kinds)]
    layers = list(lay(bodies, [kind for kind, _width in kinds]))

    laid = sorted(turn for layer in layers for turn in layer.turns)
    assert laid == [
        turn for turn, kind in enumerate(kinds) if kind[1] and kinds.count(kind) >= FEW_BODIES
    ]
    for layer in layers:
        assert layer.joined == b"".join(bodies[turn] for turn in layer.turns)
        assert len({kinds[turn] for turn in layer.turns}) == 1
