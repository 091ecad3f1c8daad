"""Who is overdue among many assignments, and how one person stood on a day gone by; beside bare SQL."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa

from app.bootstrap.benches.rounds import alternately, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.clock import to_microseconds
from app.core.base.measuring import Measured
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.reports import bring_up_figures
from app.core.training import RequirementType, Terms, Validity
from app.core.training.assignments import Work
from app.core.training.requirements import NewRequirement
from app.services import Services

_REQUIREMENTS = 40
_OPEN_EACH = 20
_OVERDUE_EACH = 200
"""Of so many assignments one is open, one is overdue."""
_ROUNDS = 9


class StatusBench:
    """The first page of everything overdue, with its exact count; details tell other lists and the look back."""

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
            _fill(services, n)
            site, acts = services.open_site.site, services.training.assignments
            overdue, still_open = (
                PageRequest(filters=((work.value, "yes"),)) for work in (Work.OVERDUE, Work.OPEN)
            )
            counted = timed(lambda: acts.page(boss, overdue))[0]
            figures = timed(lambda: bring_up_figures(site))[0]
            first = timed(lambda: acts.page(boss, overdue))[0]
            head = _head_of_one(services)
            narrow = [timed(lambda: acts.page(head, overdue))[0] for _turn in range(_ROUNDS)]
            wide = [timed(lambda: acts.page(boss, still_open))[0] for _turn in range(_ROUNDS)]

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
                "overdue in one department, ms CPU": median(narrow).cpu * 1000,
                "everything open, ms CPU": median(wide).cpu * 1000,
                "overdue, the first look, ms CPU": first.cpu * 1000,
                "overdue while no figures are kept, ms CPU": counted.cpu * 1000,
                "making the figures anew, s CPU": figures.cpu,
            },
        )


_BARE = sa.text(
    "SELECT person_id, requirement_id FROM assignment"
    " WHERE closed_at IS NULL AND due_on < :today ORDER BY due_on LIMIT 100"
)


def _head_of_one(services: Services) -> Actor:
    """Return who keeps the training of one department."""
    department = services.people.organisation.org_units(system_actor())[-1]
    mine = Grant(capability=Capability.ASSIGN, org_units=frozenset({department.id}))
    return Actor(
        account_id=None, person_id=None, name="Meera", number="M-1", grants=frozenset({mine})
    )


def _file(n: int) -> bytes:
    rows = ["employee_no,name,department,job_role,joined"]
    rows += [f"P-{one},Person {one},D{one % 40},R{one % 12},2020-01-01" for one in range(n)]
    return "\n".join(rows).encode()


def _fill(services: Services, n: int) -> None:
    """Require everything of everybody: most of it met long ago, some open, a little overdue.

    The rows are those that the product writes, made where they lie; no entry of the journal tells of them.
    """
    boss, site = system_actor(), services.open_site.site
    terms = Terms(from_on=_today(services), validity=Validity.FOR_GOOD)
    kind = RequirementType.EXTERNAL
    for one in range(_REQUIREMENTS):
        new = NewRequirement(code=f"Q-{one}", title=f"Licence {one}", type=kind, terms=terms)
        services.training.catalogue.add(boss, new)
    values = {
        "n": n,
        "each": _REQUIREMENTS,
        "open_each": _OPEN_EACH,
        "overdue_each": _OVERDUE_EACH,
        "begun": to_microseconds(site.clock.now() - timedelta(days=200)),
        "today": _today(services).isoformat(),
    }
    with site.database.write() as connection:
        for statement in (_MEET, _ASSIGN):
            connection.exec_driver_sql(statement.replace("PAIR", _PAIR), values)
        connection.exec_driver_sql("ANALYZE")


def _today(services: Services) -> date:
    return services.open_site.site.clock.now().astimezone().date()


_PAIR = """(
    SELECT *, CASE
        WHEN number % :overdue_each = 0 THEN -5 - number % 90
        WHEN number % :open_each = 0 THEN 5 + number % 90
        ELSE -30 - number % 300 END AS due
    FROM (
        SELECT person.id AS person, requirement, versions,
            (dense_rank() OVER (ORDER BY person.rowid) - 1) * :each + place AS number
        FROM person, (
            SELECT id AS requirement, row_versions AS versions,
                row_number() OVER (ORDER BY rowid) - 1 AS place
            FROM requirement WHERE code LIKE 'Q-%'
        )
    ) WHERE number < :n
)"""
_MEET = """
    INSERT INTO requirement_credit
        (id, person_id, requirement_id, at, basis, proof_id, recorded_at)
    SELECT unhex(printf('01%030x', number)), person, requirement, :begun, 'entered',
        unhex(printf('02%030x', number)), :begun
    FROM PAIR WHERE number % :open_each > 0"""
_ASSIGN = """
    INSERT INTO assignment (id, person_id, requirement_id, cycle, assigned_at, origin, due_on,
        source, closed_at, credit_id, cancelled_reason, row_versions)
    SELECT unhex(printf('03%030x', number)), person, requirement, 1, :begun, 'Everybody',
        date(:today, due || ' days'), 'manual',
        CASE WHEN number % :open_each > 0 THEN :begun END,
        CASE WHEN number % :open_each > 0 THEN unhex(printf('01%030x', number)) END, '', versions
    FROM PAIR"""
