"""An HR file of a large plant: looked at, and applied; beside bare parsing and bare inserting."""

import csv
import io
import os
import tempfile
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa

from app.bootstrap.benches.rounds import alternately, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.progress import Progress
from app.core.people.imports import ImportWish, PeoplePlan
from app.core.spreadsheets import GivenFile
from app.services import Services

_ROUNDS = 3
_SPARED = 50
"""One row in so many says something new when the file comes again."""


class HrFileBench:
    """`PeopleImport.look` and `.apply`; the figure is looking at the file when it comes again."""

    name: ClassVar[str] = "hr-file"
    about: ClassVar[str] = "an HR file of new people, and the same again: dry run, apply, both"
    default_n: ClassVar[int] = 50_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` people, all of whom get an account."""
        with tempfile.TemporaryDirectory() as folder:
            services = open_small_site(Path(folder)).services
            fresh, again = _file(n, moved=False), _file(n, moved=True)

            def look_again() -> None:
                _look(services, again)

            first_look, plan = timed(lambda: _look(services, fresh))
            apply_new, _none = timed(lambda: _apply(services, plan))
            ours, theirs = alternately(_ROUNDS, look_again, lambda: _parse(again), progress)
            changed = _look(services, again)
            apply_changed, _none = timed(lambda: _apply(services, changed))
            raw_apply, _none = timed(lambda: _insert(services, fresh))
            services.close()
        return compared(
            self,
            n,
            ours,
            theirs,
            goal="dry run at most 3 s, apply at most 5 s with 50,000",
            details={
                "first dry run, ms": first_look.wall * 1000,
                "first dry run, CPU ms": first_look.cpu * 1000,
                "dry run when it comes again, ms": median(ours).wall * 1000,
                "apply, all new with accounts, ms": apply_new.wall * 1000,
                "apply, all new with accounts, CPU ms": apply_new.cpu * 1000,
                "raw insert of as many rows, ms": raw_apply.wall * 1000,
                "apply, every 50th changed, ms": apply_changed.wall * 1000,
                "apply, every 50th changed, CPU ms": apply_changed.cpu * 1000,
            },
        )


def _look(services: Services, content: bytes) -> PeoplePlan:
    imports, actor = services.people.imports, system_actor()
    hr_set = imports.read(actor, [GivenFile(name="hr.csv", content=content)])
    return imports.look(actor, hr_set, ImportWish(accounts=True))


def _apply(services: Services, plan: PeoplePlan) -> None:
    typed = plan.guard.count if plan.guard else None
    services.people.imports.apply(system_actor(), plan, typed=typed)


def _parse(content: bytes) -> None:
    list(csv.reader(io.StringIO(content.decode())))


def _insert(services: Services, content: bytes) -> None:
    """Insert the rows of a file into a bare table of the same database, and bring them down to the disk."""
    rows = [
        {"id": os.urandom(16), "number": cells[0], "name": cells[1]}
        for cells in csv.reader(io.StringIO(content.decode()))
    ]
    with services.open_site.site.database.write() as connection:
        connection.execute(sa.text("CREATE TABLE bench_raw (id BLOB, number TEXT, name TEXT)"))
        connection.execute(sa.text("INSERT INTO bench_raw VALUES (:id, :number, :name)"), rows)


def _file(n: int, *, moved: bool) -> bytes:
    heads = (
        "Employee No,Display Name,Department,Job Title,Location,Worker Type,Reporting Manager,Date of Joining,"
        "PAN Number,Bank Account Number"
    )
    rows = [heads]
    for at in range(n):
        unit = 41 if moved and at % _SPARED == 0 else at % 40
        manager = "Name 1 K-1" if at > 1 else ""
        rows.append(
            f"K-{at},Name {at},D{unit},R{at % 12},Plant {at % 5},Permanent,{manager},{at % 27 + 1:02}-Jan-2020,"
            f"ABCPE{at % 10000:04}F,{50100000000 + at}"
        )
    return "\n".join(rows).encode()
