"""Who was found to hold what has to be held to sign: asked once a day, and anew when anything of it changes."""

from datetime import date
from uuid import UUID

_RESTS_ON = frozenset(
    {
        "signing_terms",
        "requirement",
        "requirement_credit",
        "course_completion",
        "correction_verdict",
        "person",
    }
)
"""What may take away what was proved: changed here, or by what came from another PC."""


class Proved:
    """Remembers it while the program runs. What lapses does so at the end of a day, and so does this.

    Another program on this PC is not heard: what it takes away is found the next day.
    """

    def __init__(self) -> None:
        self._on = date.min
        self._people: frozenset[UUID] = frozenset()
        self.round = 0
        """Counts what was heard: who read before does not note after it."""

    def holds(self, person_id: UUID | None, today: date) -> bool:
        """Tell whether somebody was proved today, and nothing changed since."""
        return self._on == today and person_id in self._people

    def note(self, person_id: UUID, today: date, at_round: int) -> None:
        """Remember that somebody holds it today, by what was read in a round."""
        if at_round != self.round:
            return
        before = self._people if self._on == today else frozenset[UUID]()
        self._on, self._people = today, before | {person_id}

    def heard(self, topics: frozenset[str]) -> None:
        """Forget everybody when a table changed that this rests on."""
        if not _RESTS_ON.isdisjoint(topics):
            self.round += 1
            self._people = frozenset()
