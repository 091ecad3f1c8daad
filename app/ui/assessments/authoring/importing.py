"""Importing and exporting, the same from the list of banks and from one bank."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from app.core.assessments import EXPORT_FORMATS, BankExport, BankSummary, ExportFormat
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.ui.assessments.authoring.bank_sheets import ImportSheet
from app.ui.assessments.authoring.services import BankServices
from app.ui.kit.handing_out import save_document, save_with
from app.ui.kit.jobs import Lane
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


def begin_import(
    screen: Screen[BankServices], into: BankSummary | None, done: Callable[[UUID], None]
) -> ImportSheet:
    """Ask for a file, show what would become of it, and import it; `done` gets the bank's id."""
    files, actor = screen.desk.services.banks.files, screen.desk.actor
    sheet = ImportSheet(screen, "" if into is None else into.title)

    def check(path: Path) -> None:
        screen.load(
            lambda progress: files.check(actor, path, progress),
            sheet.show_report,
            failed=sheet.refused,
            lane=Lane.WORK,
            what="check",
        )

    def import_() -> None:
        report, title = sheet.report, sheet.bank_title.value()
        if report is None:
            return
        sheet.import_button.setEnabled(False)

        def work(progress: Progress) -> UUID:
            if into is None:
                return files.import_bank(actor, report, title, progress)
            files.import_into(actor, into.id, report, progress)
            return into.id

        def imported(bank_id: UUID) -> None:
            screen.desk.toast(_imported(len(report.found.questions)))
            sheet.dismiss()
            done(bank_id)

        screen.load(work, imported, failed=sheet.refused, lane=Lane.WORK, what="import")

    sheet.file_chosen.connect(check)
    sheet.import_asked.connect(import_)
    sheet.template_asked.connect(lambda: ask_template(screen))
    sheet.open()
    return sheet


def ask_template(screen: Screen[BankServices]) -> None:
    """Ask where the table goes that authors fill, and save it."""
    files, actor = screen.desk.services.banks.files, screen.desk.actor

    def save(path: Path) -> None:
        save_document(screen, path, lambda _progress: files.template(actor))

    ask_where(screen, _("Save an Excel table to fill in"), f"{_('Questions')}.xlsx", save)


def _imported(count: int) -> str:
    return plural("{count} question imported.", "{count} questions imported.", count)


def begin_export(
    screen: Screen[BankServices], bank: BankSummary, form: ExportFormat
) -> QFileDialog:
    """Ask where to, and write the bank's questions in a format."""
    title = _("Export as {format}").format(format=_(form.title))
    name = f"{bank.title}{form.suffixes[0]}".replace("/", "-")
    return ask_where(screen, title, name, lambda path: export_to(screen, bank, form, path))


def export_to(
    screen: Screen[BankServices], bank: BankSummary, form: ExportFormat, path: Path
) -> None:
    """Write the bank's questions to a file; ask before another one is lost."""
    files, actor = screen.desk.services.banks.files, screen.desk.actor

    def write(overwrite: bool, progress: Progress) -> BankExport:
        return files.export(actor, bank.id, form.key, path, progress, overwrite=overwrite)

    def written(export: BankExport) -> None:
        if not export.problems:
            screen.desk.toast(_("Written: {file}").format(file=path.name))
            return
        count = plural("{count} note", "{count} notes", len(export.problems))
        first = export.problems[0]
        told = _("Written, but not all could be said in this format ({count}). {name}: {reason}")
        screen.desk.toast(
            told.format(count=count, name=first.question_name, reason=first.reason), Tone.WARNING
        )

    save_with(screen, path, write, written)


__all__ = ["EXPORT_FORMATS", "begin_export", "begin_import", "export_to"]
