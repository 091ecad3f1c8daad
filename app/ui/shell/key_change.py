"""A change of the records' key under way: how far it is, and what is to be done afterwards."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import primary
from app.ui.kit.dialogs import Dialog
from app.ui.kit.jobs import Job, JobRunner, JobState
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.theme import Tone


class KeyChangeDialog(Dialog):
    """Stays until it is over, then says what to do next; what failed is told by the window."""

    def __init__(self, parent: QWidget, jobs: JobRunner, job: Job) -> None:
        super().__init__(_("The records get another key"), "key-round", Tone.PRIMARY, parent)
        self._job = job
        self.words = self.add_words(
            _("The site is closed meanwhile. Leave the PC on; a power cut does no harm.")
        )
        self.card = JobCard(job, jobs)
        self.body.addWidget(self.card)
        self.close_button = primary(_("Close")).on_press(self.accept)
        self.close_button.setEnabled(False)
        self.foot.addWidget(self.close_button)
        job.finished.connect(self._over)

    @override
    def reject(self) -> None:
        if self._job.is_over:
            super().reject()

    def _over(self) -> None:
        if self._job.state is not JobState.DONE:
            self.accept()
            return
        self.card.hide()
        self.words.setText(
            _(
                "The records have another key. Sign in, give the other administrators their passwords "
                "under “Ways to records”, and print a new recovery kit: earlier papers open nothing."
            )
        )
        self.close_button.setEnabled(True)
        self.close_button.setFocus()
