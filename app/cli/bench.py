"""`bench`: how quick the program is here, beside the raw limit of the same run."""

import math
from dataclasses import asdict
from typing import Annotated

import typer

from app.cli.frame import frame_of
from app.core.base.errors import NotFound
from app.core.base.measuring import Measured
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
    exponent = _exponent([*before, found]) if growth else None
    frame.tell(
        _words_of(found, exponent),
        {**asdict(found), "ratio": found.ratio, "cpu_ratio": found.cpu_ratio, "exponent": exponent},
    )


def _words_of(found: Measured, exponent: float | None) -> str:
    """Return a line that tells the figure, and one for each of its details."""
    growth = "" if exponent is None else f"; grows with n^{exponent:.2f}"
    details = "".join(f"\n    {key}: {value:.2f}" for key, value in found.details.items())
    return (
        f"{found.name} (n {found.n}): {found.figure:.2f} {found.unit}, raw {found.raw:.2f} {found.unit}, "
        f"ratio {found.ratio:.2f}; CPU {found.cpu:.2f}, raw {found.raw_cpu:.2f}, ratio {found.cpu_ratio:.2f}; "
        f"{found.memory_mb:.0f} MB; goal: {found.goal}{growth}{details}"
    )


def _exponent(runs: list[Measured]) -> float:
    """Return the power of n with which the figure grows, from the smallest to the largest run."""
    first, last = runs[0], runs[-1]
    if first.n == last.n or not first.figure:
        return 0.0
    return math.log(last.figure / first.figure) / math.log(last.n / first.n)
