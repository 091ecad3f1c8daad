"""Beside the lesson: how many recordings in the course's packages play, and making the rest play."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.figures import number
from app.core.base.words import _
from app.core.courses import CourseRecordings, LessonRecording
from app.ui.courses.converting import conversion_of, convert
from app.ui.courses.publish_sheet import by_lesson
from app.ui.courses.services import CourseServices
from app.ui.courses.wording import breakable
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import CountChip
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone


class RecordingsCard(Card):
    """Hidden while the course has no recordings in packages."""

    def __init__(self, screen: Screen[CourseServices], parent: QWidget | None = None) -> None:
        super().__init__(_("Recordings in packages"), gap=10, parent=parent)
        self._screen = screen
        self._course_id: UUID | None = None
        self._course_title = ""
        self._may_convert = False
        self._expects_more = False
        self._stands: CourseRecordings | None = None
        self._job: Job | None = None
        self._chip = CountChip("", Tone.WARNING)
        self.add_action(self._chip)
        self._rows = column(gap=10)
        self.body.addLayout(self._rows)
        self.convert_button = Button(_("Convert the rest"), Kind.TONAL, icon="refresh-cw")
        self.convert_button.on_press(self.convert)
        self.body.addWidget(self.convert_button)
        self._jobs_place = column(gap=0)
        self.body.addLayout(self._jobs_place)
        self.hide()
        screen.desk.jobs.jobs_changed.connect(self._show_job)

    def look(self, course_id: UUID) -> None:
        """Find out how the recordings of a course stand."""
        if course_id != self._course_id:
            self._course_id, self._stands = course_id, None
            self.hide()
        recordings, actor = self._screen.desk.services.recordings, self._screen.desk.actor
        self._screen.load(
            lambda _progress: recordings.of(actor, course_id),
            self._show,
            lane=Lane.WORK,
            what="recordings",
        )

    def show_title(self, title: str, *, may_convert: bool) -> None:
        """Take the course's name, and whether who sits here may change it."""
        self._course_title, self._may_convert = title, may_convert
        self._show_job()

    def expect_more(self) -> None:
        """Convert by itself what comes with the next save: files were added."""
        self._expects_more = True

    def convert(self) -> None:
        """Begin with the first recording that is not converted yet."""
        if self._course_id is not None:
            convert(self._screen, self._course_id, self._course_title)

    def _show(self, stands: CourseRecordings) -> None:
        self._stands = stands
        clear(self._rows)
        self.setVisible(bool(stands.recordings))
        silent = stands.silent
        self._chip.set_status(number(len(silent)), Tone.WARNING)
        self._chip.setVisible(bool(silent))
        playing, count = number(stands.playing), number(len(stands.recordings))
        words = _("{playing} of {count} recordings play").format(playing=playing, count=count)
        icon, tone = ("file-x", Tone.WARNING) if silent else ("circle-check", Tone.SUCCESS)
        self._rows.addWidget(FactRow(words, _about(stands), icon=icon, tone=tone))
        for lesson, files in by_lesson((one.lesson, _said(one)) for one in silent):
            self._rows.addWidget(PlainLabel(lesson, TextRole.STRONG, wrap=True))
            self._rows.addWidget(PlainLabel(files, TextRole.MUTED, wrap=True))
        self._show_job()
        if self._expects_more and stands.can_convert and self._may_convert:
            self._expects_more = False
            self.convert()

    def _show_job(self) -> None:
        """Show the conversion that is under way, or offer one."""
        stands, course_id = self._stands, self._course_id
        job = None if course_id is None else conversion_of(self._screen.desk.jobs, course_id)
        offers = stands is not None and stands.can_convert and self._may_convert
        self.convert_button.setVisible(offers and job is None)
        if job is not self._job:
            self._job = job
            clear(self._jobs_place)
            if job is not None:
                self._jobs_place.addWidget(JobCard(job, self._screen.desk.jobs))


def _about(stands: CourseRecordings) -> str:
    if not stands.silent:
        return _("Pages show all of them on every PC of this site.")
    if not stands.waiting:
        return _("The others cannot be converted. Export the package again.")
    if not stands.can_convert:
        return _("The others need the program ffmpeg, which is not on this PC.")
    return _("The others are in a format that pages here cannot show.")


def _said(one: LessonRecording) -> str:
    """Return a file's name, and why it stays as it is where that is known."""
    recording = one.recording
    name = breakable(recording.name)
    return name if recording.can_be_converted else f"{name}: {recording.why}"
