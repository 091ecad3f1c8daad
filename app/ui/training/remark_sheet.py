"""A remark at a step, and a photo of it."""

from collections.abc import Callable
from pathlib import Path

from app.core.base.progress import Progress
from app.core.base.words import _, current_language
from app.core.training.practicals import FormStep, RoundFact, StepMark
from app.services import Services
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.training.form_sheets import PICTURES, content_of


class RemarkSheet(FormSheet):
    """Keeps the mark that is there; a step that has none yet is not done."""

    def __init__(
        self, host: Screen[Services], seen: RoundFact, step: FormStep, kept: Callable[[], None]
    ) -> None:
        self._screen, self._round, self._step, self._kept = host, seen, step, kept
        held = seen.newest.get(step.key)
        self._mark = StepMark.NOT_DONE if held is None else held.mark
        self.remark = TextAreaField(_("Remark"), "" if held is None else held.remark, rows=3)
        self.photo = FilePicker(
            _("Drop a photo here, or choose one"), suffixes=PICTURES, several=False
        )
        self._path: Path | None = None
        self.photo.picked.connect(self._pick)
        form = Form()
        form.add(self.remark)
        form.add_part(self.photo)
        form.mark_saved()
        super().__init__(host, _("Remark"), form, subtitle=step.text_in(current_language()))
        self.save_asked.connect(self._keep)

    def _pick(self, paths: tuple[Path, ...]) -> None:
        (self._path,) = paths
        self.photo.setAccessibleName(self._path.name)
        self._screen.desk.toast(_("{file} is kept with the remark.").format(file=self._path.name))

    def _keep(self) -> None:
        desk, path, remark = self._screen.desk, self._path, self.remark.value()
        doing, actor = desk.services.training.practicals.doing, desk.actor
        seen, step, given = self._round, self._step, self._mark

        def work(_progress: Progress) -> None:
            photo = None if path is None else content_of(path)
            doing.mark(actor, seen.id, step.key, given, remark, photo)

        def done(_none: None) -> None:
            self.saved()
            self._kept()

        desk.jobs.run(work, done=done, failed=self.refused, owner=self)
