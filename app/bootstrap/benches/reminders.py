"""Who is told of what is due: a page of the list, all of it, and notice boards; beside the bare SQL."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa

from app.bootstrap.benches.rounds import alternately, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.people import Audience
from app.core.training import RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.services import Services

_DUE_EACH = 2
_ROUNDS = 5
_A_SUPERVISOR = 50
"""People under each supervisor."""


class RemindersBench:
    """The first page of `Reminders.page`; details tell the rest."""

    name: ClassVar[str] = "reminders"
    about: ClassVar[str] = "who is told of what is due: a page, all of it, notice boards"
    default_n: ClassVar[int] = 10_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` assignments that are due, two of each person."""
        boss = system_actor()
        with tempfile.TemporaryDirectory() as folder:
            services = open_small_site(Path(folder)).services
            people = services.people
            people.imports.apply(boss, people.imports.plan(boss, _file(max(n // _DUE_EACH, 1))))
            _assign(services)
            site, reminders = services.open_site.site, services.training.reminders
            today = _today(services)

            def product() -> None:
                reminders.page(boss, PageRequest())

            def raw() -> None:
                with site.read() as session:
                    session.execute(_BARE, {"until": today + timedelta(days=7)}).all()

            ours, theirs = alternately(_ROUNDS, product, raw, progress)
            ways: dict[str, Callable[[], object]] = {
                "searched, ms CPU": lambda: reminders.page(boss, PageRequest(text="person 49")),
                "by who is told, ms CPU": lambda: reminders.page(boss, PageRequest(sort="told")),
                "everybody, ms CPU": lambda: reminders.told(boss),
                "notice boards, ms CPU": lambda: reminders.rolls(boss),
            }
            details = {
                way: median([timed(act)[0] for _turn in range(_ROUNDS)]).cpu * 1000
                for way, act in ways.items()
            }
            services.close()
        goal = "a page at most 100 ms; everybody within a second"
        return compared(self, n, ours, theirs, goal=goal, details=details)


_BARE = sa.text(
    "SELECT a.id, a.due_on, l.number, l.name, q.title FROM assignment a"
    " JOIN person_listing l ON l.person_id = a.person_id JOIN requirement q ON q.id = a.requirement_id"
    " WHERE a.closed_at IS NULL AND a.due_on <= :until ORDER BY a.due_on, l.number LIMIT 100"
)


def _file(n: int) -> bytes:
    rows = ["employee_no,name,department,job_role,joined,manager"]
    for one in range(n):
        above = one - one % _A_SUPERVISOR
        manager = "" if above == one else f"P-{above}"
        rows.append(f"P-{one},Person {one},D{one % 40},R{one % 12},2020-01-01,{manager}")
    return "\n".join(rows).encode()


def _assign(services: Services) -> None:
    """Assign everybody something that is due in a week, and something that was due two weeks ago."""
    boss, today = system_actor(), _today(services)
    terms = Terms(from_on=today, validity=Validity.FOR_GOOD)
    everybody = Audience()
    kind = RequirementType.EXTERNAL
    for number in range(_DUE_EACH):
        code = f"Q-{number}"
        new = NewRequirement(code=code, title=f"Licence {number}", type=kind, terms=terms)
        services.training.catalogue.add(boss, new)
        due = today + timedelta(days=6 - 20 * number)
        services.training.assign(boss, code, everybody, due_on=due, origin="All")


def _today(services: Services) -> date:
    return services.open_site.site.clock.now().astimezone().date()
