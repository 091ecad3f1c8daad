"""Every row that a list's rows are, or that are chosen of them, beyond the pages on screen."""

from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

from app.core.base.paging import Page, PageRequest
from app.core.base.progress import NoProgress, Progress
from app.ui.kit.tables.selection import Selection

T = TypeVar("T")
_STRETCH = 1000


def every_row(
    fetch: Callable[[PageRequest], Page[T]],
    request: PageRequest,
    progress: Progress | None = None,
) -> Iterator[T]:
    """Yield all rows that a request finds. Reads as it goes: not on the window's thread."""
    progress = progress or NoProgress()
    done, total = 0, 1
    while done < total:
        page = fetch(request.stretch(done, _STRETCH))
        yield from page.rows
        done, total = done + len(page.rows), page.total
        progress.step(done, total)
        if not page.rows:
            return


def chosen_keys(
    selection: Selection,
    fetch: Callable[[PageRequest], Page[T]],
    key: Callable[[T], Hashable],
) -> tuple[Hashable, ...]:
    """Return the keys of the chosen rows, exactly as many as were counted unless the list changed."""
    if not selection.everything:
        return tuple(selection.keys)
    found = (key(row) for row in every_row(fetch, selection.request))
    return tuple(one for one in found if selection.has(one))
