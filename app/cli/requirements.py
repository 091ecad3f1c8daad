"""`requirements`: what people must hold, and what it asks for from a day on."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.cli.requirement_offers import offer, offers
from app.cli.requirement_terms import (
    Anniversary,
    Certificate,
    Due,
    Evidence,
    Grace,
    Look,
    Prior,
    Registered,
    RenewalDue,
    Signed,
    SubstitutesAsked,
    Valid,
    Window,
    changed,
    known_look,
    with_said,
)
from app.cli.requirement_words import detail_data, line, summary_data
from app.cli.signing import undersigned
from app.core.base.words import _, plural
from app.core.training import (
    EvidenceRule,
    RequirementType,
    Terms,
    TrainingRefused,
    asked_in_words,
)
from app.core.training.requirements import (
    LegalReference,
    NewRequirement,
    RequirementChange,
    RequirementDetail,
)

commands = typer.Typer(name="requirements", help=_("What people must hold: list, add, change."))

_Code = Annotated[str, typer.Argument(help=_("Its code."))]
_Reason = Annotated[str, typer.Option(help=_("Why."))]
_From = Annotated[
    str | None, typer.Option("--from", help=_("First day on which this is asked for; today."))
]
_Title = Annotated[str | None, typer.Option(help=_("Another title."))]
_TitleIn = Annotated[
    list[str] | None, typer.Option(help=_("Title in another language, as hi=…; empty: none."))
]
_Wording = Annotated[
    str | None, typer.Option(help=_("What people declare, word for word; empty: nothing."))
]
_WordingIn = Annotated[
    list[str] | None,
    typer.Option(help=_("The wording in another language, as hi=…; empty: none.")),
]
_WordingsHold = Annotated[
    bool, typer.Option("--wordings-hold", help=_("The other languages say the same already."))
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
        {"requirements": [summary_data(one) for one in found]},
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
    valid: Valid = "for-good",
    due: Due = None,
    grace: Annotated[int, typer.Option(help=_("Days after the due date."))] = 0,
    evidence: Annotated[
        EvidenceRule, typer.Option(help=_("What is entered by hand counts so."))
    ] = EvidenceRule.CONFIRMED,
    certificate: Certificate = None,
    template: Look = None,
    registered: Registered = None,
    wording: _Wording = None,
    begins: _From = None,
) -> None:
    """Add a requirement."""
    frame = frame_of(context)
    terms = with_said(
        Terms(
            from_on=_first_day(frame, begins),
            grace_days=grace,
            evidence=evidence,
            gives_certificate=certificate,
            template=known_look(template),
            trainer_registered=bool(registered),
        ),
        valid,
        due,
    )
    new = NewRequirement(
        code=code,
        title=title,
        type=RequirementType(kind.value),
        wording=wording or "",
        terms=terms,
    )
    added = frame.services.training.catalogue.add(frame.actor(), new)
    _tell(frame, frame.services.training.catalogue.detail(frame.actor(), added))


@commands.command()
def change(
    context: typer.Context,
    code: _Code,
    valid: Valid = None,
    due: Due = None,
    grace: Grace = None,
    window: Window = None,
    renewal_due: RenewalDue = None,
    anniversary: Anniversary = None,
    prior: Prior = None,
    evidence: Evidence = None,
    signed: Signed = None,
    certificate: Certificate = None,
    template: Look = None,
    substitutes_asked: SubstitutesAsked = None,
    registered: Registered = None,
    title: _Title = None,
    title_in: _TitleIn = None,
    wording: _Wording = None,
    wording_in: _WordingIn = None,
    wordings_hold: _WordingsHold = False,
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
        "template": known_look(template),
        "substitutes": substitutes_asked,
        "trainer_registered": registered,
    }
    said = {name: value for name, value in numbers.items() if value is not None}
    terms = None
    if said or valid is not None or due is not None or begins is not None:
        first = _first_day(frame, begins)
        terms = with_said(changed(found.summary.terms, from_on=first, **said), valid, due)
    wanted = RequirementChange(
        title=title,
        titles=None if title_in is None else {**found.titles, **_in_languages(title_in)},
        wording=wording,
        wordings=(None if wording_in is None else {**found.wordings, **_in_languages(wording_in)}),
        wordings_hold=wordings_hold,
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
    confirm: Annotated[
        int | None,
        typer.Option(help=_("The number of open assignments that end, where there are.")),
    ] = None,
) -> None:
    """Ask for it no more: what is open ends on that day, who holds it keeps it. Signed where it wants a document read."""
    frame = frame_of(context)
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    found = catalogue.coded(actor, code)
    ends = found.summary.open_assignments
    words = plural("{count} open assignment ends.", "{count} open assignments end.", ends)
    if dry_run:
        frame.tell(words, {"open": ends})
        return
    if ends and confirm != ends:
        raise TrainingRefused(words, _("Say --confirm {count} if it is meant.").format(count=ends))
    first_day = _first_day(frame, on)
    text = catalogue.text_to_sign(actor, found.summary.id, first_day, reason)
    signed = undersigned(frame, text) if text else None
    catalogue.retire(actor, found.summary.id, first_day, reason, signed)
    told = catalogue.detail(actor, found.summary.id)
    frame.tell(f"{line(told)}\n{words}", {**detail_data(told), "ended": ends})


@commands.command("bring-back")
def bring_back(context: typer.Context, code: _Code, reason: _Reason = "") -> None:
    """Let a retired requirement be assigned again, and ask who had it; signed where it wants a document read."""
    frame = frame_of(context)
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    found = catalogue.coded(actor, code)
    text = catalogue.text_to_sign(actor, found.summary.id, None, reason)
    signed = undersigned(frame, text) if text else None
    asked = catalogue.bring_back(actor, found.summary.id, reason, signed)
    told = catalogue.detail(actor, found.summary.id)
    words = f"{line(told)}\n{asked_in_words(asked)}"
    frame.tell(words, {**detail_data(told), "asked_again": asked})


def _first_day(frame: Frame, text: str | None) -> date:
    return day_of(text) or frame.today()


def _in_languages(said: list[str]) -> dict[str, str]:
    """Return words by language as the command line writes them."""
    return {code.strip(): text for code, _is, text in (one.partition("=") for one in said)}


def _ids(frame: Frame, codes: list[str] | None) -> Any:
    if codes is None:
        return None
    catalogue, actor = frame.services.training.catalogue, frame.actor()
    return tuple(catalogue.coded(actor, code).summary.id for code in codes if code)


def _tell(frame: Frame, found: RequirementDetail) -> None:
    frame.tell(line(found), detail_data(found))
