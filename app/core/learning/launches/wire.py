"""What a launch's pages talk to besides the player: the statement endpoint, while the launch is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.learning.launches.play import Play
from app.core.learning.launches.types import Opening
from app.core.learning.statements import DocumentPlace, OneLaunch, Statements
from app.core.learning.statements.exact_json import Json


class OpenDoor(Protocol):
    """A way in for one launch."""

    @property
    def endpoint(self) -> str:
        """Return the endpoint's URL, with a slash at its end."""
        ...

    @property
    def fetch(self) -> str:
        """Return the URL that gives the token, once (cmi5)."""
        ...

    @property
    def token(self) -> str:
        """Return what stands after `Basic` in the Authorization header."""
        ...


class Line(Protocol):
    """The endpoint, as launches need it (app.core.links.Endpoint)."""

    @property
    def is_running(self) -> bool:
        """Tell whether it listens."""
        ...

    def start(self) -> str:
        """Listen on a free port of this PC, if nobody does; return the endpoint's URL."""
        ...

    def stop(self) -> None:
        """Answer what has arrived, and listen no more."""
        ...

    def open_launch(
        self, actor: Actor, launch: OneLaunch, statements: Statements | None = None
    ) -> OpenDoor:
        """Let one launch in, for its learner, to these statements or the site's own."""
        ...

    def close_launch(self, actor: Actor, token: str) -> None:
        """Let it in no more."""
        ...

    def answered(self, token: str) -> int:
        """Return how many of a launch's requests have been answered."""
        ...


class Rehearsal(Protocol):
    """Records that are thrown away: what an author's look at a package leaves behind."""

    @property
    def site(self) -> Site:
        """Return the site that holds them."""
        ...

    @property
    def statements(self) -> Statements:
        """Return the statement store on it."""
        ...

    def close(self) -> None:
        """Throw them away."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that the player puts into the store for a launch."""

    place: DocumentPlace
    content: bytes
    replaces: bool
    """Whether one that is there already gives way."""


class Talk(Protocol):
    """What is said in a launch whose pages send statements. Pure: it is told what was recorded."""

    remembered_by: str
    """The IRI that marks the statements it goes on from; empty: its own state says it all."""

    @property
    def session(self) -> str:
        """Return what is open now; another text each time something is opened, empty when nothing is."""
        ...

    def reach(self, person_id: UUID) -> OneLaunch:
        """Return how far the page that is open may reach into the store."""
        ...

    def recall(self, known: Iterable[Json]) -> None:
        """Go on from the statements that are recorded, the oldest first."""
        ...

    def hear(self, fresh: Sequence[Json]) -> None:
        """Take statements of the pages. Raises NotAllowed for what the standard forbids."""
        ...

    def words(self, now: datetime) -> tuple[Json, ...]:
        """Return what the player has to say at this point; it is told by `note` once that is recorded."""
        ...

    def note(self, said: Iterable[Json]) -> None:
        """Learn that the player's own words are recorded."""
        ...

    def papers(self) -> tuple[Paper, ...]:
        """Return the documents that what is open needs."""
        ...

    def addressed(self, opening: Opening, door: OpenDoor) -> Opening:
        """Return an opening with all that its page needs to know in its address."""
        ...


@runtime_checkable
class WiredPlay(Play, Protocol):
    """A play of a standard whose pages send statements."""

    @property
    def talk(self) -> Talk:
        """Return what is said in it."""
        ...
