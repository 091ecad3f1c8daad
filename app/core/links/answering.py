"""From a request to its answer: who asks, what for, and how refusals are told in HTTP's numbers."""

import logging
from dataclasses import replace

from app.core.base.errors import NotAllowed, NotFound, UserFacingError
from app.core.learning import (
    DocumentChanged,
    DocumentConflict,
    DocumentTooLarge,
    StatementConflict,
    Statements,
    to_text,
    written_instant,
)
from app.core.links.access import BASE_PATH, Doors
from app.core.links.messages import HttpError, Request, Response
from app.core.links.negotiation import VERSION_HEADER, answered_version, spoken, undisguised
from app.core.links.resources import Call, lookups, methods_of
from app.core.storage.faults import DatabaseBusy, DatabaseDamaged, DiskFull, FolderReadOnly

CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
_FETCH = "fetch"

_STATUS: dict[type[UserFacingError], int] = {
    NotAllowed: 403,
    NotFound: 404,
    StatementConflict: 409,
    DocumentConflict: 409,
    DocumentChanged: 412,
    DocumentTooLarge: 413,
    DatabaseBusy: 503,
    DiskFull: 507,
    FolderReadOnly: 503,
    DatabaseDamaged: 503,
}
"""Every other error that is told to people is a request that cannot be met as it stands: 400."""

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Content-Type, "
    "X-Experience-API-Version, X-Experience-API-Consistent-Through",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match, If-None-Match, "
    "Accept-Language, X-Experience-API-Version, X-Experience-API-Hash",
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "600",
}

_log = logging.getLogger(__name__)


class Answering:
    """Answers requests over the statement store. Knows no sockets; safe for several threads."""

    def __init__(self, statements: Statements, doors: Doors) -> None:
        self._statements = statements
        self._doors = doors

    def answer(self, request: Request) -> Response:
        """Return the answer to any request, with the headers that every answer has."""
        headers = {**_CORS, **self._standing_headers(request)}
        try:
            response = self._answer(request)
        except HttpError as error:
            response = _refusal(error.status, error.why, error.headers)
        except UserFacingError as error:
            response = _told(error)
        except Exception:  # noqa: BLE001  the edge: a client gets a number, the log gets the bug
            _log.exception("a request to the endpoint failed")
            response = _refusal(500, "the program made a mistake")
        if request.method != "OPTIONS":
            self._doors.count(request.header("authorization"))
        return replace(response, headers={**headers, **response.headers})

    def _standing_headers(self, request: Request) -> dict[str, str]:
        """Return what is told whatever comes of a request; the time is taken before it is met."""
        headers = {VERSION_HEADER: answered_version(request)}
        if request.path[:-1] == (*BASE_PATH, "more") or request.path == (*BASE_PATH, "statements"):
            headers[CONSISTENT_THROUGH] = written_instant(self._statements.consistent_through())
        return headers

    def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status=204, headers=_PREFLIGHT)
        if request.path[:1] == (_FETCH,):
            return self._fetch(request)
        if request.path[: len(BASE_PATH)] != BASE_PATH:
            raise HttpError(404, "there is nothing here")
        path = request.path[len(BASE_PATH) :]
        if path == ("about",):
            return _about(request)
        return self._resource(undisguised(replace(request, path=path)))

    def _resource(self, request: Request) -> Response:
        methods = methods_of(request.path)
        if methods is None:
            raise HttpError(404, "there is no such resource")
        access = self._doors.enter(request.header("authorization"))
        if access is None:
            raise HttpError(401, "nobody is let in by this Authorization")
        version = spoken(request)
        handler = methods.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise _not_done({*methods, "HEAD"})
        call = Call(
            request=request,
            access=access,
            version=version,
            statements=access.statements or self._statements,
            base="/" + "/".join(BASE_PATH),
        )
        return handler(call)

    def _fetch(self, request: Request) -> Response:
        """Give a launch's token, once (cmi5 §8.2). Whatever is wrong is told in JSON with 200."""
        if request.method != "POST":
            raise _not_done({"POST"})
        try:
            token = self._doors.fetch("/".join(request.path[1:]))
        except KeyError:
            return _fetch_error("2", "There is no such launch.")
        if token is None:
            return _fetch_error(
                "1", "The token of this launch was fetched before, or it has ended."
            )
        self._doors.count_fetch(token)
        return Response(body=to_text({"auth-token": token}).encode())


def _told(error: UserFacingError) -> Response:
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _refusal(_STATUS[kind], error.sentence)
    return _refusal(400, error.sentence)


def _about(request: Request) -> Response:
    if request.method not in {"GET", "HEAD"}:
        raise _not_done({"GET", "HEAD"})
    return lookups.about()


def _not_done(methods: set[str]) -> HttpError:
    allowed = ", ".join(sorted({*methods, "OPTIONS"}))
    return HttpError(405, "the resource does not do this", {"Allow": allowed})


def _refusal(status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    return Response(status=status, body=to_text({"error": why}).encode(), headers=headers or {})


def _fetch_error(code: str, text: str) -> Response:
    return Response(body=to_text({"error-code": code, "error-text": text}).encode())
