"""Has a name and a secret proved; what is asked before the site is open waits for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.kit.jobs import JobRunner

if TYPE_CHECKING:
    from app.services import Services


class SigningIn(QObject):
    """Carries out one sign-in after the other."""

    proved = Signal(object)
    """Carries a people.SignedIn."""
    refused = Signal(object)
    """Carries the UserFacingError."""

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._services: Services | None = None
        self._waiting: tuple[str, str] | None = None

    def rest(self) -> None:
        """Let go of the site; what is asked for waits until it is open again."""
        self._services = None

    def set_services(self, services: "Services") -> None:
        """Take the open site; what was asked for meanwhile goes on."""
        self._services = services
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.begin(*waiting)

    def begin(self, name: str, secret: str) -> None:
        """Sign in, at once or when the site is open."""
        services = self._services
        if services is None:
            self._waiting = (name, secret)
            return
        self._jobs.run(
            lambda _progress: services.sign_in.sign_in(name, secret),
            done=self.proved.emit,
            failed=self.refused.emit,
            owner=self,
        )

    def give_up(self) -> None:
        """Wait no more: the site does not open."""
        self._waiting = None
