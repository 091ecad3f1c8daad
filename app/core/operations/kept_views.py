"""How somebody looks at a list, kept under a name: on this PC, in a file beside the records.

What was searched for is not kept: it may name people, and the file is not encrypted.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from app.core.base.paging import PageRequest
from app.core.storage.faults import told_plainly

_MOST = 50
_LONGEST_NAME = 60
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptView:
    """Order, filters and the columns left out."""

    request: PageRequest
    hidden: frozenset[str] = frozenset()


class KeptViews:
    """The views of one account. A file that cannot be read is as good as none."""

    def __init__(self, folder: Path, owner: UUID | None) -> None:
        self._path = folder / "views" / f"{owner.hex if owner else 'program'}.json"

    def of(self, list_key: str) -> dict[str, KeptView]:
        """Return the views of a list, by name."""
        views = self._read().get(list_key, {})
        if not isinstance(views, dict):
            return {}
        read = {str(name): _view(view) for name, view in views.items()}
        return {name: view for name, view in sorted(read.items()) if view is not None}

    def keep(self, list_key: str, name: str, view: KeptView) -> None:
        """Keep a view, in the place of one of the same name."""
        views = {**self.of(list_key), name.strip()[:_LONGEST_NAME]: view}
        self._write(list_key, dict(list(views.items())[-_MOST:]))

    def forget(self, list_key: str, name: str) -> None:
        """Keep a view no longer."""
        views = self.of(list_key)
        views.pop(name, None)
        self._write(list_key, views)

    def _read(self) -> dict[str, Any]:  # JSON from a file, looked at entry by entry
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return {}
            untrusted = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return untrusted if isinstance(untrusted, dict) else {}

    def _write(self, list_key: str, views: dict[str, KeptView]) -> None:
        whole = {**self._read(), list_key: {name: _plain(view) for name, view in views.items()}}
        part = self._path.with_suffix(".part")
        with told_plainly():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
            part.replace(self._path)


def _plain(view: KeptView) -> dict[str, object]:
    return {
        "sort": view.request.sort,
        "descending": view.request.descending,
        "filters": [list(pair) for pair in view.request.filters],
        "hidden": sorted(view.hidden),
    }


def _view(untrusted: object) -> KeptView | None:
    if not isinstance(untrusted, dict):
        return None
    pairs, hidden = untrusted.get("filters", ()), untrusted.get("hidden", ())
    if not isinstance(pairs, list) or not isinstance(hidden, list):
        return None
    filters = [
        (str(pair[0]), str(pair[1]))
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2  # noqa: PLR2004  key and value
    ]
    request = PageRequest().filtered_by(filters)
    sort, turned = str(untrusted.get("sort", "")), untrusted.get("descending") is True
    return KeptView(
        request=replace(request, sort=sort, descending=turned),
        hidden=frozenset(str(key) for key in hidden),
    )
