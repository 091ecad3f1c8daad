"""Where somebody has been since sign-in, so that "back" leads there."""

from collections.abc import Iterator


class Trail:
    """The screens gone through, each with what it was opened with; the last is the one that is open."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, dict[str, object]]] = []

    def __bool__(self) -> bool:
        return bool(self._steps)

    @property
    def here(self) -> tuple[str, dict[str, object]]:
        """Return the screen that is open, and what it was opened with. Raises IndexError."""
        return self._steps[-1]

    def go(self, key: str, args: dict[str, object]) -> None:
        """Add a step, unless it leads to where one is."""
        if not self._steps or self.here != (key, args):
            self._steps.append((key, args))

    def back(self) -> None:
        """Take the last step back; the first one stays."""
        if len(self._steps) > 1:
            self._steps.pop()

    def keys_back(self) -> Iterator[str]:
        """Return the screens from the one that is open to the first."""
        return (key for key, _args in reversed(self._steps))
