"""`reviews`: the months of the audit trail, what a site asks of its looking, badge readers, evaluations."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.assurance import Month, NewReview, OversightRule, changes_paper, rule_in_words
from app.core.base.words import _

commands = typer.Typer(name="reviews", help=_("What is looked at regularly, and what was found."))

_First = Annotated[str, typer.Argument(help=_("First day, as 2026-11-01."))]
_Last = Annotated[str, typer.Argument(help=_("Last day, as 2026-11-30."))]


@commands.command()
def months(context: typer.Context) -> None:
    """List the months of the audit trail, the newest first, and which were reviewed."""
    frame = frame_of(context)
    found = frame.services.audit_reviews.months(frame.actor())
    lines = [
        f"{one.first_on:%Y-%m}\t{_state(one)}\t{one.review.by if one.review else ''}"
        for one in found
    ]
    frame.tell("\n".join(lines), {"months": [_month(one) for one in found]})


@commands.command()
def sign(
    context: typer.Context,
    first: _First,
    last: _Last,
    findings: Annotated[str, typer.Option(help=_("What was found, or that nothing was."))],
    looked_at: Annotated[
        list[str] | None,
        typer.Option(help=_("Beginnings of actions that were looked at; all offered if none.")),
    ] = None,
) -> None:
    """Review the audit trail of some days and sign it, with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    reviews, actor = frame.services.audit_reviews, frame.actor()
    today = frame.today()
    begins, ends = day_of(first) or today, day_of(last) or today
    offered = tuple(one.actions for one in reviews.offers(actor, begins, ends))
    new = NewReview(
        first_on=begins,
        last_on=ends,
        looked_at=tuple(looked_at or offered),
        findings=findings,
    )
    signed = undersigned(frame, reviews.shown(actor, new))
    review_id = reviews.sign(actor, new, signed)
    frame.tell(_("The review is signed and on record."), {"review": str(review_id)})


@commands.command()
def rule(
    context: typer.Context,
    review_days: Annotated[
        int | None, typer.Option(help=_("Days for a month's review; 0: none is asked for."))
    ] = None,
    reader_days: Annotated[
        int | None, typer.Option(help=_("Days between tests of a reader; 0: none is asked for."))
    ] = None,
    reason: Annotated[str, typer.Option(help=_("Why; auditors read it."))] = "",
) -> None:
    """Say what this site asks of its looking, or change it from today on with a reason."""
    frame = frame_of(context)
    rules = frame.services.oversight_rules
    said = rules.now()
    if review_days is not None or reader_days is not None:
        said = OversightRule(
            review_days=said.review_days if review_days is None else review_days,
            reader_days=said.reader_days if reader_days is None else reader_days,
        )
        rules.say(frame.actor(), said, reason)
    frame.tell(
        rule_in_words(said), {"review_days": said.review_days, "reader_days": said.reader_days}
    )


@commands.command()
def reader(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help=_("Which reader; else all are listed."))
    ] = None,
    wrong: Annotated[str, typer.Option(help=_("What was wrong; right if nothing is said."))] = "",
) -> None:
    """Keep that a badge reader of this PC was tested, or list the newest test of each."""
    frame = frame_of(context)
    tests, actor = frame.services.reader_tests, frame.actor()
    if name is not None:
        tests.keep(actor, name, is_right=not wrong, remark=wrong)
    found = tests.readers(actor)
    lines = [
        f"{one.reader}\t{one.pc}\t{one.remark or _('Read right')}\t{one.due_on or '–'}"
        for one in found
    ]
    frame.tell(
        "\n".join(lines),
        {
            "readers": [
                {
                    "reader": one.reader,
                    "pc": one.pc,
                    "right": one.is_right,
                    "remark": one.remark,
                    "at": one.at.isoformat(),
                    "due": None if one.due_on is None else one.due_on.isoformat(),
                }
                for one in found
            ]
        },
    )


@commands.command()
def evaluation(
    context: typer.Context,
    first: _First,
    last: _Last,
    out: Annotated[Path, typer.Option(help=_("Where the PDF goes."))],
) -> None:
    """Gather access, settings, incidents, reviews and qualifications of some days in one paper."""
    frame = frame_of(context)
    today = frame.today()
    made = frame.services.evaluations.made(
        frame.actor(), day_of(first) or today, day_of(last) or today, frame.progress()
    )
    frame.save(out, made)
    frame.tell(_("Written to {file}.").format(file=out), {"file": str(out)})


@commands.command()
def changes(
    context: typer.Context, out: Annotated[Path, typer.Option(help=_("Where the PDF goes."))]
) -> None:
    """Write the history of changes of program and manual, stamped with the version."""
    frame = frame_of(context)
    opened = frame.services.open_site
    frame.save(out, changes_paper(opened.name, opened.site.clock.now()))
    frame.tell(_("Written to {file}.").format(file=out), {"file": str(out)})


def _state(one: Month) -> str:
    if one.review is not None:
        return _("Reviewed")
    if one.is_overdue:
        return _("Overdue")
    return _("To do") if one.is_over and one.due_on else "–"


def _month(one: Month) -> dict[str, Any]:
    return {
        "first": one.first_on.isoformat(),
        "last": one.last_on.isoformat(),
        "due": None if one.due_on is None else one.due_on.isoformat(),
        "overdue": one.is_overdue,
        "review": None
        if one.review is None
        else {
            "id": str(one.review.id),
            "by": one.review.by,
            "at": one.review.at.isoformat(),
            "findings": one.review.findings,
        },
    }
