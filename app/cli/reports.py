"""`report`: list them, run one to a file or to standard output."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.cli.days import AsOf, KnownAt, day_of, end_of
from app.cli.frame import frame_of
from app.cli.training_files import save_training_file
from app.core.base.errors import UserFacingError
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural
from app.core.reports import (
    AS_OF,
    KNOWN_AT,
    Dossier,
    FilterRefused,
    ReportTable,
    UnknownReport,
    archived_in_words,
    dossier_document,
    dossier_table,
    table_bytes,
)

commands = typer.Typer(name="report", help=_("Who is qualified, overdue, certified."))

_OUTPUT = "-"
_PRINTED = ("csv", "json")
_OneTable = Annotated[
    str, typer.Option(help=_("One table of it, such as signatures; the whole without."))
]
_TableForm = Annotated[str, typer.Option("--format", help=_("Of one table: csv, xlsx or pdf."))]
_TrainingFile = Annotated[
    bool,
    typer.Option(
        "--training-file", help=_("With job descriptions, CV and other papers before it.")
    ),
]


class FileNeeded(UserFacingError):
    """A format that is no text cannot be printed."""

    def __init__(self, form: str) -> None:
        super().__init__(
            _("A report as {name} is not printed.").format(name=form),
            safe=_("Nothing was written."),
            remedy=_("Give --out FILE."),
        )


@commands.command(name="list")
def list_reports(context: typer.Context) -> None:
    """List the reports with their filters."""
    frame = frame_of(context)
    offers = frame.services.reports.offers(frame.actor())
    lines = [
        f"{offer.key:26} {offer.title}  [{', '.join(one.key for one in offer.filters)}]"
        for offer in offers
    ]
    frame.tell(
        "\n".join(lines),
        {
            "reports": [
                {
                    "name": offer.key,
                    "title": offer.title,
                    "question": offer.question,
                    "columns": [column.key for column in offer.columns],
                    "filters": {
                        one.key: [value for value, _words in one.choices] for one in offer.filters
                    },
                }
                for offer in offers
            ]
        },
    )


@commands.command()
def run(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Which report; `report list` names them."))],
    form: Annotated[str, typer.Option("--format", help=_("csv, xlsx, pdf or json."))] = "csv",
    out: Annotated[str, typer.Option(help=_("The file to write; - prints csv or json."))] = _OUTPUT,
    narrowed: Annotated[
        list[str] | None, typer.Option("--filter", help=_("KEY=VALUE; several are allowed."))
    ] = None,
    search: Annotated[str, typer.Option(help=_("Only rows with these words."))] = "",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> None:
    """Write a report to a file, or print it; as of now, or as it stood on a day."""
    frame = frame_of(context)
    reports = frame.services.reports
    pairs = [*map(_pair, narrowed or []), *_moments(as_of, known_at)]
    request = PageRequest().filtered_by(pairs).searching(search)
    if out == _OUTPUT:
        if form not in _PRINTED:
            raise FileNeeded(form)
        table = reports.table(frame.actor(), name, request)
        sys.stdout.write(table_bytes(table, "json" if frame.as_json else form).decode("utf-8-sig"))
        return
    path = Path(out)
    table = reports.write(
        frame.actor(), name, form, path, request, overwrite=overwrite, progress=frame.progress()
    )
    frame.tell(
        f"{path}: {plural('{count} row', '{count} rows', table.total)}",
        _facts(table, form, path),
    )


@commands.command()
def record(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help=_("Number of the person."))],
    out: Annotated[Path, typer.Option(help=_("The file to write."))],
    table: _OneTable = "",
    form: _TableForm = "pdf",
    training_file: _TrainingFile = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> None:
    """Write a person's training record: the whole as PDF with its signatures, or one table of it."""
    frame = frame_of(context)
    dossiers, actor = frame.services.reports.dossiers, frame.actor()
    asked = (frame.services.people.find(actor, number).id, day_of(as_of), end_of(known_at))
    if training_file:
        if table:
            raise typer.BadParameter(_("Give --table or --training-file, not both."))
        save_training_file(frame, asked, out, overwrite=overwrite)
        return
    dossier, tables = dossiers.of(actor, *asked), dossiers.tables(actor, *asked)
    title = _("Training record {number}").format(number=dossier.number)
    if table:
        document = dossier_table(title, dossier, _named(tables, table), form, frame.progress())
    else:
        document = dossier_document(title, dossier, tables, frame.progress())
    frame.save(out, document, overwrite=overwrite)
    frame.tell(
        _("Saved as {file}.").format(file=out),
        {
            "file": str(out),
            "tables": {one.key: len(one.rows) for one in tables},
            "signatures": _signatures_data(dossier),
        },
    )


def _named(tables: Sequence[ReportTable], name: str) -> ReportTable:
    """Return the table of a record that is called so. Raises UnknownReport."""
    for one in tables:
        if one.key in {name, f"dossier-{name}"}:
            return one
    raise UnknownReport(name, (one.key for one in tables))


def _signatures_data(dossier: Dossier) -> list[dict[str, object]]:
    return [
        {
            "record": one.line.record_kind,
            "signer": one.signer,
            "meaning": one.line.meaning,
            "signed_at": one.line.signed_at,
            "state": one.state,
        }
        for one in dossier.signatures
    ]


@commands.command()
def archive(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=_("The file to write: a zip."))],
    year: Annotated[
        int | None, typer.Option(help=_("Which calendar year; the last that is over without."))
    ] = None,
    overwrite: Annotated[bool, typer.Option(help=_("Replace the file if there is one."))] = False,
) -> None:
    """Write the records of a year as one file that is read and proved without this program."""
    frame = frame_of(context)
    wanted = frame.today().year - 1 if year is None else year
    told = frame.services.archives.write(
        frame.actor(), wanted, out, overwrite=overwrite, progress=frame.progress()
    )
    frame.tell(
        archived_in_words(told, out),
        {
            "file": str(out),
            "year": told.year,
            "entries": told.entries,
            "withheld": told.withheld,
            "signatures": told.signatures,
            "rows": told.rows,
            "manifest_sha256": told.sha256,
        },
    )


def _moments(as_of: str | None, known_at: str | None) -> list[tuple[str, str]]:
    days = ((AS_OF, day_of(as_of)), (KNOWN_AT, day_of(known_at)))
    return [(key, on.isoformat()) for key, on in days if on is not None]


def _pair(untrusted: str) -> tuple[str, str]:
    key, equals, value = untrusted.partition("=")
    if not (key and equals and value):
        raise FilterRefused(untrusted, ["KEY=VALUE"])
    return key, value


def _facts(table: ReportTable, form: str, path: Path) -> dict[str, object]:
    return {
        "report": table.key,
        "title": table.title,
        "format": form,
        "file": str(path),
        "rows": table.total,
        "digest": table.digest,
        "filters": list(table.filters),
        "generated_at": table.generated_at.isoformat(),
    }
