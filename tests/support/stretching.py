"""Passwords and PINs are stretched little in tests, whoever makes them and wherever.

What makes a guess dear to a thief made every founding, sign-in and signature dear to tests: half a
second of both cores for each window. What is stored says what it cost, so that a process which a test
starts opens it, and stretches as the product does.
"""

import msgspec

from app.core.keys import DEFAULT_COST, PIN_COST, SlotCost
from app.core.people import SIGN_IN_COST

FULL = {
    name: msgspec.structs.replace(cost)
    for name, cost in {"site": DEFAULT_COST, "pin": PIN_COST, "sign-in": SIGN_IN_COST}.items()
}
"""What the product asks for."""
LITTLE = SlotCost(memory=256, passes=1, lanes=1)


def stretch_little() -> None:
    """Let the product's costs be small in this process: the values themselves, that defaults hold too."""
    for cost in (DEFAULT_COST, PIN_COST, SIGN_IN_COST):
        for name in LITTLE.__struct_fields__:
            msgspec.structs.force_setattr(cost, name, getattr(LITTLE, name))
