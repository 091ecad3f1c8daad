"""Requests and answers as the resources see them: no sockets, no environ."""

from collections.abc import Mapping
from dataclasses import dataclass, field

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asks. Everything in it is untrusted."""

    method: str
    path: tuple[str, ...]
    """The parts of the path after the endpoint's own, without empty ones."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header, "" when it was not sent."""
        return self.headers.get(name.lower(), "")

    @property
    def media_type(self) -> str:
        """Return the media type of the body without parameters, in lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is answered."""

    status: int = 200
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)


class HttpError(Exception):
    """A request that HTTP itself has a number for."""

    def __init__(self, status: int, why: str, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.why = why
        self.headers = headers or {}
        super().__init__(why)


def bad_request(why: str) -> HttpError:
    """Return the error for a request that cannot be understood."""
    return HttpError(400, why)
