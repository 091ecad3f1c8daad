"""The endpoint: a small web server on this PC, there while somebody needs it and no longer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.base.actor import Actor, Capability
from app.core.learning import OneLaunch, Statements
from app.core.links.access import BASE_PATH, Doors
from app.core.links.errors import NotListening

if TYPE_CHECKING:
    from app.core.links.server import WebServer

THIS_PC = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLaunch:
    """What a lesson is started with."""

    endpoint: str
    """URL with a slash at its end."""
    fetch: str
    """URL that gives the token once (cmi5)."""
    token: str
    """What stands after `Basic` in the Authorization header (xAPI launches carry it at once)."""


class Endpoint:
    """Serves the statement store on one port. Nothing listens before `start` or after `stop`.

    Lessons get in by `open_launch`, one token each; systems by `open_for_system`.
    """

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._doors = Doors()
        self._server: WebServer | None = None
        self._host = THIS_PC

    @property
    def url(self) -> str:
        """Return the endpoint's URL, with a slash at its end. Raises NotListening."""
        return f"{self._root}/{'/'.join(BASE_PATH)}/"

    @property
    def is_running(self) -> bool:
        """Tell whether the endpoint listens."""
        return self._server is not None

    def start(self, host: str = THIS_PC, port: int = 0) -> str:
        """Listen, on a free port when it is 0; return the URL. Raises PortTaken.

        `host` is an address, not a name, which would have to be looked up: this PC's own, one of a
        network it is in, or 0.0.0.0 for all of these.
        """
        # HTTP is loaded when somebody needs it: a start without such lessons is 20 ms sooner
        from app.core.links.answering import Answering
        from app.core.links.server import WebServer
        from app.core.links.wsgi import EndpointApplication

        if self._server is None:
            application = EndpointApplication(
                Answering(self._statements, self._doors), only_this_pc=host in {THIS_PC, "::1"}
            )
            self._server = WebServer(application, host, port)
            self._host = host
        return self.url

    def stop(self) -> None:
        """Answer what has arrived, and listen no more."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def open_for_system(self, actor: Actor, key: str, secret: str) -> None:
        """Let in a system by key and secret, with the actor's rights: to read all, to write or both."""
        if not (actor.may(Capability.MANAGE_SITE) or actor.may(Capability.VIEW_RECORDS)):
            actor.require(Capability.MANAGE_SITE)
        self._doors.open_for_system(actor, key, secret)

    def open_launch(
        self, actor: Actor, launch: OneLaunch, statements: Statements | None = None
    ) -> OpenLaunch:
        """Let in one lesson for its learner; it reaches nothing else. Raises NotAllowed, NotListening.

        `statements`: another store than the endpoint's own, for what is not to be kept.
        """
        launch.check_actor(actor, writes=True)
        endpoint = self.url
        token, name = self._doors.open_for_launch(actor, launch, statements)
        return OpenLaunch(endpoint=endpoint, fetch=f"{self._root}/fetch/{name}", token=token)

    def answered(self, token: str) -> int:
        """Return how many requests of an open launch have been answered."""
        return self._doors.answered(token)

    def close_launch(self, actor: Actor, token: str) -> None:
        """Let the lesson in no more, and make facts of the states that it kept."""
        self._doors.close(token)
        self._statements.documents.settle(actor)

    @property
    def _root(self) -> str:
        if self._server is None:
            raise NotListening
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._server.port}"
