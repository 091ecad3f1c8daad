"""multipart/mixed, as statements travel with what is attached to them (RFC 2046 §5.1)."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.links.messages import bad_request

MOST_PARTS = 1000
_BOUNDARY = re.compile(r"""boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE)
_EDGE = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, names in lower case, and its bytes."""

    headers: Mapping[str, str]
    content: bytes

    def header(self, name: str) -> str:
        """Return a header, "" when there is none."""
        return self.headers.get(name, "")


def read_parts(untrusted_content_type: str, untrusted_body: bytes) -> list[Part]:
    """Return the parts of a body. Raises HttpError (400) for one that is not multipart."""
    found = _BOUNDARY.search(untrusted_content_type)
    if found is None:
        raise bad_request("multipart/mixed without a boundary")
    boundary = (found.group(1) or found.group(2)).encode("latin-1", "replace")
    edge = _EDGE + b"--" + boundary
    # The preamble may be empty: the first edge then begins the body.
    _preamble, *pieces = (_EDGE + untrusted_body).split(edge)
    if not pieces or len(pieces) > MOST_PARTS + 1:
        raise bad_request("the boundary does not occur in the body, or too often")
    *parts, epilogue = pieces
    if not epilogue.startswith(b"--") or not parts:
        raise bad_request("the last part is not closed")
    return [_part(piece) for piece in parts]


def write_parts(parts: list[Part]) -> tuple[str, bytes]:
    """Return the content type and the body for some parts."""
    boundary = secrets.token_hex(16)
    written = bytearray()
    for part in parts:
        written += b"--" + boundary.encode() + _EDGE
        for name, value in part.headers.items():
            written += f"{name}: {value}".encode("latin-1", "replace") + _EDGE
        written += _EDGE + part.content + _EDGE
    written += b"--" + boundary.encode() + b"--" + _EDGE
    return f"multipart/mixed; boundary={boundary}", bytes(written)


def _part(piece: bytes) -> Part:
    line_end, separator, rest = piece.partition(_EDGE)
    if not separator or line_end.strip(b" \t"):
        raise bad_request("a boundary is followed by something else")
    if rest.startswith(_EDGE):
        return Part({}, rest[len(_EDGE) :])
    head, separator, content = rest.partition(_EDGE + _EDGE)
    if not separator:
        raise bad_request("a part has no end of its headers")
    headers = {}
    for line in head.decode("latin-1").split("\r\n"):
        name, colon, value = line.partition(":")
        if not colon:
            raise bad_request("a part has a header without a colon")
        headers[name.strip().lower()] = value.strip()
    return Part(headers, content)
