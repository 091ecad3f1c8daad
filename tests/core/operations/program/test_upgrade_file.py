"""The stream of an upgrade file, whatever is asked of it at once and however it comes from the stick."""

import io
import random

import pytest
from backports import zstd

from app.core.operations.program.upgrade_file import Unpacked


@pytest.fixture(scope="module")
def content() -> bytes:
    """Bytes of which some can be packed and some cannot."""
    chance = random.Random(1)
    return b"".join(
        chance.choice((chance.randbytes(2000), bytes(4000), b"abc" * 700)) for _part in range(200)
    )


@pytest.mark.parametrize("piece", [100, 4096, 70_000])
@pytest.mark.parametrize("asked", [7, 4096, 131_072, 1 << 20])
def test_what_went_in_comes_out_whole(content: bytes, piece: int, asked: int) -> None:
    file = io.BytesIO(zstd.compress(content, 12))
    stream = Unpacked(lambda count: file.read(min(count, piece)))
    got = bytearray()

    while block := stream.read(asked):
        assert len(block) <= asked
        got += block

    assert got == content
    assert stream.is_at_end


def test_a_stream_that_breaks_off_or_goes_on_is_not_at_its_end(content: bytes) -> None:
    packed = zstd.compress(content, 12)
    for given in (packed[:-10], packed + b"more"):
        stream = Unpacked(io.BytesIO(given).read)
        while stream.read(1 << 20):
            pass
        assert not stream.is_at_end
