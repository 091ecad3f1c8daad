"""`rules`: enrolment rules, tried before they are let loose."""

import json
from datetime import date
from typing import Annotated, Any

import typer

from app.cli.days import day_of
from app.cli.frame import Frame, frame_of
from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.training import Move, TrainingRefused
from app.core.training.enrolment import (
    All,
    Condition,
    Matched,
    NamedInVain,
    OneOf,
    Rule,
    RuleTried,
    RuleWords,
    RunOfRules,
    from_json,
    in_words,
    to_json,
)

commands = typer.Typer(name="rules", help=_("Enrolment rules: list, add, try, switch, run."))

_Code = Annotated[str, typer.Argument(help=_("Its code."))]
_Confirm = Annotated[
    int | None, typer.Option(help=_("The number of people, where it reaches many."))
]


_EvenSo = Annotated[
    bool,
    typer.Option(
        "--even-so", help=_("It is meant, though it names what is not here: `try` says what.")
    ),
]


@commands.command("list")
def list_all(context: typer.Context) -> None:
    """List this site's rules: code, on or off, requirement, title."""
    frame = frame_of(context)
    found = frame.services.training.enrolment.rules(frame.actor())
    frame.tell(
        "\n".join(map(_line, found)) or _("There are no rules yet."),
        {"rules": [_data(one) for one in found]},
    )


@commands.command()
def add(
    context: typer.Context,
    code: _Code,
    title: Annotated[str, typer.Argument(help=_("What the learner reads as the reason."))],
    requirement: Annotated[str, typer.Option(help=_("Code of the requirement."))],
    where: Annotated[
        list[str] | None,
        typer.Option(help=_("attribute=value,value; several must all hold.")),
    ] = None,
    condition: Annotated[
        str | None, typer.Option(help=_("The whole tree as JSON, instead of --where."))
    ] = None,
    after_days: Annotated[
        int | None,
        typer.Option(help=_("Days after joining, or after what --moved says; 0 for that day.")),
    ] = None,
    away_days: Annotated[
        int | None,
        typer.Option(help=_("Asks anew whoever comes back after so many days away.")),
    ] = None,
    moved: Annotated[
        Move | None,
        typer.Option(help=_("Asks anew whoever came to another department or job role.")),
    ] = None,
    due_days: Annotated[
        int | None,
        typer.Option(help=_("Days after coming back, or after the move, on which that is due.")),
    ] = None,
    begins: Annotated[str | None, typer.Option("--from", help=_("First day of working."))] = None,
    ends: Annotated[str | None, typer.Option("--to", help=_("Last day of working."))] = None,
    cancels: Annotated[
        bool, typer.Option("--cancels", help=_("End what it assigned to who no longer matches."))
    ] = False,
) -> None:
    """Add a rule. It is off until it is switched on."""
    frame = frame_of(context)
    training, actor = frame.services.training, frame.actor()
    words = RuleWords(
        title=title,
        requirement_id=training.catalogue.coded(actor, requirement).summary.id,
        condition=condition_of(where or [], condition),
        after_days=after_days,
        away_days=away_days,
        moved=moved,
        due_days=due_days,
        from_on=day_of(begins),
        to_on=day_of(ends),
        cancels=cancels,
    )
    training.enrolment.add(actor, code, words)
    added = training.enrolment.coded(actor, code)
    frame.tell(_line(added), _data(added))


@commands.command("try")
def try_out(context: typer.Context, code: _Code) -> None:
    """Say whom a rule would reach now, and change nothing."""
    frame = frame_of(context)
    enrolment, actor = frame.services.training.enrolment, frame.actor()
    rule = enrolment.coded(actor, code)
    tried = enrolment.try_out(actor, rule.words, rule.id)
    frame.tell(_tried_words(rule, tried), _tried(tried))


@commands.command()
def on(
    context: typer.Context, code: _Code, confirm: _Confirm = None, even_so: _EvenSo = False
) -> None:
    """Switch a rule on: it assigns to who matches now, and from now on."""
    frame = frame_of(context)
    enrolment, actor = frame.services.training.enrolment, frame.actor()
    rule = enrolment.coded(actor, code)
    known = _in_vain(frame, rule) if even_so else None
    done = enrolment.switch_on(actor, rule.id, confirmed=confirm, even_so=known)
    frame.tell(_ran(done), _run(done))


@commands.command()
def off(
    context: typer.Context,
    code: _Code,
    reason: Annotated[str, typer.Option(help=_("Why."))] = "",
) -> None:
    """Switch a rule off; what it assigned stays."""
    frame = frame_of(context)
    enrolment, actor = frame.services.training.enrolment, frame.actor()
    enrolment.switch_off(actor, enrolment.coded(actor, code).id, reason)
    found = enrolment.coded(actor, code)
    frame.tell(_line(found), _data(found))


@commands.command()
def run(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(help=_("Its code; without one, all."))] = None,
    confirm: _Confirm = None,
    even_so: _EvenSo = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only say what it would do."))
    ] = False,
) -> None:
    """Carry out one rule, or all that work today."""
    frame = frame_of(context)
    enrolment, actor = frame.services.training.enrolment, frame.actor()
    if dry_run:
        rules = [enrolment.coded(actor, code)] if code else list(enrolment.rules(actor))
        tried = {one.code: enrolment.try_out(actor, one.words, one.id) for one in rules}
        lines = [f"{name}\t{one.assigned}\t{one.cancelled}" for name, one in tried.items()]
        frame.tell("\n".join(lines), {"rules": {name: _tried(one) for name, one in tried.items()}})
        return
    if code is None:
        done = enrolment.run_all(actor)
    else:
        rule = enrolment.coded(actor, code)
        known = _in_vain(frame, rule) if even_so else None
        done = enrolment.run(actor, rule.id, confirmed=confirm, even_so=known)
    frame.tell(_ran(done), _run(done))


