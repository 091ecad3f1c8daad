"""`bench`: how quick the program is here, beside the raw limit of the same run."""

import math
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
    details = "".join(f"\n    {key}: {value:.2f}" for key, value in found.details.items())
    frame.tell(
        f"{found.name} (n {found.n}): {found.figure:.2f} {found.unit}, raw {found.raw:.2f} {found.unit}, "
        f"ratio {found.ratio:.2f}; CPU {found.cpu:.2f}, raw {found.raw_cpu:.2f}, ratio {found.cpu_ratio:.2f}; "
        f"{found.memory_mb:.0f} MB; goal: {found.goal}"
        + (f"; grows with n^{exponent:.2f}" if exponent is not None else "")
        + details,
        {
            "name": found.name,
            "n": found.n,
            "figure": found.figure,
            "unit": found.unit,
            "raw": found.raw,
            "ratio": found.ratio,
            "cpu": found.cpu,
            "raw_cpu": found.raw_cpu,
            "cpu_ratio": found.cpu_ratio,
            "memory_mb": found.memory_mb,
            "goal": found.goal,
            "details": found.details,
            "exponent": exponent,
        },
    )


def _exponent(runs: list[Measured]) -> float:
    """Return the power of n with which the figure grows, from the smallest to the largest run."""
    first, last = runs[0], runs[-1]
    if first.n == last.n or not first.figure:
        return 0.0
    return math.log(last.figure / first.figure) / math.log(last.n / first.n)
