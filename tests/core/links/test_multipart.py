"""multipart/mixed: what was written is read again, and anything else is refused, not misread."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.links.messages import HttpError
from app.core.links.multipart import Part, read_parts, write_parts

TOKENS = some.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)
PARTS = some.lists(
    some.builds(Part, some.dictionaries(TOKENS, TOKENS, max_size=3), some.binary(max_size=200)),
    min_size=1,
    max_size=5,
)


@given(PARTS)
def test_parts_come_back_as_they_went(parts: list[Part]) -> None:
    media_type, body = write_parts(parts)

    assert read_parts(media_type, body) == parts


@given(some.binary(), TOKENS)
def test_any_body_is_parts_or_is_refused(untrusted: bytes, boundary: str) -> None:
    media_type = f'multipart/mixed; boundary="{boundary}"'
    for body in (untrusted, b"--" + boundary.encode() + untrusted):
        with suppress(HttpError):
            assert read_parts(media_type, body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b--\r\n",
        b"--b\r\n\r\ncontent",
        b"--b\r\n\r\ncontent\r\n--b",
        b"--b\r\nno end of headers\r\n--b--",
        b"--b\r\nno colon\r\n\r\nx\r\n--b--",
        b"--bb\r\n\r\nx\r\n--bb--",
    ],
)
def test_what_is_cut_short_is_refused(body: bytes) -> None:
    with pytest.raises(HttpError):
        read_parts("multipart/mixed; boundary=b", body)


def test_preamble_and_epilogue_do_not_count() -> None:
    body = b"for old readers\r\n--b\r\n\r\nx\r\n--b  \r\nA: 1\r\n\r\ny\r\n--b--\r\nthe end"

    assert read_parts("multipart/mixed;boundary=b", body) == [
        Part({}, b"x"),
        Part({"a": "1"}, b"y"),
    ]
