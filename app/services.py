"""The product's services, made once by bootstrap and handed to the window and the command line."""

from dataclasses import dataclass

from app.core.assessments import Quizzes
from app.core.certificates import Certificates
from app.core.content import AssetStore
from app.core.courses import Courses, Recordings
from app.core.journal import Journal
from app.core.learning import Launches, Learning
from app.core.operations import OpenSite
from app.core.people import People, SignIn
from app.core.reports import Reports
from app.core.training import Training


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One site, open, and everything that can be done in it."""

    open_site: OpenSite
    journal: Journal
    people: People
    sign_in: SignIn
    assets: AssetStore
    courses: Courses
    recordings: Recordings
    quizzes: Quizzes
    learning: Learning
    launches: Launches
    training: Training
    certificates: Certificates
    reports: Reports

    def close(self) -> None:
        """Close the site."""
        self.open_site.site.close()
