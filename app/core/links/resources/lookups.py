"""`/activities`, `/agents`, `/about`: what the store knows beside statements."""

from app.core.learning import XapiVersion, read_agent, to_text
from app.core.links.messages import Response
from app.core.links.parameters import iri_of, require_known, required
from app.core.links.resources.call import Call, Methods, told

_SPOKEN = ["1.0.0", "1.0.1", "1.0.2", XapiVersion.ONE.value, XapiVersion.TWO.value]


def activity(call: Call) -> Response:
    """Tell all that is known of an activity."""
    require_known(call.request, ("activityId",))
    required(call.request, "activityId")
    found = iri_of(call.request, "activityId") or ""
    return told(call.statements.activity(call.access.actor, found, call.access.reach))


def agent(call: Call) -> Response:
    """Tell all that is known of an agent, as a Person."""
    require_known(call.request, ("agent",))
    key = read_agent(required(call.request, "agent"))
    return told(call.statements.person(call.access.actor, key, call.access.reach))


def about() -> Response:
    """Tell which editions are spoken; to anybody, in whatever edition they ask."""
    return told(to_text({"version": _SPOKEN}))


ACTIVITY_METHODS: Methods = {"GET": activity}
AGENT_METHODS: Methods = {"GET": agent}
