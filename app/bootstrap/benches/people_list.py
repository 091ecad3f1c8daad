"""The first page of a long list of people, searched, filtered and sorted; beside the bare SQL."""

import tempfile
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa

from app.bootstrap.benches.rounds import Taken, alternately, compared, median
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress

_ROUNDS = 9
_GIVEN = (
    "Asha",
    "Ravi",
    "Meera",
    "Farida",
    "Joseph",
    "Lakshmi",
    "Gurpreet",
    "Sunita",
    "Imran",
    "Kavya",
)
_FAMILY = (
    "Kulkarni",
    "Iyer",
    "Sheikh",
    "Patil",
    "Reddy",
    "Das",
    "Singh",
    "Nair",
    "Shah",
    "Fernandes",
)
_REQUESTS = (
    PageRequest(limit=100),
    PageRequest(text="lakshmi", limit=100),
    PageRequest(sort="name", descending=True, limit=100),
    PageRequest(text="E-123", sort="org_unit", filters=(("kind", "employee"),), limit=100),
)


class PeopleListBench:
    """`People.list_people` in four ways; the figure is the slowest of them."""

    name: ClassVar[str] = "list"
    about: ClassVar[str] = "first page of a list of people: plain, searched, sorted, all three"
    default_n: ClassVar[int] = 50_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` people."""
        actor = system_actor()
        with tempfile.TemporaryDirectory() as folder:
            services = open_small_site(Path(folder)).services
            people = services.people
            people.imports.apply(actor, people.imports.plan(actor, _file(n)))
            site = services.open_site.site
            ways: dict[str, list[Taken]] = {}
            raws: list[Taken] = []
            for request in _REQUESTS:

                def product(request: PageRequest = request) -> None:
                    people.list_people(actor, request)

                def raw() -> None:
                    with site.read() as session:
                        session.execute(_RAW).all()

                ours, theirs = alternately(_ROUNDS, product, raw, progress)
                ways[f"{request.text or 'all'}, by {request.sort or 'number'}"] = ours
                raws += theirs
            services.close()
        medians = {way: median(times).wall for way, times in ways.items()}
        slowest = max(medians, key=medians.__getitem__)
        return compared(
            self,
            n,
            ways[slowest],
            raws,
            goal="at most 50 ms",
            details={way: seconds * 1000 for way, seconds in medians.items()},
        )


_RAW = sa.text("SELECT number, name FROM person ORDER BY number LIMIT 100")


def _file(n: int) -> bytes:
    rows = ["employee_no,name,department,job_role,joined"]
    rows += [
        f"E-{number},{_GIVEN[number % 10]} {_FAMILY[number // 10 % 10]},D{number % 40},R{number % 12},2020-01-01"
        for number in range(2, n + 2)
    ]
    return "\n".join(rows).encode()
