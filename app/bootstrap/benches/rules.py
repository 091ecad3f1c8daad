"""Enrolment rules over everybody, beside the bare statements; over one person, who changed or who moved with a
matrix in force."""

import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.bootstrap.benches.rounds import Taken, alternately, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.people import Destination, PersonChange
from app.core.training import RequirementType, Terms, Validity
from app.core.training.enrolment import All, Between, OneOf, RuleWords
from app.core.training.matrix import Cell, CellEdit, Need, Proposal
from app.core.training.requirements import NewRequirement
from app.services import Services

_RULES = 200
_REQUIREMENTS = 120
_UNITS, _ROLES = 20, 60
_ROUNDS = 5
_CHANGES = 15
_CELLS, _ASKED = 20, 3
"""Cells of each job role in the matrix, and those of them that must be held."""
_LONG_AGO = date(2015, 1, 1)


class RulesBench:
    """`Enrolment.run_all` when nothing is left to do: all people, 200 rules; details tell the rest."""

    name: ClassVar[str] = "rules"
    about: ClassVar[str] = "200 enrolment rules over all people, and over one who changed"
    default_n: ClassVar[int] = 50_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` people."""
        boss = system_actor()
        with tempfile.TemporaryDirectory() as folder:
            services = open_small_site(Path(folder)).services
            services.people.imports.apply(boss, services.people.imports.plan(boss, _file(n)))
            raw_rules = _write_rules(services)
            enrolment, site = services.training.enrolment, services.open_site.site
            for rule in enrolment.rules(boss):
                tried = enrolment.try_out(boss, rule.words, rule.id)
                enrolment.switch_on(boss, rule.id, confirmed=tried.count)
            first = _assigned(services)

            def product() -> None:
                enrolment.run_all(boss)

            def raw() -> None:
                with site.read() as session:
                    for statement in raw_rules:
                        session.execute(statement).all()

            ours, theirs = alternately(_ROUNDS, product, raw, progress)
            one = median(_one_changed(services))
            _ask_by_matrix(services)
            moved = _moved(services)
            services.close()
        known = median(moved[len(moved) // 2 :])
        details = {
            "assignments": float(first),
            "one person changed, ms": one.wall * 1000,
            "the same, ms CPU": one.cpu * 1000,
            "one person moved with a matrix in force, ms": known.wall * 1000,
            "this, ms CPU": known.cpu * 1000,
            "the first of them, ms CPU": moved[0].cpu * 1000,
        }
        goal = "at most 3 × raw; one person at most 20 ms"
        return compared(self, n, ours, theirs, goal=goal, details=details)


def _file(n: int) -> bytes:
    chance = random.Random(7)  # noqa: S311  figures, not secrets
    rows = ["employee_no,name,department,job_role,joined"]
    for number in range(2, n + 2):
        joined = _LONG_AGO + timedelta(days=chance.randrange(4000))
        unit, role = chance.randrange(_UNITS), chance.randrange(_ROLES)
        rows.append(f"E-{number},Person {number},D{unit},R{role},{joined.isoformat()}")
    return "\n".join(rows).encode()


def _write_rules(services: Services) -> list[sa.TextClause]:
    """Write the rules through the service; return the same as bare statements."""
    boss, chance = system_actor(), random.Random(3)  # noqa: S311  figures, not secrets
    training = services.training
    terms = Terms(from_on=_today(services), validity=Validity.FOR_GOOD)
    ids = [
        training.catalogue.add(
            boss,
            NewRequirement(
                code=f"Q-{number}",
                title=f"Requirement {number}",
                type=RequirementType.SESSION,
                terms=terms,
            ),
        )
        for number in range(_REQUIREMENTS)
    ]
    places, bare = _ids_of(services), []
    for number in range(_RULES):
        roles = sorted(chance.sample(range(_ROLES), chance.randrange(1, 7)))
        units = sorted(chance.sample(range(_UNITS), chance.randrange(3, _UNITS + 1)))
        joined = _LONG_AGO + timedelta(days=chance.randrange(4000))
        requirement_id = ids[number % _REQUIREMENTS]
        condition = All(
            (
                OneOf("unit", tuple(f"D{one}" for one in units)),
                OneOf("role", tuple(f"R{one}" for one in roles)),
                Between("joined_on", first=joined),
            )
        )
        words = RuleWords(
            title=f"Rule {number}", requirement_id=requirement_id, condition=condition
        )
        training.enrolment.add(boss, f"RULE-{number}", words)
        bare.append(_bare(services, places, requirement_id, roles, units, joined))
    return bare


def _bare(
    services: Services,
    ids: dict[str, UUID],
    requirement_id: UUID,
    roles: list[int],
    units: list[int],
    joined: date,
) -> sa.TextClause:
    """Return who would be assigned, written by hand with the ids that the codes mean."""
    is_sqlite = services.open_site.site.database.is_sqlite

    def written(one: UUID) -> str:
        return f"x'{one.hex}'" if is_sqlite else f"'{one}'"

    where_units = ",".join(written(ids[f"D{one}"]) for one in units)
    where_roles = ",".join(written(ids[f"R{one}"]) for one in roles)
    return sa.text(
        "SELECT p.id FROM person p JOIN person_listing l ON l.person_id = p.id"  # noqa: S608  ids of ours
        f" WHERE p.left_on IS NULL AND p.joined_on >= '{joined.isoformat()}'"
        f" AND l.org_unit_id IN ({where_units}) AND l.job_role_id IN ({where_roles})"
        " AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.person_id = p.id"
        f" AND a.requirement_id = {written(requirement_id)})"
    )


def _ids_of(services: Services) -> dict[str, UUID]:
    organisation, boss = services.people.organisation, system_actor()
    units = {one.code: one.id for one in organisation.org_units(boss)}
    roles = {one.code: one.id for one in organisation.job_roles(boss)}
    return {**units, **roles}


def _one_changed(services: Services) -> list[Taken]:
    boss, people, taken = system_actor(), services.people, []
    found = people.list_people(boss, PageRequest(limit=_CHANGES + 1)).rows
    for number, one in enumerate(found):
        change = PersonChange(location=f"Plot {number} {time.perf_counter_ns()}")
        spent, _nothing = timed(lambda one=one, change=change: people.edit(boss, one.id, change))  # type: ignore[misc]  # bound early
        taken.append(spent)
    return taken[1:]


def _ask_by_matrix(services: Services) -> None:
    """Let each job role be asked for some requirements, and recommended others, by the matrix."""
    boss, chance = system_actor(), random.Random(5)  # noqa: S311  figures, not secrets
    things = [one.id for one in services.training.catalogue.all(boss) if one.code.startswith("Q-")]
    edits = tuple(
        CellEdit(
            cell=Cell(owner_id=role.id, thing_id=thing),
            need=Need.MANDATORY if place < _ASKED else Need.RECOMMENDED,
        )
        for role in services.people.organisation.job_roles(boss)
        for place, thing in enumerate(chance.sample(things, _CELLS))
    )
    matrix, proposal = services.training.matrix, Proposal(edits=edits)
    people = matrix.try_out(boss, proposal).people
    matrix.apply(boss, proposal, reason="Bench", confirmed=people)


def _moved(services: Services) -> list[Taken]:
    """Move people to other job roles: the first puts statements together, which the second half need not."""
    boss, people, taken = system_actor(), services.people, []
    roles = people.organisation.job_roles(boss)
    for number, one in enumerate(people.list_people(boss, PageRequest(limit=61)).rows[1:]):
        place = people.person(boss, one.id).placement
        if place is None:
            continue
        to = Destination(
            org_unit_id=place.org_unit_id, job_role_id=roles[number * 7 % len(roles)].id
        )
        spent, _nothing = timed(lambda one=one, to=to: people.move(boss, one.id, to))  # type: ignore[misc]  # bound early
        taken.append(spent)
    return taken


def _assigned(services: Services) -> int:
    page = PageRequest(limit=1, filters=(("open", "yes"),))
    return services.training.assignments.page(system_actor(), page).total


def _today(services: Services) -> date:
    return services.open_site.site.clock.now().astimezone().date()
