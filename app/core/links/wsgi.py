"""The endpoint as a WSGI application (PEP 3333): between a web server and `Answering`."""

import ipaddress
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from app.core.learning import ENDPOINT_HOST
from app.core.links.answering import Answering
from app.core.links.messages import HttpError, Request, Response, bad_request

Environ = dict[str, Any]  # PEP 3333: strings, and the server's own objects
StartResponse = Callable[[str, list[tuple[str, str]]], Any]  # returns a writer nobody uses
MOST_PARAMETERS = 100


class EndpointApplication:
    """Turns what the server gives into a request, and an answer into what it takes."""

    def __init__(self, answering: Answering, *, only_this_pc: bool) -> None:
        self._answering = answering
        self._only_this_pc = only_this_pc

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            self._refuse_foreign_name(environ)
            response = self._answering.answer(_request(environ))
        except HttpError as error:
            response = Response(
                status=error.status, body=error.why.encode(), media_type="text/plain"
            )
        has_body = response.status != HTTPStatus.NO_CONTENT
        headers = list(response.headers.items())
        if has_body:
            headers += [
                ("Content-Type", response.media_type),
                ("Content-Length", str(len(response.body))),
            ]
        headers.append(("Cache-Control", "no-store"))
        phrase = HTTPStatus(response.status).phrase
        start_response(f"{response.status} {phrase}", headers)
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        return [response.body] if has_body and not is_head else []

    def _refuse_foreign_name(self, environ: Environ) -> None:
        """Refuse a page that reached this PC by a name of its own (DNS rebinding)."""
        if self._only_this_pc and not _names_this_pc(environ.get("HTTP_HOST", "")):
            raise HttpError(HTTPStatus.FORBIDDEN, "this endpoint answers to 127.0.0.1 only")


def _names_this_pc(untrusted_host: str) -> bool:
    name = untrusted_host.rsplit(":", 1)[0] if not untrusted_host.endswith("]") else untrusted_host
    if name in {"", "localhost", ENDPOINT_HOST}:
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _request(environ: Environ) -> Request:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
    }
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    return Request(
        method=environ["REQUEST_METHOD"].upper(),
        path=tuple(part for part in path.split("/") if part),
        query=_query(environ.get("QUERY_STRING", "")),
        headers=headers,
        body=environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
    )


def _query(untrusted: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            untrusted, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError as error:
        raise bad_request("the query cannot be read") from error
    found = dict(pairs)
    if len(found) != len(pairs):
        raise bad_request("a parameter is given twice")
    return found
