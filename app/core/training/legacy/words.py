"""What is said of old training, in the language in use."""

from app.core.base.words import _, plural
from app.core.training.legacy.types import WaitsFor


def waits_in_words(one: WaitsFor) -> str:
    """Return how many rows of a batch wait for what comes first."""
    rows = plural("{count} row waits", "{count} rows wait", one.rows)
    return _("{rows} for {title}, which comes first: counted as soon as that is held.").format(
        rows=rows, title=one.title
    )
