"""Where everybody stands, painted while it scrolls: 60 requirements by all people; beside a bare table of letters."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from app.bootstrap.benches.rounds import Taken, compared, median, timed
from app.bootstrap.benches.small_site import open_small_site
from app.core.base.actor import system_actor
from app.core.base.measuring import Measured
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.training import RequirementType, Terms, Validity
from app.core.training.matrix import Cell, CellEdit, Need, Proposal
from app.core.training.requirements import NewRequirement
from app.services import Services

if TYPE_CHECKING:
    from app.ui.training.matrix_model import PeopleModel

_COLUMNS, _ASKED = 60, 10
"""Requirements, and those of them that each job role must hold; the others are recommended."""
_ROLES = 12
_PAGE = 50


class MatrixBench:
    """A frame of a window's grid that scrolls; details tell all of it painted anew, and a page of people."""

    name: ClassVar[str] = "matrix"
    about: ClassVar[str] = "where everybody stands: paints while it scrolls, a page of people"
    default_n: ClassVar[int] = 2_000

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with `n` people."""
        # Qt is loaded when it is painted, not with the other benches
        from app.bootstrap.benches.grid_painting import paint_bare, paint_people
        from app.ui.training.matrix_model import PeopleModel

        model = PeopleModel()
        with tempfile.TemporaryDirectory() as folder:
            services = open_small_site(Path(folder)).services
            _fill(services, n)
            pages = _show(services, model)
            services.close()
        progress.step(1, 2)
        ours, whole = paint_people(model)
        theirs, bare = paint_bare(n, _COLUMNS)
        latest = sorted(one.wall for one in ours)[len(ours) * 19 // 20]
        return compared(
            self,
            n,
            ours,
            theirs,
            goal="at most 16 ms a frame",
            details={
                "19 of 20 frames within, ms": latest * 1000,
                "all painted anew, ms": median(whole).wall * 1000,
                "this, ms CPU": median(whole).cpu * 1000,
                "all of a bare table, ms CPU": median(bare).cpu * 1000,
                "a page of people, ms": median(pages).wall * 1000,
                "a page, ms CPU": median(pages).cpu * 1000,
            },
        )


def _show(services: Services, model: "PeopleModel") -> list[Taken]:
    """Read all pages into the model; return what each took."""
    boss, people = system_actor(), services.training.matrix.people
    columns = people.columns(boss, PageRequest())
    model.begin(columns, people.page(boss, PageRequest(limit=_PAGE)))
    taken = []
    for page in range(1, -(-model.total() // _PAGE)):
        request = PageRequest(offset=page * _PAGE, limit=_PAGE)
        spent, found = timed(lambda request=request: people.page(boss, request))  # type: ignore[misc]  # bound early
        model.add(page, found)
        taken.append(spent)
    return taken


def _fill(services: Services, n: int) -> None:
    boss, imports = system_actor(), services.people.imports
    rows = ["employee_no,name,department,job_role,joined"]
    rows += [f"P-{one},Person {one},D{one % 40},R{one % _ROLES},2020-01-01" for one in range(n)]
    imports.apply(boss, imports.plan(boss, "\n".join(rows).encode()))
    today = services.open_site.site.clock.now().astimezone().date()
    terms = Terms(from_on=today, validity=Validity.FOR_GOOD)
    kind = RequirementType.EXTERNAL
    ids = [
        services.training.catalogue.add(
            boss, NewRequirement(code=f"Q-{one}", title=f"Licence {one}", type=kind, terms=terms)
        )
        for one in range(_COLUMNS)
    ]
    edits = tuple(
        CellEdit(
            cell=Cell(owner_id=role.id, thing_id=thing),
            need=Need.MANDATORY if (place + turn) % _COLUMNS < _ASKED else Need.RECOMMENDED,
        )
        for turn, role in enumerate(services.people.organisation.job_roles(boss))
        for place, thing in enumerate(ids)
    )
    matrix, proposal = services.training.matrix, Proposal(edits=edits)
    matrix.apply(boss, proposal, reason="Bench", confirmed=matrix.try_out(boss, proposal).people)
