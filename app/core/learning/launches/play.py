"""What a play is: one learner in one package of one standard, in memory. Pure: no clock, no database."""

from typing import Any, Protocol

from app.core.learning.launches.types import Answer, Report, Situation, Standing, Wish


class Play(Protocol):
    """Carries out what learner and package ask. Nothing here is on disk: the service sees to that."""

    api: str
    """Name of the object that the package's pages look for; empty: they look for none."""

    def state(self) -> dict[str, Any]:
        """Return everything that a later play needs to go on from here, as JSON values."""
        ...

    def shared(self) -> dict[str, Any]:
        """Return what the learner's other packages may know, as JSON values; empty: nothing."""
        ...

    def begin(self) -> Situation:
        """Come in: open where the learner was, or the first activity."""
        ...

    def objection(self, wish: Wish) -> str:
        """Return why a wish makes no sense here, as a sentence; empty when it does: asked before a page is left."""
        ...

    def go(self, wish: Wish) -> Situation:
        """Carry out a wish. The page of the activity that was open is gone by now."""
        ...

    def call(self, method: str, untrusted_values: tuple[str, ...]) -> Answer:
        """Answer a call of the page that is open."""
        ...

    def situation(self) -> Situation:
        """Return where it is, with nothing to open."""
        ...

    def standing(self) -> Standing:
        """Return how the whole package stands."""
        ...

    def report(self) -> Report | None:
        """Return what the activity that is open, or was last, has reported up to now."""
        ...
