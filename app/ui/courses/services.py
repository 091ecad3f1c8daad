"""What the course screens ask of the core."""

from typing import Protocol

from app.core.assessments import QuestionBanks, Quizzes
from app.core.content import AssetStore
from app.core.courses import Courses, Recordings, WrittenPages
from app.core.egress import Egress
from app.core.signatures import Signatures
from app.core.training.controlled import ControlledDocuments


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
    def pages(self) -> WrittenPages:
        """Return the texts of pages."""
        ...

    @property
    def assets(self) -> AssetStore:
        """Return the stored files, for pages to show their pictures."""
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

    @property
    def documents(self) -> ControlledDocuments:
        """Return what a new version may ask of people."""
        ...

    @property
    def signatures(self) -> Signatures:
        """Return what an act is signed with."""
        ...
