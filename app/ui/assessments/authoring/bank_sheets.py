"""Sheets over question banks: a title, and a file that is looked over before it is imported."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.assessments import BANK_FORMATS, BankReport, Problem, question_type
from app.core.base.errors import UserFacingError
from app.core.base.words import _, plural
from app.ui.assessments.authoring.editors import type_icon
from app.ui.kit.buttons import Button, Kind, link
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole, Tone

_MOST = 100


class TitleSheet(FormSheet):
    """Asks what a bank is called."""

    def __init__(self, host: QWidget, heading: str, save: str, title: str = "") -> None:
        form = Form()
        self.bank_title = TextField(_("Title"), title, required=True)
        form.add(self.bank_title)
        super().__init__(host, heading, form, save=save)


class ImportSheet(SideSheet):
    """Takes a file, shows what would become of it, and asks before anything is written."""

    file_chosen = Signal(object)
    """Carries the Path of a file to be looked over."""
    import_asked = Signal()
    template_asked = Signal()

    def __init__(self, host: QWidget, into: str = "") -> None:
        title = _("Import questions")
        about = _("They are added to “{bank}”.").format(bank=into) if into else ""
        super().__init__(host, title, subtitle=about, width=560)
        suffixes = [suffix for one in BANK_FORMATS for suffix in one.suffixes]
        self.picker = FilePicker(
            _("Drop a file of questions here, or choose it."),
            suffixes=list(dict.fromkeys(suffixes)),
            several=False,
        )
        self.picker.picked.connect(self._chosen)
        self.body.addWidget(self.picker)
        self.template_button = link(_("Save an Excel table to fill in"), "file-down")
        self.template_button.on_press(self.template_asked.emit)
        self.body.addWidget(self.template_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.bank_title = TextField(_("Title of the bank"))
        self.bank_title.hide()
        self._into = into
        self.body.addWidget(self.bank_title)
        self._lines = column(gap=10)
        self.body.addLayout(self._lines)
        self.import_button = Button(_("Import"), Kind.PRIMARY).on_press(self.import_asked.emit)
        self.import_button.setEnabled(False)
        self.foot.addWidget(Button(_("Cancel")).on_press(self.dismiss))
        self.foot.addWidget(self.import_button)
        self.report: BankReport | None = None

    def show_report(self, report: BankReport) -> None:
        """Show what would become of the file."""
        self.report = report
        clear(self._lines)
        self.bank_title.setVisible(not self._into)
        self.bank_title.set_value(report.title)
        count = len(report.found.questions)
        head = plural(
            "{count} question can be imported", "{count} questions can be imported", count
        )
        self._lines.addWidget(PlainLabel(head, TextRole.H2, wrap=True))
        for key, many in report.counts.items():
            kind = _(question_type(key).title)
            words = plural("{count} question", "{count} questions", many)
            self._lines.addWidget(FactRow(kind, words, icon=type_icon(key), tone=Tone.PRIMARY))
        self._show_problems(_("Left out"), report.left_out, "circle-x", Tone.DANGER)
        others = tuple(one for one in report.problems if not one.left_out)
        self._show_problems(_("Good to know"), others, "info", Tone.INFO)
        if report.missing:
            names = ", ".join(report.missing)
            words = _("Not beside the file: {names}").format(names=names)
            self._lines.addWidget(Banner(words, Tone.WARNING))
        self.import_button.setEnabled(report.can_import)
        if report.can_import:
            self.import_button.setFocus()

    def refused(self, error: UserFacingError) -> None:
        """Say why nothing can be imported."""
        clear(self._lines)
        self.report = None
        self.import_button.setEnabled(False)
        self._lines.addWidget(Banner(error.sentence, Tone.DANGER))

    def _show_problems(
        self, heading: str, problems: tuple[Problem, ...], icon: str, tone: Tone
    ) -> None:
        if not problems:
            return
        self._lines.addWidget(PlainLabel(heading, TextRole.H2, wrap=True))
        for one in problems[:_MOST]:
            place = _("Line {line}").format(line=one.line) if one.line else ""
            title = " · ".join(part for part in (place, one.question_name) if part)
            row = FactRow(title or _("The file"), one.reason, icon=icon, tone=tone)
            self._lines.addWidget(row)
        if len(problems) > _MOST:
            more = plural("and {count} more", "and {count} more", len(problems) - _MOST)
            self._lines.addWidget(PlainLabel(more, TextRole.MUTED))

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        self.file_chosen.emit(paths[0])
