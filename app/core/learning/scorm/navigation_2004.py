"""What content asks for by `adl.nav.request` and what it may ask about it (SN book, 5.6)."""

import re

from app.core.learning.scorm.faults import Fault
from app.core.learning.sequencing import Navigation, NavigationRequest

NONE = "_none_"
_SIMPLE = {
    one.value: one
    for one in Navigation
    if one not in {Navigation.START, Navigation.RESUME_ALL, Navigation.CHOICE, Navigation.JUMP}
}
_TARGETED = re.compile(r"\{target=([^{}]{1,4000})\}(choice|jump)")
_ASKED = re.compile(r"(choice|jump)\.\{target=([^{}]{1,4000})\}")
_VALID = "adl.nav.request_valid."


def navigation(value: str) -> Fault | None:
    """Check a value of `adl.nav.request`."""
    is_known = value == NONE or value in _SIMPLE or _TARGETED.fullmatch(value)
    return None if is_known else Fault.TYPE


def request_of(value: str | None) -> NavigationRequest | None:
    """Return what a value of `adl.nav.request` asks for; None for nothing."""
    if value is None or value == NONE:
        return None
    found = _TARGETED.fullmatch(value)
    if found is not None:
        return NavigationRequest(Navigation(found[2]), found[1])
    simple = _SIMPLE.get(value)
    return None if simple is None else NavigationRequest(simple)


def asked_about(address: str) -> NavigationRequest | None:
    """Return the request that an address such as adl.nav.request_valid.choice.{target=…} asks about."""
    if not address.startswith(_VALID):
        return None
    about = address.removeprefix(_VALID)
    found = _ASKED.fullmatch(about)
    if found is not None:
        return NavigationRequest(Navigation(found[1]), found[2])
    simple = _SIMPLE.get(about)
    return None if simple is None else NavigationRequest(simple)
