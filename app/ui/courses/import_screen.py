"""A folder becomes a course: chosen or dropped, looked over, shown, and only then imported."""

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _, current_language, plural
from app.core.courses import CourseSample, ImportReport
from app.ui.courses.converting import convert_imported
from app.ui.courses.drops import FileDrops, one_at_a_time
from app.ui.courses.import_report import ImportReportView
from app.ui.courses.places_sheet import PlacesSheet
from app.ui.courses.sample_cards import SampleCards
from app.ui.courses.services import CourseServices
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.jobs import Job, Lane
from app.ui.kit.jobs_panel import JobCard
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen
from app.ui.kit.theme import TextRole, Tone


class ImportScreen(Screen[CourseServices]):
    """Opened with `path`, the folder or file that was dropped, or without: then one is asked for."""

    def __init__(self, desk: Desk[CourseServices]) -> None:
        super().__init__(desk, title=_("Import a course"), subtitle=_first_words())
        self.report: ImportReport | None = None
        self.job: Job | None = None
        self.sample: CourseSample | None = None
        """What is looked over, where it is a sample."""
        self._filled: dict[str, str] = {}
        """What was filled in for it last: it stands there again when the import was refused."""
        self._pending: Path | None = None
        self.again_button = plain(_("Choose another"), "folder").on_press(self._begin_again)
        self.import_button = primary(_("Import"), "download").on_press(self._ask_import)
        self.header.add_action(self.again_button)
        self.header.add_action(self.import_button)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.picker = FilePicker(
            _("Drop a folder here, or a single file, or choose one."), folders=True, several=False
        )
        self.picker.picked.connect(self._picked)
        self._pages = QStackedWidget()
        self._working, self._result = QWidget(), QWidget()
        self._work_lines, self._result_lines = column(self._working), column(self._result)
        self._start = self._make_start()
        for page in (self._start, self._working, self._result):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        FileDrops(self, _("Drop to see what becomes of it"), self._picked)
        self._show_page(self._start)

    def _make_start(self) -> QWidget:
        page = QWidget()
        lines = column(page, gap=16)
        lines.addWidget(self.picker)
        hints = CardGrid(260)
        hints.set_cards([_hint(*hint) for hint in _hints()])
        lines.addWidget(hints)
        lines.addWidget(PlainLabel(_("Or begin from a sample"), TextRole.H2))
        lines.addWidget(PlainLabel(_about_samples(), TextRole.MUTED, wrap=True))
        self.samples = SampleCards(self.check)
        lines.addWidget(self.samples)
        lines.addStretch(1)
        return page

    @override
    def enter(self, **args: object) -> None:
        if self.job is not None:
            return
        path = args.get("path")
        self._pending = path if isinstance(path, Path) else None
        self._begin_again()

    @override
    def refresh(self) -> None:
        path, self._pending = self._pending, None
        if path is not None and self.job is None:
            self.check(path)

    @override
    def focus_first(self) -> None:
        self.picker.file_button.setFocus()

    def check(self, source: Path | CourseSample) -> None:
        """Look a folder, a file or a sample over; nothing of it is written."""
        courses, actor = self.desk.services.courses, self.desk.actor
        self.trouble.hide()
        self.sample, self._filled = (None if isinstance(source, Path) else source), {}
        job = self.desk.jobs.run(
            lambda progress: courses.check_folder(actor, source, progress),
            done=self.show_report,
            failed=self._check_failed,
            owner=self,
            lane=Lane.WORK,
            title=_("Checking {name}").format(name=_name(source)),
        )
        self._show_job(job)

    def show_report(self, report: ImportReport) -> None:
        """Show what would become of it, and offer to go on."""
        self.job, self.report = None, report
        clear(self._result_lines)
        self._result_lines.addWidget(ImportReportView(report))
        self.header.set_words(_("Import a course"), _("Nothing has been written yet."))
        blocked = bool(report.problems) and report.can_import
        self.import_button.set_words(_("Import without them") if blocked else _("Import"))
        self._show_page(self._result)
        self.import_button.setEnabled(report.can_import)
        (self.import_button if report.can_import else self.again_button).setFocus()

    def _picked(self, paths: tuple[Path, ...]) -> None:
        if self.job is not None or not paths:
            return
        if len(paths) == 1:
            self.check(paths[0])
        else:
            self.desk.toast(one_at_a_time(), Tone.INFO)

    def _begin_again(self) -> None:
        self.report = None
        self.trouble.hide()
        clear(self._result_lines)
        self.header.set_words(_("Import a course"), _first_words())
        self._show_page(self._start)

    def _ask_import(self) -> None:
        report = self.report
        if report is None or self.job is not None:
            return
        if self.sample is not None:
            self._fill_in(report, self.sample)
            return
        if not report.problems:
            self._import(report)
            return
        count = len(report.problems)
        question = Question(
            title=_("Import without them?"),
            text=plural(
                "{count} problem keeps files or questions out. The rest is imported as a draft.",
                "{count} problems keep files or questions out. The rest is imported as a draft.",
                count,
            ),
            yes=_("Import without them"),
            no=_("Go back"),
            danger=True,
        )
        self.desk.confirm(question, lambda _reason: self._import(report))

    def _fill_in(self, report: ImportReport, sample: CourseSample) -> None:
        """Ask for what only the plant knows, and go on with it."""
        if not sample.places:
            self._import(report)
            return
        known = self.desk.services.courses.beginning.known(self.desk.actor, sample)
        sheet = PlacesSheet(self, sample, {**known, **self._filled})

        def go_on() -> None:
            self._filled = sheet.values()
            sheet.saved()
            self._import(report)

        sheet.save_asked.connect(go_on)
        sheet.open()

    def _import(self, report: ImportReport) -> None:
        courses, actor = self.desk.services.courses, self.desk.actor
        sample, filled = self.sample, self._filled
        self.trouble.hide()

        def work(progress: Progress) -> UUID:
            if sample is None:
                return courses.import_folder(actor, report, progress)
            return courses.beginning.begin(actor, sample, filled, progress)

        job = self.desk.jobs.run(
            work,
            done=lambda course_id: self._imported(course_id, report),
            failed=self._import_failed,
            owner=self,
            lane=Lane.WORK,
            title=_("Importing {title}").format(title=report.title),
        )
        self._show_job(job)

    def _imported(self, course_id: UUID, report: ImportReport) -> None:
        self.job = None
        self._begin_again()
        self.desk.toast(_("{title} is imported as a draft.").format(title=report.title))
        if any(lesson.package is not None for lesson in report.lessons):
            convert_imported(self, course_id, report.title)
        if self.isVisible():
            self.desk.open("course_editor", course_id=course_id)

    def _check_failed(self, error: UserFacingError) -> None:
        self.job = None
        self._begin_again()
        self._tell(error)

    def _import_failed(self, error: UserFacingError) -> None:
        self.job = None
        self._show_page(self._result)
        self._tell(error)

    def _tell(self, error: UserFacingError) -> None:
        if isinstance(error, Cancelled):
            self.desk.tell_error(error)
            return
        self.trouble.set_text(error.sentence)
        self.trouble.show()

    def _show_job(self, job: Job) -> None:
        self.job = job
        clear(self._work_lines)
        card = JobCard(job, self.desk.jobs)
        self._work_lines.addWidget(card)
        self._work_lines.addStretch(1)
        self._show_page(self._working)
        card.stop_button.setFocus()

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        for button in (self.again_button, self.import_button):
            button.setVisible(page is self._result)


