"""What the course screens ask of the core."""

from typing import Protocol

from app.core.assessments import QuestionBanks, Quizzes
from app.core.courses import Courses, Recordings
from app.core.egress import Egress


class CourseServices(Protocol):
    """The services behind the course screens; `app.services.Services` is one."""

    @property
    def courses(self) -> Courses:
        """Return what is taught."""
        ...

    @property
    def recordings(self) -> Recordings:
        """Return what of packages plays."""
        ...

    @property
    def quizzes(self) -> Quizzes:
        """Return what quizzes ask."""
        ...

    @property
    def banks(self) -> QuestionBanks:
        """Return the banks that quizzes draw from."""
        ...

    @property
    def egress(self) -> Egress:
        """Return the one way out for files and papers."""
        ...
