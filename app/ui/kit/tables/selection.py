"""Which rows are chosen: single ones across pages, or everything that a search finds."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Self

from app.core.base.paging import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Chosen rows. Either `keys`, or all that `request` finds save `keys`."""

    keys: frozenset[Hashable] = frozenset()
    everything: bool = False
    request: PageRequest = field(default_factory=PageRequest)
    total: int = 0

    @property
    def count(self) -> int:
        """Return how many rows are chosen, exactly."""
        return self.total - len(self.keys) if self.everything else len(self.keys)

    def has(self, key: Hashable) -> bool:
        """Tell whether the row with `key` is chosen."""
        return (key in self.keys) is not self.everything

    def toggled(self, key: Hashable) -> Self:
        """Return the selection with that row the other way round."""
        return replace(self, keys=self.keys ^ {key})

    def with_keys(self, keys: frozenset[Hashable], *, chosen: bool) -> Self:
        """Return the selection with those rows chosen or not."""
        add = chosen is not self.everything
        return replace(self, keys=self.keys | keys if add else self.keys - keys)
