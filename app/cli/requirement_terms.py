"""The terms of a requirement as they are written on the command line: options, and what they mean."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.core.base.words import _
from app.core.certificates import TEMPLATES
from app.core.training import DueRule, EvidenceRule, Substitutes, Terms, TrainingRefused, Validity

Valid = Annotated[
    str | None,
    typer.Option(help=_("as-course, for-good, 12m, 90d or the last valid day, as 2026-12-31.")),
]
Due = Annotated[
    str | None,
    typer.Option(help=_("none, 14d (after assignment), joined+1d (after joining), or a day.")),
]
Certificate = Annotated[
    bool | None,
    typer.Option(
        "--certificate/--no-certificate",
        help=_("Whether who meets it gets a certificate; sessions and practicals give one."),
    ),
]
Look = Annotated[
    str | None, typer.Option("--template", help=_("Look of its certificates: classic or modern."))
]

Grace = Annotated[int | None, typer.Option(help=_("Days after the due date."))]
Window = Annotated[int | None, typer.Option(help=_("Days before expiry on which a renewal opens."))]
RenewalDue = Annotated[
    int | None, typer.Option(help=_("Days after its opening on which a renewal is due."))
]
Anniversary = Annotated[
    bool | None, typer.Option(help=_("Whether early renewals keep the day of the year."))
]
Prior = Annotated[
    int | None, typer.Option(help=_("Days that earlier evidence may be old to count."))
]
Evidence = Annotated[EvidenceRule | None, typer.Option(help=_("See `add`."))]
Signed = Annotated[
    bool | None,
    typer.Option(
        help=_("Whether a document is acknowledged, or a declaration made, with a signature.")
    ),
]
Registered = Annotated[
    bool | None,
    typer.Option(
        "--registered-trainer/--any-trainer",
        help=_("Whether a session proves it only where a trainer of the register leads it."),
    ),
]
SubstitutesAsked = Annotated[
    Substitutes | None, typer.Option("--substitutes-asked", help=_("any or all."))
]


def changed(terms: Terms, **said: Any) -> Terms:  # Any: of each field its own
    """Return terms that say something else."""
    return replace(terms, **said)


def with_said(terms: Terms, valid: str | None, due: str | None) -> Terms:
    """Return terms with validity and due rule as the command line writes them.

    Raises TrainingRefused, and what `day_of` does.
    """
    if valid is not None:
        terms = changed(terms, **_validity(valid))
    if due is not None:
        terms = changed(terms, **_due_rule(due))
    return terms


def _validity(text: str) -> dict[str, Any]:
    words = {"as-course": Validity.AS_COURSE, "for-good": Validity.FOR_GOOD}
    if text in words:
        return {"validity": words[text], "valid_count": None, "valid_until_on": None}
    if text[:-1].isdecimal() and text[-1:] in {"m", "d"}:
        kind = Validity.MONTHS if text.endswith("m") else Validity.DAYS
        return {"validity": kind, "valid_count": int(text[:-1]), "valid_until_on": None}
    return {"validity": Validity.UNTIL_DAY, "valid_count": None, "valid_until_on": day_of(text)}


def _due_rule(text: str) -> dict[str, Any]:
    if text == "none":
        return {"due_rule": DueRule.NONE, "due_days": None, "due_day": None}
    rule = DueRule.AFTER_JOINING if text.startswith("joined+") else DueRule.AFTER_ASSIGNMENT
    count = text.removeprefix("joined+")
    if count.endswith("d") and count[:-1].isdecimal():
        return {"due_rule": rule, "due_days": int(count[:-1]), "due_day": None}
    if text.startswith("joined+"):
        raise TrainingRefused(
            _("“{text}” does not say when it is due.").format(text=text),
            _("Write it as joined+1d."),
        )
    return {"due_rule": DueRule.ON_DAY, "due_days": None, "due_day": day_of(text)}


def known_look(key: str | None) -> str | None:
    """Return the look that was written, which is one there is. Raises TrainingRefused."""
    if key is not None and key not in {one.key for one in TEMPLATES}:
        raise TrainingRefused(
            _("There is no look of certificates called “{key}”.").format(key=key),
            _("Use one of: {keys}.").format(keys=", ".join(one.key for one in TEMPLATES)),
        )
    return key
