"""What an xAPI package says of its activities. The player says nothing in this standard."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.base.ids import new_id
from app.core.learning.launches.addresses import seen_by_pages, with_parameters
from app.core.learning.launches.plays.xapi_outcomes import Outcome, outcome_after
from app.core.learning.launches.seat import Seat
from app.core.learning.launches.types import Opening
from app.core.learning.launches.wire import OpenDoor, Paper
from app.core.learning.statements import OneLaunch, to_text
from app.core.learning.statements.exact_json import Json


class XapiTalk:
    """Keeps how each launched activity stands, from what was reported of it."""

    remembered_by = ""

    def __init__(self, seat: Seat, activities: Iterable[str]) -> None:
        self._seat = seat
        kept: dict[str, Any] = seat.state.get("parts", {})
        self._outcomes = {
            name: Outcome.of(kept[name]) if isinstance(kept.get(name), dict) else Outcome()
            for name in activities
        }
        self.session = ""
        """A name of what is open now; empty: nothing is."""
        self._last = ""

    def open(self, name: str) -> None:
        """Learn that an activity is opened."""
        self._outcomes[name] = self._outcomes[name].launched()
        self._last, self.session = name, str(new_id())

    def leave(self) -> None:
        """Learn that nothing is open any more."""
        self.session = ""

    def outcome(self, name: str) -> Outcome:
        """Return how an activity stands."""
        return self._outcomes.get(name, Outcome())

    def to_json(self) -> dict[str, Any]:
        """Return how all of them stand, as JSON values."""
        return {name: one.to_json() for name, one in self._outcomes.items()}

    def reach(self, person_id: UUID) -> OneLaunch:
        """Return the reach of the package: its registration, its activities."""
        return OneLaunch(
            person_id=person_id,
            agent=self._seat.agent_key,
            registration=self._seat.registration,
            activities=frozenset(self._outcomes),
        )

    def recall(self, known: Iterable[Json]) -> None:
        """Learn nothing: the state says it all."""

    def hear(self, fresh: Sequence[Json]) -> None:
        """Take what was reported of the launched activities."""
        for statement in fresh:
            name = statement["object"].get("id", "")
            if self._seat.any_activity and self._last in self._outcomes:
                name = self._last
            if name in self._outcomes:
                self._outcomes[name] = outcome_after(self._outcomes[name], statement)

    def words(self, now: datetime) -> tuple[Json, ...]:  # noqa: ARG002  the player says nothing here
        """Return nothing: this standard has no words of the player's."""
        return ()

    def note(self, said: Iterable[Json]) -> None:
        """Learn nothing."""

    def papers(self) -> tuple[Paper, ...]:
        """Return nothing."""
        return ()

    def addressed(self, opening: Opening, door: OpenDoor) -> Opening:
        """Return an opening with the parameters that authoring tools look for."""
        parameters = {
            "endpoint": seen_by_pages(door.endpoint),
            "auth": f"Basic {door.token}",
            "actor": to_text(self._seat.agent),
            "registration": str(self._seat.registration),
            "activity_id": opening.activity,
        }
        return replace(opening, address=with_parameters(opening.address, parameters))
