"""Who is overdue among many assignments, and how one person stood on a day gone by; beside bare SQL."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa

from app.bootstrap.benches.rounds import alternately, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.base.measuring import Measured
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.storage.tables import model_of
from app.core.training import Basis, RequirementType, Source, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.services import Services

_REQUIREMENTS = 40
_OPEN_EACH = 20
_OVERDUE_EACH = 200
"""Of so many assignments one is open, one is overdue."""
_ROUNDS = 9
_AT_ONCE = 20_000


class StatusBench:
    """The first page of everything overdue, with its exact count; details tell the look back."""

    name: ClassVar[str] = "status"
    about: ClassVar[str] = "who is overdue among all assignments; how somebody stood on a day"
    default_n: ClassVar[int] = 2_000_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` assignments."""
        boss = system_actor()
        with tempfile.TemporaryDirectory() as folder:
            services = open_small_site(Path(folder)).services
            people = max(n // _REQUIREMENTS, 1)
            services.people.imports.apply(boss, services.people.imports.plan(boss, _file(people)))
            _fill(services, n, progress)
            site, acts = services.open_site.site, services.training.assignments
            overdue = PageRequest(filters=(("overdue", "yes"),))

            def product() -> None:
                acts.page(boss, overdue)

            def raw() -> None:
                with site.read() as session:
                    session.execute(_BARE, {"today": _today(services).isoformat()}).all()

            ours, theirs = alternately(_ROUNDS, product, raw, progress)
            who = services.people.list_people(boss, PageRequest(limit=5)).rows[-1].id
            then = _today(services) - timedelta(days=100)
            back = [timed(lambda: acts.of_person(boss, who, then))[0] for _turn in range(_ROUNDS)]
            services.close()
        return compared(
            self,
            n,
            ours,
            theirs,
            goal="at most 100 ms",
            details={
                "one person on a day gone by, ms": median(back).wall * 1000,
                "the same, ms CPU": median(back).cpu * 1000,
                "the first, ms CPU": back[0].cpu * 1000,
            },
        )


_BARE = sa.text(
    "SELECT person_id, requirement_id FROM assignment"
    " WHERE closed_at IS NULL AND due_on < :today ORDER BY due_on LIMIT 100"
)


def _file(n: int) -> bytes:
    rows = ["employee_no,name,department,job_role,joined"]
    rows += [f"P-{one},Person {one},D{one % 40},R{one % 12},2020-01-01" for one in range(n)]
    return "\n".join(rows).encode()


def _fill(services: Services, n: int, progress: Progress) -> None:
    """Assign everything to everybody: most of it met a year ago, some open, a little overdue."""
    boss, site = system_actor(), services.open_site.site
    terms = Terms(from_on=_today(services), validity=Validity.FOR_GOOD)
    kind = RequirementType.EXTERNAL
    ids = [
        services.training.catalogue.add(
            boss, NewRequirement(code=f"Q-{one}", title=f"Licence {one}", type=kind, terms=terms)
        )
        for one in range(_REQUIREMENTS)
    ]
    person, assignment = model_of("person"), model_of("assignment")
    credit = model_of("requirement_credit")
    with site.read() as session:
        everybody = list(session.scalars(sa.select(_column(person, "id"))))
    rows = _rows(ids, everybody, n, site.clock.now())
    for first in range(0, n, _AT_ONCE):
        some = [row for row, _number in zip(rows, range(_AT_ONCE), strict=False)]
        with site.transaction(boss, "assignment.assign") as unit:
            unit.insert_many(credit, [proof for _row, proof in some if proof])
            unit.insert_many(assignment, [row for row, _proof in some])
        progress.step(first, n)
    with site.database.write() as connection:
        connection.exec_driver_sql("ANALYZE")


def _rows(
    ids: list[UUID], everybody: list[UUID], n: int, now: datetime
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    today = now.astimezone().date()
    for number in range(n):
        person_id = everybody[number // _REQUIREMENTS % len(everybody)]
        requirement_id = ids[number % _REQUIREMENTS]
        is_open = number % _OPEN_EACH == 0
        due = today - timedelta(days=30 + number % 300) if not is_open else None
        if is_open:
            late = number % _OVERDUE_EACH == 0
            due = today + timedelta(days=-5 - number % 90 if late else 5 + number % 90)
        begun = now - timedelta(days=200)
        proof = None if is_open else _proof(person_id, requirement_id, begun)
        yield (
            {
                "person_id": person_id,
                "requirement_id": requirement_id,
                "cycle": 1,
                "assigned_at": begun,
                "origin": "Everybody",
                "due_on": due,
                "source": Source.MANUAL,
                "closed_at": None if is_open else begun,
                "credit_id": None if proof is None else proof["id"],
            },
            proof,
        )


def _proof(person_id: UUID, requirement_id: UUID, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "person_id": person_id,
        "requirement_id": requirement_id,
        "at": at,
        "valid_until": None,
        "basis": Basis.ENTERED,
        "proof_id": new_id(),
        "recorded_at": at,
    }


def _column(model: Any, name: str) -> Any:  # a mapped attribute, by name
    return getattr(model, name)


def _today(services: Services) -> date:
    return services.open_site.site.clock.now().astimezone().date()
