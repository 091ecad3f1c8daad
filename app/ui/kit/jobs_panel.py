"""Long work in sight: what runs, how far, how long yet, a button that stops it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.base.figures import duration, number
from app.core.base.words import _
from app.ui.kit.buttons import IconButton
from app.ui.kit.cards import Card
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import Job, JobRunner, JobState
from app.ui.kit.labels import ElidedLabel, PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.progress import ProgressBar
from app.ui.kit.theme import TextRole, Tone


def _status(job: Job) -> tuple[str, Tone]:
    return {
        JobState.WAITING: (_("Waiting"), Tone.NEUTRAL),
        JobState.RUNNING: (_("Running"), Tone.PRIMARY),
        JobState.DONE: (_("Done"), Tone.SUCCESS),
        JobState.FAILED: (_("Failed"), Tone.DANGER),
        JobState.CANCELLED: (_("Stopped"), Tone.NEUTRAL),
    }[job.state]


def progress_words(job: Job) -> str:
    """Return how far a job is and how long it will take, as far as that is known."""
    if job.error is not None:
        return job.error.sentence
    parts = [job.note] if job.note and not job.is_over else []  # its last file says nothing then
    if job.total and not job.is_over:
        if job.is_counted:
            counted = _("{done} of {total}").format(
                done=number(job.done_count), total=number(job.total)
            )
            parts.append(counted)
        if job.seconds_left is not None:
            parts.append(_("about {time} left").format(time=duration(job.seconds_left)))
    return " · ".join(parts)


class JobCard(Card):
    """One job: title, state, bar, how long yet."""

    def __init__(self, job: Job, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, margin=12, parent=parent)
        self.job = job
        self._runner = runner
        title = job.title or ""
        self.setAccessibleName(title)
        head = row(gap=8)
        head.addWidget(ElidedLabel(title, TextRole.STRONG), 1)
        self._chip = StatusChip(*_status(job))
        head.addWidget(self._chip)
        self.stop_button = IconButton("x", _("Stop {title}").format(title=title), dense=True)
        self.stop_button.on_press(self._stop)
        head.addWidget(self.stop_button)
        self.body.addLayout(head)
        self._bar = ProgressBar(title)
        self.body.addWidget(self._bar)
        self._words = PlainLabel("", TextRole.MUTED, wrap=True)
        self.body.addWidget(self._words)
        job.progressed.connect(self._show)
        job.finished.connect(self._show)
        self._show()

    def _stop(self) -> None:
        if self.job.is_over:
            self._runner.forget(self.job)
            return
        self.job.cancel()  # the button keeps the focus, to take the job off the list next

    def _show(self) -> None:
        self._chip.set_status(*_status(self.job))
        self._bar.setVisible(self.job.share is not None and not self.job.is_over)
        self._bar.set_share(self.job.share or 0.0)
        words = progress_words(self.job)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        if self.job.is_over:
            self.stop_button.set_name(_("Take off the list"))


class JobsPanel(QWidget):
    """Every job with a title, the newest on top."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._shown: tuple[Job, ...] | None = None
        self.setAccessibleName(_("Jobs"))
        self._lines = column(self, gap=10)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        runner.jobs_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        jobs = self._runner.jobs()
        if jobs == self._shown:
            return
        self._shown = jobs
        clear(self._lines)
        for job in reversed(jobs):
            self._lines.addWidget(JobCard(job, self._runner))
        if not jobs:
            self._lines.addWidget(EmptyState(_("Nothing is running."), icon="list-checks"))
