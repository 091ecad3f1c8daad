"""What a request says beside its question: the edition it speaks, and xAPI 1.0.3's disguises."""

from dataclasses import replace
from urllib.parse import parse_qsl

from app.core.learning import XapiVersion, spoken_version
from app.core.links.messages import JSON_TYPE, HttpError, Request, bad_request

VERSION_HEADER = "X-Experience-API-Version"
_BEFORE_HEADERS = "0.95"
_FORM_TYPE = "application/x-www-form-urlencoded"
_AS_HEADERS = (
    "authorization",
    "x-experience-api-version",
    "content-type",
    "content-length",
    "if-match",
    "if-none-match",
    "accept",
    "accept-language",
)
_METHODS = ("GET", "PUT", "POST", "DELETE", "HEAD")


def spoken(request: Request) -> XapiVersion:
    """Return the edition a request speaks. Raises HttpError (400) for none or an unknown one."""
    version = spoken_version(request.header(VERSION_HEADER).strip())
    if version is None:
        raise bad_request(f"{VERSION_HEADER} must be given and be 1.0.x or 2.0.x")
    return version


def answered_version(request: Request) -> str:
    """Return what the answer's version header says: the newest release of the edition asked in.

    Who names none speaks an edition from before there was the header (1.0.3, Communication 3.3).
    """
    if "method" in request.query:
        return XapiVersion.ONE.value  # the only edition with the alternate syntax
    named = request.header(VERSION_HEADER).strip()
    version = spoken_version(named)
    if version is not None:
        return version.value
    return XapiVersion.TWO.value if named or request.path[-1:] == ("about",) else _BEFORE_HEADERS


def undisguised(request: Request) -> Request:
    """Return what a POST with `?method=` stands for; other requests as they are.

    Pages of old browsers could only POST forms, so 1.0.3 lets the method, headers and content
    travel as form fields (Communication 1.3). IEEE 9274.1.1 dropped that: with it, an error.
    """
    if "method" not in request.query:
        return request
    if request.method != "POST":
        raise bad_request("a method in the query is for POST only")
    method = request.query["method"].upper()
    fields = _fields(request)
    headers = _headers_taken(request, fields)
    plain = replace(request, method=method, headers=headers, query={}, body=b"")
    if spoken(plain) is not XapiVersion.ONE:
        raise bad_request("the alternate request syntax is not part of xAPI 2.0")
    if method not in _METHODS or set(request.query) != {"method"}:
        raise bad_request("a request in alternate syntax has one query parameter, the method")
    content = fields.pop("content", None)
    asked = replace(plain, query=fields)
    return _bringing(asked, content) if method in {"PUT", "POST"} else asked


def _headers_taken(request: Request, fields: dict[str, str]) -> dict[str, str]:
    """Return a request's headers with those that came as fields, which are taken out of them."""
    headers = {name: value for name, value in request.headers.items() if name != "content-type"}
    return headers | {name: fields.pop(name) for name in list(fields) if name in _AS_HEADERS}


def _bringing(request: Request, content: str | None) -> Request:
    """Return a request with what its form had as content for a body."""
    if content is None:
        raise bad_request("a request in alternate syntax carries its body as content")
    headers = {"content-type": JSON_TYPE, **request.headers}
    return replace(request, headers=headers, body=content.encode())


def _fields(request: Request) -> dict[str, str]:
    if request.media_type != _FORM_TYPE:
        raise bad_request(f"a request in alternate syntax is {_FORM_TYPE}")
    try:
        pairs = parse_qsl(request.body.decode("utf-8"), keep_blank_values=True, strict_parsing=True)
    except ValueError as error:
        raise bad_request("the form cannot be read") from error
    fields = {name.lower() if name.lower() in _AS_HEADERS else name: value for name, value in pairs}
    if len(fields) != len(pairs):
        raise HttpError(400, "a field is given twice")
    return fields
