"""What the quiz screens ask of the core."""

from typing import Protocol

from app.core.assessments import Quizzes
from app.core.content import AssetStore
from app.core.learning import Learning


class QuizServices(Protocol):
    """The services behind quiz and result; `app.services.Services` is one."""

    @property
    def quizzes(self) -> Quizzes:
        """Return quizzes and attempts."""
        ...

    @property
    def learning(self) -> Learning:
        """Return what people do in courses."""
        ...

    @property
    def assets(self) -> AssetStore:
        """Return the stored files."""
        ...