def _in_vain(frame: Frame, rule: Rule) -> NamedInVain:
    """Return what a rule names in vain."""
    enrolment, actor = frame.services.training.enrolment, frame.actor()
    return enrolment.try_out(actor, rule.words, rule.id).in_vain


def condition_of(where: list[str], whole: str | None) -> Condition:
    """Return the condition of `attribute=value,value` texts, or of JSON. Raises TrainingRefused."""
    if whole is not None:
        try:
            return from_json(json.loads(whole))
        except json.JSONDecodeError:
            raise TrainingRefused(
                _("The condition is no JSON."), _("Look at the examples in the manual.")
            ) from None
    parts = []
    for text in where:
        key, equals, values = text.partition("=")
        if not equals:
            raise TrainingRefused(
                _("“{text}” is no condition.").format(text=text), _("Write it as unit=FIN.")
            )
        parts.append(OneOf(key.strip(), tuple(one.strip() for one in values.split(","))))
    return from_json(to_json(All(tuple(parts))))


def _tried_words(rule: Rule, tried: RuleTried) -> str:
    """Return who would get it and who would lose it, a line each with why, and how many."""
    lines = [f"+\t{_matched_line(one)}" for one in tried.first]
    lines += [f"-\t{_matched_line(one)}" for one in tried.losing]
    lines.append(_("Whom it means: {condition}.").format(condition=in_words(rule.words.condition)))
    if when := rule.words.when():
        lines.append(_("When: {occasion}.").format(occasion=when))
    if tried.in_vain.named:
        lines.append(_("Not here, or no longer: {named}.").format(named=tried.in_vain.in_words()))
    if tried.in_vain.reaches_nobody:
        lines.append(_("As it is, it can match nobody."))
    said = [plural("{count} person would get it.", "{count} people would get it.", tried.assigned)]
    if tried.cancelled:
        said.append(plural("{count} would lose it.", "{count} would lose it.", tried.cancelled))
    if tried.begins_on is not None:
        begins = _("It begins on {day}, and assigns nothing before.")
        said.append(begins.format(day=day(tried.begins_on)))
    return "\n".join((*lines, " ".join(said)))


def _matched_line(one: Matched) -> str:
    cells = [one.number, one.name, one.org_unit, one.job_role, _text(one.due_on) or ""]
    if one.away_from is not None and one.back_on is not None:
        told = _("away from {first}, back on {day}")
        cells.append(told.format(first=day(one.away_from), day=day(one.back_on)))
    if one.moved_on is not None:
        told = _("moved on {day} from {place}")
        cells.append(told.format(day=day(one.moved_on), place=one.moved_from or "–"))
    return "\t".join(cells)


def _ran(done: RunOfRules) -> str:
    words = plural("Assigned to {count} person.", "Assigned to {count} people.", done.assigned)
    if done.held_back:
        held = _("Not run, because they reach many: {titles}.").format(
            titles=", ".join(done.held_back)
        )
        return f"{words} {held}"
    return words


def _run(done: RunOfRules) -> dict[str, Any]:
    return {
        "assigned": done.assigned,
        "cancelled": done.cancelled,
        "held_back": list(done.held_back),
    }


def _tried(tried: RuleTried) -> dict[str, Any]:
    return {
        "matched": tried.matched,
        "here": tried.here,
        "would_assign": tried.assigned,
        "would_cancel": tried.cancelled,
        "reaches_many": tried.reaches_many,
        "count": tried.count,
        "also_by": list(tried.also_by),
        "unknown": [value for one in tried.in_vain.named for value in one.values],
        "reaches_nobody": tried.in_vain.reaches_nobody,
        "begins": _text(tried.begins_on),
        "people": [_matched(one) for one in tried.first],
        "losing": [_matched(one) for one in tried.losing],
    }


def _matched(one: Matched) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "unit": one.org_unit,
        "role": one.job_role,
        "joined": _text(one.joined_on),
        "due": _text(one.due_on),
        "away_from": _text(one.away_from),
        "back": _text(one.back_on),
        "moved": _text(one.moved_on),
        "moved_from": one.moved_from,
    }


def _line(rule: Rule) -> str:
    state = _("on") if rule.is_on else _("off")
    return f"{rule.code}\t{state}\t{rule.requirement_code}\t{rule.words.title}"


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "id": str(rule.id),
        "code": rule.code,
        "title": rule.words.title,
        "requirement": rule.requirement_code,
        "on": rule.is_on,
        "condition": to_json(rule.words.condition),
        "in_words": in_words(rule.words.condition),
        "after_days": rule.words.after_days,
        "away_days": rule.words.away_days,
        "moved": None if rule.words.moved is None else rule.words.moved.value,
        "due_days": rule.words.due_days,
        "from": _text(rule.words.from_on),
        "to": _text(rule.words.to_on),
        "cancels": rule.words.cancels,
        "open": rule.open_assignments,
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
