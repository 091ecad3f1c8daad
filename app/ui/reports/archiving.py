"""The archive of a year: which one is asked, where it goes, and it is written as a job."""

from functools import partial
from pathlib import Path

from app.core.base.clock import local_day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.reports import Archived, archived_in_words
from app.services import Services
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.handing_out import save_with
from app.ui.kit.labels import PlainLabel
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole, Tone


def ask_archive(host: Screen[Services]) -> None:
    """Ask of which year an archive is wanted, and where it goes; then write it."""
    archives, actor = host.desk.services.archives, host.desk.actor
    host.load(lambda _progress: archives.years(actor), partial(_ask, host), what="years")


def _ask(host: Screen[Services], years: tuple[int, ...]) -> None:
    desk = host.desk
    if not years:
        desk.toast(_("Nothing has been recorded yet."), Tone.INFO)
        return
    this_year = local_day(desk.clock).year
    form = Form()
    about = _(
        "One file with all records of the year and the audit trail: pages and tables to read, and a"
        " small program that proves them, without Daksha. It is not encrypted: keep it where only"
        " those come who may see the records."
    )
    form.add_part(PlainLabel(about, TextRole.BODY2, wrap=True))
    year = ComboField(_("Year"), [(one, _called(one, this_year)) for one in years], required=True)
    year.set_value(this_year - 1 if this_year - 1 in years else years[0])
    form.add(year)
    sheet = FormSheet(host, _("Archive of a year"), form, save=_("Save as…"))

    def ask() -> None:
        wanted = year.value() or years[0]
        sheet.saved()
        name = _("Archive {year}").format(year=wanted) + ".zip"
        ask_where(host, _("Save the archive"), name, partial(_write, host, wanted))

    sheet.save_asked.connect(ask)
    sheet.open()


def _called(year: int, this_year: int) -> str:
    return _("{year}, up to today").format(year=year) if year >= this_year else str(year)


def _write(host: Screen[Services], year: int, path: Path) -> None:
    archives, actor = host.desk.services.archives, host.desk.actor

    def write(overwrite: bool, progress: Progress) -> Archived:
        return archives.write(actor, year, path, overwrite=overwrite, progress=progress)

    def written(told: Archived) -> None:
        host.desk.toast(archived_in_words(told, path))

    save_with(host, path, write, written)
