"""Conversions of a course's recordings: long work that goes on when its screen is left."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.words import _, plural
from app.core.content import ConversionReport
from app.core.courses import CourseRecordings
from app.ui.courses.services import CourseServices
from app.ui.kit.jobs import Job, JobRunner, Lane
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone

_COURSE = "course"
"""The property of a job that says whose recordings it converts."""


def conversion_of(jobs: JobRunner, course_id: UUID) -> Job | None:
    """Return the conversion of a course that is under way, if one is."""
    running = (job for job in jobs.jobs() if not job.is_over)
    return next((job for job in running if job.property(_COURSE) == course_id.hex), None)


def convert(screen: Screen[CourseServices], course_id: UUID, title: str) -> Job:
    """Convert what does not play, as a job that can be watched and stopped; one at a time."""
    running = conversion_of(screen.desk.jobs, course_id)
    if running is not None:
        return running
    recordings, actor = screen.desk.services.recordings, screen.desk.actor

    def done(report: ConversionReport) -> None:
        if report.failed:
            words = plural(
                "{count} recording could not be converted.",
                "{count} recordings could not be converted.",
                len(report.failed),
            )
            screen.desk.toast(f"{title}: {words}", Tone.WARNING)
        else:
            screen.desk.toast(_("The recordings of {title} play now.").format(title=title))

    def failed(error: UserFacingError) -> None:
        if isinstance(error, Cancelled):
            screen.desk.toast(_("Stopped. What was converted so far is kept."), Tone.INFO)
        else:
            screen.desk.tell_error(error)

    job = screen.desk.jobs.run(
        lambda progress: recordings.convert(actor, course_id, progress),
        done=done,
        failed=failed,
        owner=screen,
        lane=Lane.WORK,
        title=_("Converting the recordings of {title}").format(title=title),
        counted=False,
    )
    job.setProperty(_COURSE, course_id.hex)
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(job.cancel)  # it goes on next time: nobody waits for it
    screen.desk.jobs.jobs_changed.emit()
    return job


def convert_imported(screen: Screen[CourseServices], course_id: UUID, title: str) -> None:
    """Convert what of a new course does not play, where this PC has the program for it."""
    recordings, actor = screen.desk.services.recordings, screen.desk.actor

    def looked(stands: CourseRecordings) -> None:
        if stands.can_convert:
            convert(screen, course_id, title)

    screen.desk.jobs.run(
        lambda _progress: recordings.of(actor, course_id),
        done=looked,
        failed=screen.desk.tell_error,
        owner=screen,
        lane=Lane.WORK,
    )
