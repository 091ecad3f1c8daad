"""Every table of the product in one metadata, and how a database comes to have them.

Stands above every feature because it must load them all.
"""

import app.core.approvals.models
import app.core.assessments.models
import app.core.assurance.incidents.models
import app.core.assurance.oversight.models
import app.core.assurance.qualification.models
import app.core.assurance.readers.models
import app.core.assurance.reviews.models
import app.core.certificates.models
import app.core.content.models
import app.core.courses.models
import app.core.journal.models
import app.core.journal.personal.models
import app.core.journal.projection.models
import app.core.keys.models
import app.core.learning.launches.models
import app.core.learning.models
import app.core.learning.statements.models
import app.core.links.mail.models
import app.core.operations.backups.models
import app.core.operations.models
import app.core.operations.program.models
import app.core.people.account_models
import app.core.people.erasing.models
import app.core.people.models
import app.core.people.ownership.models
import app.core.people.papers.models
import app.core.people.photos.models
import app.core.people.shifts.models
import app.core.reports.models
import app.core.signatures.models
import app.core.sync.aside_models
import app.core.sync.models
import app.core.training.committees.models
import app.core.training.controlled.models
import app.core.training.correction_models
import app.core.training.declaring.models
import app.core.training.drills.models
import app.core.training.effectiveness.models
import app.core.training.legacy.models
import app.core.training.matrix.models
import app.core.training.models
import app.core.training.offer_models
import app.core.training.permits.models
import app.core.training.practicals.models
import app.core.training.programme.models
import app.core.training.reminders.models
import app.core.training.requests.models
import app.core.training.sessions.models
import app.core.training.signing.models  # noqa: F401  loading them is what puts them in the metadata
from app.core.schema.upgrade import HEAD, DatabaseTooNew, bring_up_to_date, is_current

__all__ = ["HEAD", "DatabaseTooNew", "bring_up_to_date", "is_current"]