def _name(source: Path | CourseSample) -> str:
    return source.name if isinstance(source, Path) else source.title(current_language())


def _first_words() -> str:
    return _("Nothing is written before you have seen what would become of it.")


def _about_samples() -> str:
    return _(
        "Ready courses in English and Hindi, to be adapted to your plant: what only you know is asked"
        " for, and stays in brackets until it is filled in."
    )


def _hint(title: str, about: str, icon: str) -> Card:
    card = Card(margin=16)
    card.body.addWidget(FactRow(title, about, icon=icon, tone=Tone.PRIMARY))
    card.body.addStretch(1)
    return card


def _hints() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            _("Each file is a lesson"),
            _("Videos, recordings, PDFs, pages (.md, .html), pictures and quizzes (.gift)."),
            "list-ordered",
        ),
        (
            _("A package is one lesson"),
            _("SCORM 1.2 and 2004, cmi5, xAPI and H5P, as .zip or .h5p, run unchanged."),
            "package",
        ),
        (
            _("Names give the order"),
            _("01-why.md comes before 02-how.mp4; the number is not shown."),
            "hash",
        ),
        (
            _("Languages go together"),
            _("02-how.hi.mp4 and 02-how.hi.vtt are the Hindi video and captions of 02-how."),
            "languages",
        ),
        (
            _("The rest is optional"),
            _("A file course.toml may give title, code, validity and the rules of the quiz."),
            "sliders-horizontal",
        ),
    )
