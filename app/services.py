"""The product's services, made once by bootstrap and handed to the window and the command line."""

from contextlib import suppress
from dataclasses import dataclass

from app.core.approvals import Approvals
from app.core.assessments import QuestionBanks, Quizzes
from app.core.assurance import (
    AuditReviews,
    Evaluations,
    Incidents,
    Oversight,
    OversightRules,
    Qualifications,
    ReaderTests,
)
from app.core.base.actor import system_actor
from app.core.certificates import Certificates
from app.core.content import AssetStore
from app.core.courses import Courses, Recordings, WrittenPages
from app.core.egress import Egress
from app.core.journal import Journal
from app.core.learning import Launches, Learning, Statements, Waiving
from app.core.links import Endpoint, Outbox
from app.core.operations import Backups, Derivations, DiskCare, OpenSite, Programs
from app.core.people import People, SignIn
from app.core.people.imports import HrFolder
from app.core.reports import Archives, QuestionLooks, Reports, TrainingFiles
from app.core.signatures import Signatures
from app.core.storage.faults import DatabaseDamaged, told_plainly
from app.core.sync import Sync
from app.core.training import Training
from app.core.training.controlled import ControlledDocuments
from app.core.training.drills import Drills
from app.core.training.legacy import Legacy, Papers
from app.core.training.sessions import Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One site, open, and everything that can be done in it."""

    open_site: OpenSite
    egress: Egress
    journal: Journal
    people: People
    hr_folder: HrFolder
    sign_in: SignIn
    signatures: Signatures
    approvals: Approvals
    assets: AssetStore
    courses: Courses
    recordings: Recordings
    pages: WrittenPages
    quizzes: Quizzes
    banks: QuestionBanks
    learning: Learning
    launches: Launches
    waiving: Waiving
    statements: Statements
    endpoint: Endpoint
    training: Training
    sessions: Sessions
    drills: Drills
    documents: ControlledDocuments
    legacy: Legacy
    papers: Papers
    certificates: Certificates
    outbox: Outbox
    reports: Reports
    training_files: TrainingFiles
    question_looks: QuestionLooks
    archives: Archives
    sync: Sync
    derivations: Derivations
    backups: Backups
    disk: DiskCare
    programs: Programs
    qualifications: Qualifications
    audit_reviews: AuditReviews
    incidents: Incidents
    reader_tests: ReaderTests
    oversight_rules: OversightRules
    oversight: Oversight
    evaluations: Evaluations

    def close(self) -> None:
        """Take no more requests, make facts of what lessons kept, and close the site."""
        self.endpoint.stop()
        try:
            with suppress(DatabaseDamaged), told_plainly():  # a backup is to take its place
                self.statements.documents.settle(system_actor())
        finally:
            self.open_site.site.close()
