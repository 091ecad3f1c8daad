"""What a unit is told at its launch: its address, and the document LMS.LaunchData (cmi5 1.0, 8.1, 10)."""

from app.core.learning.cmi5.course import Node
from app.core.learning.cmi5.rules import SessionTerms
from app.core.learning.cmi5.saying import Voice, number
from app.core.learning.statements.exact_json import Json


def launch_data(voice: Voice, unit: Node, terms: SessionTerms, return_address: str) -> Json:
    """Return the launch data of a session. Raises ValueError."""
    if unit.terms is None:
        raise ValueError("only a unit is launched")
    own = unit.terms
    told: Json = {
        "contextTemplate": voice.template(unit, terms.id),
        "launchMode": terms.mode.value,
        "launchMethod": own.launch_method.value,
        "launchParameters": own.launch_parameters,
        "moveOn": own.move_on.value,
        "returnURL": return_address,
    }
    if terms.mastery_score is not None:
        told["masteryScore"] = number(terms.mastery_score)
    if own.entitlement_key:
        told["entitlementKey"] = {"courseStructure": own.entitlement_key}
    return told
