"""`bench`: how quick the program is here, beside the raw limit of the same run."""

from dataclasses import asdict
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import NotFound
from app.core.base.measuring import Measured, growth_of
from app.core.base.words import _

commands = typer.Typer()


@commands.command()
def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Which bench; “list-benches” tells their names."))],
    n: Annotated[int | None, typer.Option("--n", help=_("Size; each bench has its own."))] = None,
    growth: Annotated[
        bool, typer.Option(help=_("Measure at a hundredth, a tenth and the whole size too."))
    ] = False,
) -> None:
    """Measure one thing and print the figure beside its raw limit."""
    frame = frame_of(context)
    benches = {one.name: one for one in frame.benches()}
    if name == "list-benches":
        lines = [f"{one.name:14} {one.about} (--n {one.default_n})" for one in benches.values()]
        frame.tell("\n".join(lines), {"benches": sorted(benches)})
        return
    chosen = benches.get(name)
    if chosen is None:
        raise NotFound(_("The bench {name}").format(name=name))
    size = n or chosen.default_n
    smaller = [max(size // 100, 1), max(size // 10, 1)] if growth else []
    before = [chosen.run(one, frame.progress()) for one in smaller]
    found = chosen.run(size, frame.progress())
    exponent = growth_of([*before, found]) if growth else None
    smaller_runs = "".join(f"{_words_of(one, None)}\n" for one in before)
    frame.tell(
        smaller_runs + _words_of(found, exponent),
        {**asdict(found), "ratio": found.ratio, "cpu_ratio": found.cpu_ratio, "exponent": exponent},
    )


def _words_of(found: Measured, exponent: float | None) -> str:
    """Return a line that tells the figure, and one for each of its details."""
    growth = "" if exponent is None else f"; CPU grows with n^{exponent:.2f}"
    peer = f"\n    peer: {found.peer}" if found.peer else ""
    details = "".join(f"\n    {key}: {value:.2f}" for key, value in found.details.items())
    return (
        f"{found.name} (n {found.n}): {found.figure:.2f} {found.unit}, raw {found.raw:.2f} {found.unit}, "
        f"ratio {found.ratio:.2f}; CPU {found.cpu:.2f}, raw {found.raw_cpu:.2f}, ratio {found.cpu_ratio:.2f}; "
        f"{found.memory_mb:.0f} MB; goal: {found.goal}{growth}{details}{peer}"
    )
