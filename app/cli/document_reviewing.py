"""`training document review | reviews | keeper`: what came of a review, which are due, who sees to it."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from app.cli import document_words as words
from app.cli.days import day_of
from app.cli.frame import frame_of
from app.cli.signing import undersigned
from app.core.base.words import _
from app.core.training.controlled import (
    OUTCOMES,
    DocumentChange,
    DocumentSummary,
    NewReview,
    ReviewOutcome,
)

_Number = Annotated[str, typer.Argument(help=_("Its number, as SOP-123."))]


def review(
    context: typer.Context,
    number: _Number,
    reason: Annotated[str, typer.Option(help=_("What was looked at, or what is to be changed."))],
    next_due: Annotated[
        str | None,
        typer.Option("--next", help=_("Day of the next review; after the span of before.")),
    ] = None,
    outcome: Annotated[
        ReviewOutcome, typer.Option(help=_("stays, or revise: a new revision is needed."))
    ] = ReviewOutcome.STAYS,
) -> None:
    """Say what came of a review of the revision in force; signed with --as and DAKSHA_PASSWORD."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    found = documents.numbered(actor, number)
    said = NewReview(outcome=outcome, next_due=day_of(next_due), remark=reason)
    if outcome is ReviewOutcome.STAYS and said.next_due is None:
        said = replace(said, next_due=found.next_review)
    asked = (actor, found.summary.id, said)
    documents.reviewing.review(*asked, undersigned(frame, documents.reviewing.text(*asked)))
    now = documents.detail(actor, found.summary.id)
    frame.tell(_line(now.summary), words.detail(now))


def reviews(
    context: typer.Context,
    within: Annotated[
        int, typer.Option(min=0, help=_("Those that are due within so many days, too."))
    ] = 0,
) -> None:
    """List the documents whose review is due, the oldest first: day, number, who sees to it, title."""
    frame = frame_of(context)
    until = frame.today() + timedelta(days=within)
    found = [
        (one.review_due, one.number, one)
        for one in frame.services.documents.all(frame.actor())
        if one.review_due is not None and one.review_due <= until
    ]
    due = [one for _day, _number, one in sorted(found, key=lambda each: each[:2])]
    frame.tell(
        "\n".join(map(_line, due)) or _("No review is due."),
        {"documents": [words.summary(one) for one in due]},
    )


def keeper(
    context: typer.Context,
    number: _Number,
    person: Annotated[
        str, typer.Argument(help=_("Number of who sees to its review; nobody without."))
    ] = "",
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    """Say who of this site sees to it that it is reviewed, and is reminded of that."""
    frame = frame_of(context)
    documents, actor = frame.services.documents, frame.actor()
    found = documents.numbered(actor, number)
    documents.change(actor, found.summary.id, DocumentChange(keeper=person), reason)
    now = documents.detail(actor, found.summary.id)
    frame.tell(_line(now.summary), words.detail(now))


def _line(one: DocumentSummary) -> str:
    last = "" if one.last_review is None else _(OUTCOMES[one.last_review.outcome])
    keepers = ", ".join(each.name for each in one.keepers)
    return "\t".join((words.text(one.review_due) or "", one.number, keepers, last, one.title))
