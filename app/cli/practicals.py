"""`training practical`: forms, assessors, and where people stand with practicals."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.practical_words import (
    assessor_data,
    assessor_line,
    form_data,
    form_line,
    record_data,
    record_text,
    waiting_data,
    waiting_line,
)
from app.core.base.errors import NotFound
from app.core.base.paging import PageRequest
from app.core.base.words import _
from app.core.egress import Document, FileKind
from app.core.reports import listed_table, table_document
from app.core.signatures import SignatureLine
from app.core.training import TrainingRefused
from app.core.training.practicals import (
    BlankFor,
    FormDetail,
    PracticalRecord,
    Practicals,
    Registered,
    blank_form,
    filled_record,
    form_to_json,
    read_form,
    result_columns,
    result_rows,
)

commands = typer.Typer(
    name="practical", help=_("Practicals: forms, assessors, where people stand.")
)
forms = typer.Typer(name="forms", help=_("What is done in a practical, step by step."))
assessors = typer.Typer(
    name="assessors", help=_("The register: who may assess which practical, or teach what.")
)
commands.add_typer(forms)
commands.add_typer(assessors)

_ALL = 1_000_000
_Code = Annotated[str, typer.Argument(help=_("Code of the practical, or of what is taught."))]
_Person = Annotated[str, typer.Argument(help=_("Number of the person."))]
_Reason = Annotated[str, typer.Option(help=_("Why; kept in the records."))]


@forms.command("list")
def list_forms(context: typer.Context) -> None:
    """List the practicals by title: code, version, steps, critical steps, assessors."""
    frame = frame_of(context)
    found = _practicals(frame).forms.all(frame.actor())
    frame.tell(
        "\n".join(map(form_line, found)) or _("There are no practicals yet."),
        {"forms": [form_data(one) for one in found]},
    )


@forms.command("show")
def show_form(context: typer.Context, code: _Code) -> None:
    """Show a form: its steps, its versions, what keeps the draft from being published."""
    frame = frame_of(context)
    _tell_form(frame, _form(frame, code))


@forms.command("import")
def import_form(
    context: typer.Context,
    code: _Code,
    file: Annotated[
        Path, typer.Argument(help=_("CSV with section, step, critical, step_hi; or JSON."))
    ],
) -> None:
    """Make a file the draft of a form; steps with the same words stay the same steps."""
    frame = frame_of(context)
    found = _form(frame, code)
    try:
        untrusted = file.read_bytes()
    except OSError:
        raise NotFound(_("The file {file}").format(file=file)) from None
    content = read_form(untrusted, found.draft.title)
    _practicals(frame).forms.import_draft(frame.actor(), found.summary.requirement_id, content)
    _tell_form(frame, _form(frame, code))


@forms.command("publish")
def publish_form(
    context: typer.Context,
    code: _Code,
    note: Annotated[str, typer.Option(help=_("What changed."))] = "",
) -> None:
    """Let people be watched by the draft from now on."""
    frame = frame_of(context)
    found = _form(frame, code)
    _practicals(frame).forms.publish(frame.actor(), found.summary.requirement_id, note)
    _tell_form(frame, _form(frame, code))


@forms.command("require")
def require_of_assessors(
    context: typer.Context,
    code: _Code,
    held: Annotated[str, typer.Argument(help=_("Code of what assessors hold; none: nothing."))],
    reason: _Reason = "",
) -> None:
    """Say what somebody must hold themselves to assess it."""
    frame = frame_of(context)
    found, actor = _form(frame, code), frame.actor()
    held_id = (
        None if held == "none" else frame.services.training.catalogue.coded(actor, held).summary.id
    )
    _practicals(frame).forms.require_of_assessors(
        actor, found.summary.requirement_id, held_id, reason
    )
    _tell_form(frame, _form(frame, code))


@forms.command("paper")
def form_paper(
    context: typer.Context,
    code: _Code,
    out: Annotated[Path, typer.Option(help=_("The file to write, PDF."))],
    person: Annotated[str, typer.Option(help=_("Number of the person it is for."))] = "",
) -> None:
    """Write the blank form to be filled by hand; its code leads a scan back."""
    frame = frame_of(context)
    found, opened = _form(frame, code), frame.services.open_site
    if not found.versions:
        raise TrainingRefused(
            _("{title} has no published form yet.").format(title=found.summary.title),
            _("Publish it first."),
        )
    whose = _blank_for(frame, person, found) if person else None
    now = opened.site.clock.now()
    paper = blank_form(found.summary.code, found.versions[0], opened.name, now, whose)
    frame.save(out, paper)
    frame.tell(_("Saved as {file}.").format(file=out), {"file": str(out)})


@assessors.command("list")
def list_assessors(
    context: typer.Context,
    text: Annotated[str, typer.Option(help=_("Words of people or practicals."))] = "",
    state: Annotated[
        list[str] | None, typer.Option(help=_("qualified, lapsed, to_come or never."))
    ] = None,
    kind: Annotated[
        Registered | None, typer.Option(help=_("Only these: assessor or trainer."))
    ] = None,
    expiring: Annotated[
        bool, typer.Option("--expiring", help=_("Only whose time runs out in 60 days."))
    ] = False,
) -> None:
    """List the register: person, requirement, assessor or trainer, state, until."""
    frame = frame_of(context)
    filters = [("state", one) for one in state or []]
    if kind is not None:
        filters.append(("kind", kind.value))
    if expiring:
        filters.append(("expiring", "yes"))
    request = PageRequest(text=text, filters=tuple(filters), limit=_ALL)
    page = _practicals(frame).assessors.page(frame.actor(), request)
    frame.tell(
        "\n".join(map(assessor_line, page.rows)) or _("Nothing was found."),
        {"assessors": [assessor_data(one) for one in page.rows], "total": page.total},
    )


@assessors.command("appoint")
def appoint(
    context: typer.Context,
    person: _Person,
    code: _Code,
    reason: _Reason,
    begins: Annotated[str | None, typer.Option("--from", help=_("First day; today."))] = None,
    until: Annotated[str | None, typer.Option(help=_("Last day; without end."))] = None,
) -> None:
    """Let somebody assess a practical, or hold sessions of another requirement; or renew it."""
    frame = frame_of(context)
    person_id, requirement_id = _registered_pair(frame, person, code)
    _practicals(frame).assessors.appoint(
        frame.actor(),
        person_id,
        requirement_id,
        from_on=day_of(begins),
        until_on=day_of(until),
        reason=reason,
    )
    _tell_assessor(frame, person_id, requirement_id)


@assessors.command("end")
def end(
    context: typer.Context,
    person: _Person,
    code: _Code,
    reason: _Reason,
    on: Annotated[str | None, typer.Option(help=_("First day no more; today."))] = None,
) -> None:
    """Let somebody assess, or teach, no more; what they signed stays valid."""
    frame = frame_of(context)
    person_id, requirement_id = _registered_pair(frame, person, code)
    _practicals(frame).assessors.end(
        frame.actor(), person_id, requirement_id, reason=reason, on=day_of(on)
    )
    _tell_assessor(frame, person_id, requirement_id)


@commands.command("find")
def find_sheet(
    context: typer.Context,
    scan: Annotated[Path, typer.Argument(help=_("A filled form: PDF, PNG or JPEG."))],
    keep: Annotated[
        bool, typer.Option("--keep", help=_("Keep the scan with the practical of whose it is."))
    ] = False,
) -> None:
    """Tell whose a filled form is, and by which version of which form."""
    frame = frame_of(context)
    sheets = _practicals(frame).sheets
    found = (sheets.take_in if keep else sheets.find)(frame.actor(), scan)
    frame.tell(
        "\n".join(
            f"{one.code}\t{one.title}\t{one.version}\t{one.number or '–'}\t{one.name or '–'}"
            for one in found
        ),
        {
            "sheets": [
                {
                    "code": one.code,
                    "version": one.version,
                    "is_newest": one.is_newest,
                    "number": one.number,
                    "run": one.run,
                    "pages": list(one.pages),
                }
                for one in found
            ]
        },
    )


@commands.command()
def status(context: typer.Context) -> None:
    """List who has a practical before them: stage, how far, since when, due."""
    frame = frame_of(context)
    found = _practicals(frame).standing(frame.actor())
    frame.tell(
        "\n".join(map(waiting_line, found)) or _("Nobody has a practical before them."),
        {"practicals": [waiting_data(one) for one in found]},
    )


@commands.command()
def record(
    context: typer.Context,
    person: _Person,
    code: _Code,
    out: Annotated[Path | None, typer.Option(help=_("Write it as .pdf, .csv or .xlsx."))] = None,
) -> None:
    """Show everything of one person and one practical, with its signatures."""
    frame = frame_of(context)
    person_id, requirement_id = _pair(frame, person, code)
    found = _practicals(frame).record(frame.actor(), person_id, requirement_id)
    signed = frame.services.signatures.under(*found.signing_ids)
    if out is not None:
        frame.save(out, _document(frame, found, signed, out))
    frame.tell(record_text(found, signed), record_data(found, signed))


def _document(
    frame: Frame, found: PracticalRecord, signed: tuple[SignatureLine, ...], out: Path
) -> Document:
    opened = frame.services.open_site
    at = opened.site.clock.now()
    if out.suffix.lower() == ".pdf":
        return filled_record(found, found.stands.result, signed, opened.name, at)
    table = listed_table(
        frame.actor(),
        key="practical",
        title=f"{found.title}: {found.name} ({found.number})",
        site=opened.name,
        at=at,
        columns=result_columns(),
        rows=result_rows(found, signed),
    )
    return table_document(table, out.suffix.lower().lstrip("."), FileKind.PRACTICAL)


def _practicals(frame: Frame) -> Practicals:
    return frame.services.training.practicals


def _blank_for(frame: Frame, number: str, found: FormDetail) -> BlankFor:
    actor = frame.actor()
    person = frame.services.people.find(actor, number)
    record = _practicals(frame).record(actor, person.id, found.summary.requirement_id)
    return BlankFor(person_id=person.id, number=record.number, name=record.name, run=record.run)


def _form(frame: Frame, code: str) -> FormDetail:
    return _practicals(frame).forms.coded(frame.actor(), code)


def _pair(frame: Frame, number: str, code: str) -> tuple[UUID, UUID]:
    person_id = frame.services.people.find(frame.actor(), number).id
    return person_id, _form(frame, code).summary.requirement_id


def _registered_pair(frame: Frame, number: str, code: str) -> tuple[UUID, UUID]:
    actor = frame.actor()
    person_id = frame.services.people.find(actor, number).id
    return person_id, frame.services.training.catalogue.coded(actor, code).summary.id


def _tell_form(frame: Frame, found: FormDetail) -> None:
    content = found.draft
    steps = [
        f"{place}. {step.text}{' ★' if step.is_critical else ''}"
        for place, step in enumerate(content.steps, start=1)
    ]
    frame.tell(
        "\n".join([form_line(found.summary), *steps, *found.problems]),
        {
            **form_data(found.summary),
            "problems": list(found.problems),
            "versions": [
                {"number": one.number, "sha256": one.sha256, "at": one.published_at.isoformat()}
                for one in found.versions
            ],
            "form": form_to_json(content),
        },
    )


def _tell_assessor(frame: Frame, person_id: UUID, requirement_id: UUID) -> None:
    found = _practicals(frame).assessors.of_person(frame.actor(), person_id)
    (line,) = (one for one in found if one.requirement_id == requirement_id)
    frame.tell(assessor_line(line), assessor_data(line))
