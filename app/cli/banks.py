"""`bank`: import, list, show and export question banks."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.cli.approvals import (
    From,
    Reason,
    Remark,
    approve_subject,
    comparison_data,
    reject_subject,
    tell_review,
    withdraw_subject,
)
from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.where_used import QuestionOfBank, bank_where_used
from app.core.approvals import Subject, comparison_lines
from app.core.assessments import (
    EXPORT_FORMATS,
    BankEntry,
    BankReport,
    BankSummary,
    Problem,
    field_problems,
)
from app.core.base.errors import NotFound, UserFacingError
from app.core.base.figures import number
from app.core.base.ids import parse_id
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural

commands = typer.Typer(name="bank", help=_("Question banks: import, list, show, export."))

_EVERYTHING = 1_000_000
_Bank = Annotated[str, typer.Argument(help=_("Id or code of the bank."))]


class QuestionsLeftOut(UserFacingError):
    """Some questions of a file cannot be taken, and nobody has said yet that the rest should be."""

    def __init__(self, report: BankReport) -> None:
        count = plural(
            "{count} question cannot be taken",
            "{count} questions cannot be taken",
            len(report.left_out),
        )
        super().__init__(
            f"{count}: {_problem_line(report.left_out[0])}",
            safe=_("Nothing was imported."),
            remedy=_(
                "See them all with {all}; mend the file, or import the rest with {rest}."
            ).format(all="--dry-run", rest="--yes"),
        )


@commands.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=_("A file of questions."))],
    title: Annotated[str, typer.Option(help=_("Of the bank; else from the file's name."))] = "",
    into: Annotated[str, typer.Option(help=_("Id or code of a bank to add to."))] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what would become of it."))
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Leave out what cannot be imported."))
    ] = False,
) -> int:
    """Make a bank of a file, or add to one. Questions left out are named with their reasons."""
    frame = frame_of(context)
    files, actor = frame.services.banks.files, frame.actor()
    report = files.check(actor, file, frame.progress())
    if dry_run:
        frame.tell(_report_text(report), _report_data(report))
        return 0 if report.can_import else 2
    if report.can_import and report.left_out and not yes:
        raise QuestionsLeftOut(report)
    bank_id = _bank_id(frame, into) if into else None
    if bank_id is None:
        bank_id = files.import_bank(actor, report, title, frame.progress())
    else:
        files.import_into(actor, bank_id, report, frame.progress())
    summary = frame.services.banks.bank(actor, bank_id)
    frame.tell(
        "\n".join([_summary_line(summary), *_problem_lines(report.problems)]),
        {**_report_data(report), "bank": _summary_data(summary)},
    )
    return 0


@commands.command("list")
def list_(context: typer.Context) -> None:
    """List the question banks."""
    frame = frame_of(context)
    rows = frame.services.banks.list(frame.actor(), PageRequest(limit=_EVERYTHING)).rows
    frame.tell(
        "\n".join(map(_summary_line, rows)) or _("There are no question banks yet."),
        {"banks": [_summary_data(row) for row in rows]},
    )


@commands.command()
def show(context: typer.Context, bank: _Bank) -> None:
    """Show a bank with its questions, and what keeps each from being asked."""
    frame = frame_of(context)
    banks, actor = frame.services.banks, frame.actor()
    bank_id = _bank_id(frame, bank)
    summary = banks.bank(actor, bank_id)
    entries = banks.questions(actor, bank_id, PageRequest(limit=_EVERYTHING)).rows
    frame.tell(
        "\n".join([_summary_line(summary), *map(_entry_line, entries)]),
        {**_summary_data(summary), "items": [_entry_data(one) for one in entries]},
    )


@commands.command()
def export(
    context: typer.Context,
    bank: _Bank,
    format_: Annotated[
        str, typer.Option("--format", help=", ".join(one.key for one in EXPORT_FORMATS))
    ],
    out: Annotated[Path, typer.Option("--out", help=_("The file to write."))],
) -> None:
    """Write the questions in use to a file; what the format cannot say is named."""
    frame = frame_of(context)
    bank_id = _bank_id(frame, bank)
    written = frame.services.banks.files.export(
        frame.actor(), bank_id, format_, out, frame.progress()
    )
    frame.tell(
        "\n".join([_("Written: {file}").format(file=out), *_problem_lines(written.problems)]),
        {"file": str(out), "format": format_, "problems": _problem_data(written.problems)},
    )


@commands.command()
def submit(
    context: typer.Context,
    bank: _Bank,
    note: Annotated[str, typer.Option(help=_("What is new."))] = "",
) -> None:
    """Submit a bank for approval as it stands now."""
    frame = frame_of(context)
    approving, actor = frame.services.banks.approving, frame.actor()
    subject = approving.submit(actor, _bank_id(frame, bank), note)
    review = approving.review(actor, subject)
    frame.tell(
        _("{code}, {detail}: submitted for approval.").format(
            code=review.code, detail=review.detail
        ),
        {"id": str(subject.id), "code": review.code, "sha256": review.sha256},
    )


@commands.command()
def review(context: typer.Context, bank: _Bank) -> None:
    """Show what of a bank waits, and what differs from what is approved, question by question."""
    frame = frame_of(context)
    tell_review(frame, _waiting(frame, bank))


@commands.command()
def approve(context: typer.Context, bank: _Bank, from_: From = None, remark: Remark = "") -> None:
    """Approve and sign what of a bank waits, effective from a day on. Asks for the password."""
    frame = frame_of(context)
    approve_subject(frame, _waiting(frame, bank), day_of(from_), remark)


@commands.command()
def reject(context: typer.Context, bank: _Bank, reason: Reason) -> None:
    """Send what of a bank waits back to its authors."""
    frame = frame_of(context)
    reject_subject(frame, _waiting(frame, bank), reason)


@commands.command()
def withdraw(context: typer.Context, bank: _Bank, reason: Reason) -> None:
    """Take back what of a bank was submitted."""
    frame = frame_of(context)
    withdraw_subject(frame, _waiting(frame, bank), reason)


@commands.command()
def compare(context: typer.Context, bank: _Bank) -> None:
    """Say what differs between a bank as it stands now and what is approved."""
    frame = frame_of(context)
    bank_id = _bank_id(frame, bank)
    found = frame.services.banks.approving.compare(frame.actor(), bank_id)
    frame.tell("\n".join(comparison_lines(found)), {"id": str(bank_id), **comparison_data(found)})


@commands.command("where-used")
def where_used(context: typer.Context, bank: _Bank, question: QuestionOfBank = None) -> None:
    """Say which quizzes draw from a bank, or ask one question of it."""
    frame = frame_of(context)
    bank_where_used(frame, _bank_id(frame, bank), question)


def _waiting(frame: Frame, bank: str) -> Subject:
    found = frame.services.banks.approving.waiting_of(frame.actor(), _bank_id(frame, bank))
    if not found:
        raise NotFound(_("What is to be approved"))
    return found[0]


def _bank_id(frame: Frame, given: str) -> UUID:
    """Return the id written on the command line, or the id of the bank with that code."""
    known = parse_id(given)
    if known is not None:
        return known
    request = PageRequest(text=given, limit=_EVERYTHING)
    for row in frame.services.banks.list(frame.actor(), request).rows:
        if row.code.casefold() == given.casefold():
            return row.id
    raise NotFound(_("The question bank {code}").format(code=given))


def _problem_lines(problems: Iterable[Problem]) -> list[str]:
    return [f"  {'✗' if one.left_out else '!'} {_problem_line(one)}" for one in problems]


def _problem_line(one: Problem) -> str:
    place = f"{one.line}: " if one.line else ""
    return f"{place}{one.question_name}: {one.reason}" if one.question_name else place + one.reason


def _problem_data(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [
        {
            "line": one.line,
            "question": one.question_name,
            "reason": one.reason,
            "left_out": one.left_out,
        }
        for one in problems
    ]


def _report_text(report: BankReport) -> str:
    count = plural("{count} question", "{count} questions", len(report.found.questions))
    lines = [f"{report.title} ({report.format}): {count}", *_problem_lines(report.problems)]
    lines += [_("  ! {name} is not beside it").format(name=name) for name in report.missing]
    return "\n".join(lines)


def _report_data(report: BankReport) -> dict[str, object]:
    return {
        "title": report.title,
        "format": report.format,
        "questions": len(report.found.questions),
        "types": dict(report.counts),
        "problems": _problem_data(report.problems),
        "missing": list(report.missing),
    }


def _summary_line(row: BankSummary) -> str:
    count = plural("{count} question", "{count} questions", row.questions)
    return f"{row.id}  {row.code}  {row.title}  {count}"


def _summary_data(row: BankSummary) -> dict[str, object]:
    return {
        "id": str(row.id),
        "code": row.code,
        "title": row.title,
        "questions": row.questions,
        "withdrawn": row.withdrawn,
        "changed_at": None if row.changed_at is None else row.changed_at.isoformat(),
    }


def _entry_line(one: BankEntry) -> str:
    marks = [_("must be right")] if one.question.critical else []
    marks += [_("withdrawn")] if one.is_withdrawn else []
    marks += [problem.text for problem in field_problems(one.question)]
    about = f"  ({'; '.join(marks)})" if marks else ""
    return f"{number(one.position)}. {one.title}  [{one.question.type}, v{one.number}]{about}"


def _entry_data(one: BankEntry) -> dict[str, object]:
    question = one.question
    return {
        "id": str(one.id),
        "version_id": str(one.version_id),
        "version": one.number,
        "type": question.type,
        "title": one.title,
        "points": question.points,
        "critical": question.critical,
        "tags": list(question.tags),
        "languages": [each.language for each in question.translations],
        "withdrawn": one.is_withdrawn,
        "problems": [{"field": each.field, "text": each.text} for each in field_problems(question)],
    }
