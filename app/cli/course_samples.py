"""`course samples`, `begin`: courses made of the samples that come with the program."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.cli.course_import import tell_imported
from app.cli.frame import frame_of
from app.core.base.errors import NotFound
from app.core.base.refusals import why_refused
from app.core.base.words import _, current_language
from app.core.courses import CourseSample, Place, PlaceRefused, brought_along, course_samples

_MOST_BYTES = 100_000
_Named = Annotated[str, typer.Argument(help=_("The sample, as `course samples` calls it."))]


def add_commands(commands: typer.Typer) -> None:
    """Let a group have the commands of samples."""
    for act in (samples, begin):
        commands.command()(act)


def samples(
    context: typer.Context,
    sample: Annotated[
        str, typer.Argument(help=_("One of them: what it leaves open for your plant to fill in."))
    ] = "",
) -> None:
    """List the sample courses that come with the program, or what one of them leaves open."""
    frame, language = frame_of(context), current_language()
    offered = (_called(sample),) if sample else course_samples()
    lines = [f"{one.key:22}{one.file.code:9}{one.title(language)}" for one in offered]
    if sample:
        lines += [_place_line(place, language) for place in offered[0].places]
    frame.tell("\n".join(lines), {"samples": [_sample_data(one, language) for one in offered]})


def begin(
    context: typer.Context,
    sample: _Named,
    fill: Annotated[
        list[str] | None,
        typer.Option(
            "--fill", help=_("PLACE=VALUE, such as assembly_point=Gate; several are allowed.")
        ),
    ] = None,
    values: Annotated[
        Path | None, typer.Option("--values", help=_("A JSON file of places and values."))
    ] = None,
    suggested: Annotated[
        bool, typer.Option("--suggested", help=_("Take what is suggested where nothing is given."))
    ] = False,
) -> None:
    """Make a draft of a sample course, to be adapted and published. What is not filled in stays in brackets."""
    frame, found = frame_of(context), _called(sample)
    beginning, actor = frame.services.courses.beginning, frame.actor()
    given = {
        **beginning.known(actor, found),
        **(_suggested(found) if suggested else {}),
        **(_of_file(values) if values is not None else {}),
        **_of_options(fill or ()),
    }
    report = beginning.check(actor, found, frame.progress())
    made = beginning.begin(actor, found, given, frame.progress())
    left = [place for place in found.places if not given.get(place.key, "").strip()]
    tell_imported(frame, [report], [made], _left_lines(left), left=[one.key for one in left])


def _called(name: str) -> CourseSample:
    """Return the sample that is meant: by its key, its code or a title. Raises NotFound."""
    meant = name.strip().casefold()
    found = next((one for one in course_samples() if meant in _names_of(one)), None)
    if found is None:
        raise NotFound(_("The sample course {name}").format(name=name))
    return found


def _names_of(sample: CourseSample) -> set[str]:
    titles = {sample.file.title, *sample.file.titles.values()}
    return {one.casefold() for one in (sample.key, sample.file.code, *titles) if one}


def _suggested(sample: CourseSample) -> dict[str, str]:
    return {
        key: place.suggested[language]
        for place in sample.places
        for language, key in place.keys().items()
        if language in place.suggested
    }


def _of_options(untrusted: Sequence[str]) -> dict[str, str]:
    values = {}
    for one in untrusted:
        key, equals, value = one.partition("=")
        if not equals:
            raise PlaceRefused(
                _("“{text}” gives no value.").format(text=one),
                _("Write it as PLACE=VALUE, such as assembly_point=Gate."),
            )
        values[key.strip()] = value
    return values


def _of_file(path: Path) -> dict[str, str]:
    """Return the values of a file. Raises PlaceRefused."""
    remedy = _("Give a JSON file such as {example}.").format(example='{"assembly_point": "Gate"}')
    try:
        with path.open(encoding="utf-8") as file:
            told = json.loads(file.read(_MOST_BYTES))
    except OSError as refusal:
        happened = _("{name} could not be read. {reason}")
        raise PlaceRefused(
            happened.format(name=path.name, reason=why_refused(refusal)), remedy
        ) from refusal
    except ValueError as fault:
        raise PlaceRefused(_("{name} is no JSON file.").format(name=path.name), remedy) from fault
    if not isinstance(told, dict) or not all(isinstance(one, str) for one in told.values()):
        raise PlaceRefused(_("{name} holds no values.").format(name=path.name), remedy)
    return told


def _place_line(place: Place, language: str) -> str:
    usual = place.suggested.get(language, place.suggested.get("en", ""))
    line = f"  {place.key:20}{place.called(language)}"
    return line + (_("; suggested: {value}").format(value=usual) if usual else "")


def _left_lines(left: Sequence[Place]) -> list[str]:
    if not left:
        return []
    names = ", ".join(place.called(current_language()) for place in left)
    return [_("Still to be filled in: {places}.").format(places=names)]


def _sample_data(sample: CourseSample, language: str) -> dict[str, object]:
    return {
        "key": sample.key,
        "code": sample.file.code,
        "title": sample.title(language),
        "description": sample.description(language),
        "as_of": sample.as_of.isoformat(),
        "rests_on": sample.rests_on,
        "brings": list(brought_along(sample.key)),
        "places": [_place_data(place, language) for place in sample.places],
    }


def _place_data(place: Place, language: str) -> Mapping[str, object]:
    return {
        "key": place.key,
        "keys": place.keys(),
        "title": place.called(language),
        "suggested": dict(place.suggested),
    }
