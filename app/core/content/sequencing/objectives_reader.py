"""Reads <imsss:objectives> and what the 4th edition adds to them in <adlseq:objectives>."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.content.sequencing.definition import Objective, ObjectiveMap
from app.core.content.sequencing.errors import SequencingUnreadable
from app.core.content.sequencing.xml_values import Attributes, child, children, exact, text_of

MOST_OBJECTIVES = 1_000
MOST_MAPS = 100


def read_objectives(
    holder: Element | None, extensions: Element | None, where: str
) -> tuple[Objective, tuple[Objective, ...]]:
    """Return the objective that rolls up and the others. Raises SequencingUnreadable."""
    found = child(holder, "primaryObjective")
    primary = _objective(found, where) if found is not None else Objective()
    others = [_objective(one, where) for one in children(holder, "objective")]
    if len(others) > MOST_OBJECTIVES:
        raise SequencingUnreadable(where, f"{len(others)} objective")
    _check_ids(primary, others, where)
    added = _extensions(extensions, where)
    return _extended(primary, added), tuple(_extended(one, added) for one in others)


def _check_ids(primary: Objective, others: list[Objective], where: str) -> None:
    if any(not one.objective_id for one in others):
        raise SequencingUnreadable(where, "objectiveID is missing")
    if primary.maps and not primary.objective_id:
        raise SequencingUnreadable(where, "primaryObjective needs an objectiveID for its mapInfo")
    names = [one.objective_id for one in (primary, *others)]
    if len(set(names)) != len(names):
        raise SequencingUnreadable(where, "two objectives have one objectiveID")


def _objective(element: Element, where: str) -> Objective:
    said = Attributes.of(element, where)
    minimum = child(element, "minNormalizedMeasure")
    return Objective(
        objective_id=said.objective("objectiveID"),
        is_satisfied_by_measure=said.truth("satisfiedByMeasure", otherwise=False),
        minimum_measure=(
            Fraction(1)
            if minimum is None or not text_of(minimum)
            else exact(text_of(minimum), f"{where} minNormalizedMeasure", -1, 1)
        ),
        maps=tuple(_map(one, where) for one in _few(children(element, "mapInfo"), where)),
    )


def _few(found: Iterable[Element], where: str) -> list[Element]:
    listed = list(found)
    if len(listed) > MOST_MAPS:
        raise SequencingUnreadable(where, f"{len(listed)} mapInfo")
    return listed


def _target(element: Element, where: str) -> str:
    target = Attributes.of(element, where).objective("targetObjectiveID")
    if not target:
        raise SequencingUnreadable(where, "targetObjectiveID is missing")
    return target


def _map(element: Element, where: str) -> ObjectiveMap:
    said = Attributes.of(element, where)
    return ObjectiveMap(
        target=_target(element, where),
        read_satisfied=said.truth("readSatisfiedStatus", otherwise=True),
        read_measure=said.truth("readNormalizedMeasure", otherwise=True),
        write_satisfied=said.truth("writeSatisfiedStatus", otherwise=False),
        write_measure=said.truth("writeNormalizedMeasure", otherwise=False),
    )


def _extensions(holder: Element | None, where: str) -> dict[str, tuple[ObjectiveMap, ...]]:
    added: dict[str, tuple[ObjectiveMap, ...]] = {}
    for element in children(holder, "objective"):
        name = Attributes.of(element, where).objective("objectiveID")
        found = _few(children(element, "mapInfo"), where)
        added[name] = tuple(_adl_map(one, where) for one in found)
    return added


def _adl_map(element: Element, where: str) -> ObjectiveMap:
    said = Attributes.of(element, where)
    return ObjectiveMap(
        target=_target(element, where),
        read_satisfied=False,
        read_measure=False,
        read_raw=said.truth("readRawScore", otherwise=True),
        read_min=said.truth("readMinScore", otherwise=True),
        read_max=said.truth("readMaxScore", otherwise=True),
        read_completion=said.truth("readCompletionStatus", otherwise=True),
        read_progress=said.truth("readProgressMeasure", otherwise=True),
        write_raw=said.truth("writeRawScore", otherwise=False),
        write_min=said.truth("writeMinScore", otherwise=False),
        write_max=said.truth("writeMaxScore", otherwise=False),
        write_completion=said.truth("writeCompletionStatus", otherwise=False),
        write_progress=said.truth("writeProgressMeasure", otherwise=False),
    )


def _extended(objective: Objective, added: dict[str, tuple[ObjectiveMap, ...]]) -> Objective:
    maps = list(objective.maps)
    for extra in added.get(objective.objective_id, ()):
        same = next((one for one in maps if one.target == extra.target), None)
        if same is None:
            maps.append(extra)
        else:
            maps[maps.index(same)] = _joined(same, extra)
    return replace(objective, maps=tuple(maps))


def _joined(ours: ObjectiveMap, extra: ObjectiveMap) -> ObjectiveMap:
    return replace(
        extra,
        read_satisfied=ours.read_satisfied,
        read_measure=ours.read_measure,
        write_satisfied=ours.write_satisfied,
        write_measure=ours.write_measure,
    )
