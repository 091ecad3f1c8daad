"""What the learner's screens ask of the core."""

from typing import Protocol

from app.core.assessments import Quizzes
from app.core.content import AssetStore
from app.core.learning import Launches, Learning
from app.core.people import SignIn
from app.core.training import Training
from app.core.training.controlled import ControlledDocuments
from app.core.training.sessions import Sessions


class LearnerServices(Protocol):
    """The services behind home, course and player; `app.services.Services` is one."""

    @property
    def learning(self) -> Learning:
        """Return what people do in courses."""
        ...

    @property
    def launches(self) -> Launches:
        """Return what people do in packages."""
        ...

    @property
    def training(self) -> Training:
        """Return what is the learner's to do."""
        ...

    @property
    def sessions(self) -> Sessions:
        """Return what is shown to a class at once."""
        ...

    @property
    def documents(self) -> ControlledDocuments:
        """Return what is the learner's to read."""
        ...

    @property
    def quizzes(self) -> Quizzes:
        """Return quizzes and attempts."""
        ...

    @property
    def assets(self) -> AssetStore:
        """Return the stored files."""
        ...

    @property
    def sign_in(self) -> SignIn:
        """Return what proves who is here."""
        ...
