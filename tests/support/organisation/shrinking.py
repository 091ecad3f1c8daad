"""A shorter history that goes wrong as a long one did."""

from collections.abc import Callable, Sequence

from tests.support.organisation.history import Step


def shortened(
    steps: Sequence[Step], goes_wrong: Callable[[Sequence[Step]], bool], most: int
) -> list[Step]:
    """Leave out parts, the large before the small, as long as it still goes wrong; try so often at most."""
    left, part, tries = list(steps), max(1, len(steps) // 2), 0
    while tries < most:
        at, was = 0, len(left)
        while at < len(left) and tries < most:
            fewer = left[:at] + left[at + part :]
            tries += 1
            if goes_wrong(fewer):
                left = fewer
            else:
                at += part
        if part == 1 and len(left) == was:
            break
        part = max(1, part // 2)
    return left
