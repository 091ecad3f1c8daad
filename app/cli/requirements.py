"""`requirements`: what people must hold, and what it asks for from a day on."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.requirement_offers import offer, offers
from app.core.base.words import _, plural
from app.core.certificates import TEMPLATES
from app.core.training import (
    DueRule,
    EvidenceRule,
    LinkKind,
    RequirementType,
    Substitutes,
    Terms,
    TrainingRefused,
    Validity,
    gives_certificate,
)
from app.core.training.requirements import (
    LegalReference,
    NewRequirement,
    RequirementChange,
    RequirementDetail,
    RequirementSummary,
)

commands = typer.Typer(name="requirements", help=_("What people must hold: list, add, change."))

_Code = Annotated[str, typer.Argument(help=_("Its code."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]
_Valid = Annotated[
    str | None,
    typer.Option(help=_("as-course, for-good, 12m, 90d or the last valid day, as 2026-12-31.")),
]
_Due = Annotated[
    str | None,
    typer.Option(help=_("none, 14d (after assignment), joined+1d (after joining), or a day.")),
]
_From = Annotated[
    str | None, typer.Option("--from", help=_("First day on which this is asked for; today."))
]
_Certificate = Annotated[
    bool | None,
    typer.Option(
        "--certificate/--no-certificate",
        help=_("Whether who meets it gets a certificate; sessions and practicals give one."),
    ),
]
_Look = Annotated[
    str | None, typer.Option("--template", help=_("Look of its certificates: classic or modern."))
]

_Grace = Annotated[int | None, typer.Option(help=_("Days after the due date."))]
_Window = Annotated[
    int | None, typer.Option(help=_("Days before expiry on which a renewal opens."))
]
_RenewalDue = Annotated[
    int | None, typer.Option(help=_("Days after its opening on which a renewal is due."))
]
_Anniversary = Annotated[
    bool | None, typer.Option(help=_("Whether early renewals keep the day of the year."))
]
_Prior = Annotated[
    int | None, typer.Option(help=_("Days that earlier evidence may be old to count."))
]
_Evidence = Annotated[EvidenceRule | None, typer.Option(help=_("See `add`."))]
_Signed = Annotated[
    bool | None, typer.Option(help=_("Whether a document is acknowledged with a signature."))
]
_SubstitutesAsked = Annotated[
    Substitutes | None, typer.Option("--substitutes-asked", help=_("any or all."))
]
_Title = Annotated[str | None, typer.Option(help=_("Another title."))]
_TitleIn = Annotated[
    list[str] | None, typer.Option(help=_("Title in another language, as hi=…; empty: none."))
]
_After = Annotated[
    list[str] | None, typer.Option(help=_("Code of what comes before it; all of them."))
]
_Substitute = Annotated[
    list[str] | None, typer.Option(help=_("Code of what stands in for it; all of them."))
]


commands.command()(offer)
commands.command()(offers)


class _Type(StrEnum):
    """The types that are added; a course comes with its publishing."""

    READ_ACK = "read_ack"
    PRACTICAL = "practical"
    SESSION = "session"
    DRILL = "drill"
    EXTERNAL = "external"
    DECLARATION = "declaration"


@commands.command("list")
def list_all(
    context: typer.Context,
    text: Annotated[str, typer.Option(help=_("Only those that have these words."))] = "",
) -> None:
    """List the requirements by title: code, type, title."""
    frame = frame_of(context)
    found = frame.services.training.catalogue.all(frame.actor(), text)
    frame.tell(
        "\n".join(f"{one.code}\t{one.type.value}\t{one.title}" for one in found)
        or _("There are no requirements yet."),
        {"requirements": [_summary(one) for one in found]},
    )


@commands.command()
def show(context: typer.Context, code: _Code) -> None:
    """Show one with its terms, what comes before it, what stands in, and its laws."""
    frame = frame_of(context)
    _tell(frame, frame.services.training.catalogue.coded(frame.actor(), code))


@commands.command()
def add(
    context: typer.Context,
    code: _Code,
    title: Annotated[str, typer.Argument(help=_("Its title."))],
    kind: Annotated[_Type, typer.Option("--type", help=_("What it takes to meet it."))],
    valid: _Valid = "for-good",
    due: _Due = None,
    grace: Annotated[int, typer.Option(help=_("Days after the due date."))] = 0,
    evidence: Annotated[
        EvidenceRule, typer.Option(help=_("What is entered by hand counts so."))
    ] = EvidenceRule.CONFIRMED,
    certificate: _Certificate = None,
    template: _Look = None,
    begins: _From = None,
) -> None:
    """Add a requirement."""
    frame = frame_of(context)
    terms = _said(
        Terms(
            from_on=_first_day(frame, begins),
            grace_days=grace,
            evidence=evidence,
            gives_certificate=certificate,
            template=_look(template),
        ),
        valid,
        due,
    )
    new = NewRequirement(code=code, title=title, type=RequirementType(kind.value), terms=terms)
    added = frame.services.training.catalogue.add(frame.actor(), new)
    _tell(frame, frame.services.training.catalogue.detail(frame.actor(), added))


@commands.command()
def change(
    context: typer.Context,
    code: _Code,
    valid: _Valid = None,
    due: _Due = None,
    grace: _Grace = None,
    window: _Window = None,
    renewal_due: _RenewalDue = None,
    anniversary: _Anniversary = None,
    prior: _Prior = None,
    evidence: _Evidence = None,
    signed: _Signed = None,
    certificate: _Certificate = None,
    template: _Look = None,
    substitutes_asked: _SubstitutesAsked = None,
    title: _Title = None,
    title_in: _TitleIn = None,
    after: _After = None,
    substitute: _Substitute = None,
    begins: _From = None,
    reason: _Reason = "",
) -> None:
    """Say something else of a requirement, from a day on."""
    frame = frame_of(context)
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    found = catalogue.coded(actor, code)
    numbers = {
        "grace_days": grace,
        "window_days": window,
        "renewal_due_days": renewal_due,
        "keeps_anniversary": anniversary,
        "prior_days": prior,
        "evidence": evidence,
        "signed": signed,
        "gives_certificate": certificate,
        "template": _look(template),
        "substitutes": substitutes_asked,
    }
    said = {name: value for name, value in numbers.items() if value is not None}
    terms = None
    if said or valid is not None or due is not None or begins is not None:
        first = _first_day(frame, begins)
        terms = _said(_changed(found.summary.terms, from_on=first, **said), valid, due)
    wanted = RequirementChange(
        title=title,
        titles=None if title_in is None else {**found.titles, **_titles(title_in)},
        terms=terms,
        prerequisites=_ids(frame, after),
        substitutes=_ids(frame, substitute),
    )
    catalogue.change(actor, found.summary.id, wanted, reason)
    _tell(frame, catalogue.detail(actor, found.summary.id))


@commands.command()
def law(
    context: typer.Context,
    code: _Code,
    act: Annotated[str, typer.Argument(help=_("The act, as Factories Act 1948."))],
    clause: Annotated[str, typer.Option(help=_("Section or rule."))] = "",
    begins: Annotated[str | None, typer.Option("--from", help=_("First day in force."))] = None,
    ends: Annotated[str | None, typer.Option("--to", help=_("First day no more in force."))] = None,
) -> None:
    """Add a legal reference, with the days between which it stood."""
    frame = frame_of(context)
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    found = catalogue.coded(actor, code)
    new = LegalReference(act=act, clause=clause, from_on=day_of(begins), to_on=day_of(ends))
    catalogue.change(actor, found.summary.id, RequirementChange(laws=(*found.laws, new)))
    _tell(frame, catalogue.detail(actor, found.summary.id))


@commands.command()
def retire(
    context: typer.Context,
    code: _Code,
    on: Annotated[str | None, typer.Option(help=_("First day; today."))] = None,
    reason: _Reason = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say how many open assignments end."))
    ] = False,
) -> None:
    """Ask for it no more: what is open ends on that day, who holds it keeps it."""
    frame = frame_of(context)
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    found = catalogue.coded(actor, code)
    if dry_run:
        ends = found.summary.open_assignments
        words = plural("{count} open assignment ends.", "{count} open assignments end.", ends)
        frame.tell(words, {"open": ends})
        return
    catalogue.retire(actor, found.summary.id, _first_day(frame, on), reason)
    _tell(frame, catalogue.detail(actor, found.summary.id))


@commands.command("bring-back")
def bring_back(context: typer.Context, code: _Code, reason: _Reason = "") -> None:
    """Let a retired requirement be assigned again."""
    frame = frame_of(context)
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    found = catalogue.coded(actor, code)
    catalogue.bring_back(actor, found.summary.id, reason)
    _tell(frame, catalogue.detail(actor, found.summary.id))


def _first_day(frame: Frame, text: str | None) -> date:
    return day_of(text) or frame.today()


def _changed(terms: Terms, **said: Any) -> Terms:  # Any: of each field its own
    return replace(terms, **said)


def _said(terms: Terms, valid: str | None, due: str | None) -> Terms:
    """Return terms with validity and due rule as the command line writes them."""
    if valid is not None:
        terms = _changed(terms, **_validity(valid))
    if due is not None:
        terms = _changed(terms, **_due_rule(due))
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


def _look(key: str | None) -> str | None:
    if key is not None and key not in {one.key for one in TEMPLATES}:
        raise TrainingRefused(
            _("There is no look of certificates called “{key}”.").format(key=key),
            _("Use one of: {keys}.").format(keys=", ".join(one.key for one in TEMPLATES)),
        )
    return key


def _titles(said: list[str]) -> dict[str, str]:
    """Return titles by language as the command line writes them."""
    return {code.strip(): text for code, _is, text in (one.partition("=") for one in said)}


def _ids(frame: Frame, codes: list[str] | None) -> Any:
    if codes is None:
        return None
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    return tuple(catalogue.coded(actor, code).summary.id for code in codes if code)


def _tell(frame: Frame, found: RequirementDetail) -> None:
    one = found.summary
    frame.tell(f"{one.code}\t{one.type.value}\t{one.title}", _detail(found))


def _summary(one: RequirementSummary) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "code": one.code,
        "title": one.title,
        "type": one.type.value,
        "retired_on": _text(one.retired_on),
        "awaits_publishing": one.awaits_publishing,
        "open": one.open_assignments,
        "terms": _terms(one.terms, one.type),
    }


def _detail(found: RequirementDetail) -> dict[str, Any]:
    return {
        **_summary(found.summary),
        "description": found.description,
        "titles": dict(found.titles),
        "all_terms": [_terms(one, found.summary.type) for one in found.all_terms],
        "after": [one.code for one in found.linked(LinkKind.PREREQUISITE)],
        "substitutes": [one.code for one in found.linked(LinkKind.SUBSTITUTE)],
        "laws": [
            {
                "act": one.act,
                "clause": one.clause,
                "from": _text(one.from_on),
                "to": _text(one.to_on),
            }
            for one in found.laws
        ],
    }


def _terms(terms: Terms, kind: RequirementType) -> dict[str, Any]:
    return {
        "from": None if terms.from_on == date.min else terms.from_on.isoformat(),
        "validity": terms.validity.value,
        "count": terms.valid_count,
        "until": _text(terms.valid_until_on),
        "keeps_anniversary": terms.keeps_anniversary,
        "window_days": terms.window_days,
        "due": terms.due_rule.value,
        "due_days": terms.due_days,
        "due_day": _text(terms.due_day),
        "renewal_due_days": terms.renewal_due_days,
        "grace_days": terms.grace_days,
        "evidence": terms.evidence.value,
        "substitutes": terms.substitutes.value,
        "prior_days": terms.prior_days,
        "signed": terms.signed,
        "certificate": gives_certificate(terms, kind),
        "template": terms.template,
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
