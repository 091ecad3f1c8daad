"""What a PC may do that its site has not enrolled: learn, and be enrolled (21 CFR 11.10(h), device checks).

A copied data folder, or a PC whose certificate was taken back, is such a PC. Who signs in there learns and looks;
nobody assigns, assesses, approves or changes people. Whoever manages the site keeps that, to have it enrolled.
The sign-in says so, and by that whatever was done since is known.
"""

from dataclasses import replace

from app.core.base.actor import Actor, Capability

LEARNER_MODE = "learner-mode"
"""Ends the method of a sign-in at such a PC."""
_LEFT = frozenset(
    {
        Capability.LEARN,
        Capability.MANAGE_SITE,
        Capability.VIEW_PEOPLE,
        Capability.VIEW_COURSES,
        Capability.VIEW_RECORDS,
        Capability.VIEW_REPORTS,
        Capability.VIEW_JOURNAL,
    }
)


def in_learner_mode(actor: Actor) -> Actor:
    """Return an actor with what is left of their powers at a PC that is not enrolled."""
    left = frozenset(one for one in actor.grants if one.capability in _LEFT)
    return replace(actor, grants=left)


def was_in_learner_mode(method: str) -> bool:
    """Tell whether somebody signed in at such a PC, by the method of the sign-in."""
    return method.endswith(f"+{LEARNER_MODE}")
