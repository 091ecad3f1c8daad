"""States and profiles: three resources that differ only in what a document is kept for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.core.learning import (
    Condition,
    DocumentKind,
    DocumentPlace,
    read_agent,
    read_json,
    to_text,
)
from app.core.links.messages import JSON_TYPE, Request, Response, bad_request
from app.core.links.parameters import instant_of, iri_of, require_known, required, uuid_of
from app.core.links.resources.call import NO_CONTENT, Call, Methods, http_date, told


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentResource:
    """How one of the resources names its documents in the query."""

    kind: DocumentKind
    name: str
    """The parameter that names one document."""
    parameters: tuple[str, ...]
    deletes_all: bool

    def methods(self) -> Methods:
        """Return what the resource does."""
        found: dict[str, Callable[[Call], Response]] = {
            "GET": self._get,
            "PUT": self._put,
            "POST": self._post,
            "DELETE": self._delete,
        }
        return found

    def _get(self, call: Call) -> Response:
        place = self._place(call.request, since=True)
        if not place.name:
            since = instant_of(call.request, "since")
            found = call.statements.documents.names(
                call.access.actor, place, since, call.access.reach
            )
            newest = max((at for _name, at in found), default=None)
            return told(to_text([name for name, _at in found]), _changed(newest))
        document = call.statements.documents.get(call.access.actor, place, call.access.reach)
        headers = {"ETag": f'"{document.etag}"', **_changed(document.updated_at)}
        return Response(body=document.content, media_type=document.media_type, headers=headers)

    def _put(self, call: Call) -> Response:
        place = self._named(call.request)
        call.statements.documents.put(
            call.access.actor,
            place,
            call.request.body,
            _sent_type(call.request),
            condition=_condition(call.request),
            version=call.version,
            reach=call.access.reach,
        )
        return NO_CONTENT

    def _post(self, call: Call) -> Response:
        place = self._named(call.request)
        call.statements.documents.merge(
            call.access.actor,
            place,
            call.request.body,
            _sent_type(call.request),
            condition=_condition(call.request),
            reach=call.access.reach,
        )
        return NO_CONTENT

    def _delete(self, call: Call) -> Response:
        place = self._place(call.request) if self.deletes_all else self._named(call.request)
        call.statements.documents.delete(
            call.access.actor,
            place,
            condition=_condition(call.request),
            reach=call.access.reach,
        )
        return NO_CONTENT

    def _named(self, request: Request) -> DocumentPlace:
        required(request, self.name)
        return self._place(request)

    def _place(self, request: Request, *, since: bool = False) -> DocumentPlace:
        further = ("since",) if since else ()
        require_known(request, (self.name, *self.parameters, *further))
        if "activityId" in self.parameters:
            required(request, "activityId")
        has_agent = "agent" in self.parameters
        return DocumentPlace(
            kind=self.kind,
            activity=iri_of(request, "activityId") or "",
            agent=read_agent(required(request, "agent")) if has_agent else None,
            registration=uuid_of(request, "registration"),
            name=request.query.get(self.name, ""),
        )


def _condition(request: Request) -> Condition:
    return Condition(
        if_match=request.headers.get("if-match"),
        if_none_match=request.headers.get("if-none-match"),
    )


def _sent_type(request: Request) -> str:
    """Return the media type of a document. JSON that is none is refused here, not at the next read."""
    if request.media_type == JSON_TYPE:
        read_json(request.body, "document")
    sent = request.header("content-type")
    if not sent.isprintable():
        raise bad_request("the content type cannot be read")
    return sent or "application/octet-stream"


def _changed(instant: datetime | None) -> dict[str, str]:
    return {} if instant is None else {"Last-Modified": http_date(instant)}


STATE = DocumentResource(
    kind=DocumentKind.STATE,
    name="stateId",
    parameters=("activityId", "agent", "registration"),
    deletes_all=True,
)
ACTIVITY_PROFILE = DocumentResource(
    kind=DocumentKind.ACTIVITY_PROFILE,
    name="profileId",
    parameters=("activityId",),
    deletes_all=False,
)
AGENT_PROFILE = DocumentResource(
    kind=DocumentKind.AGENT_PROFILE, name="profileId", parameters=("agent",), deletes_all=False
)

__all__ = ["ACTIVITY_PROFILE", "AGENT_PROFILE", "STATE", "DocumentResource"]
