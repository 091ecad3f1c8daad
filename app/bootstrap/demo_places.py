"""The demo plant's own values for what the samples leave open, and its courses with them filled in."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.base.resources import resource
from app.core.courses import filled_copy


@contextmanager
def demo_course(slug: str) -> Iterator[Path]:
    """Lay out a course folder of the demo plant as the plant would drop it, for as long as it is read."""
    said = tomllib.loads(resource("demo", "site.toml").read_text("utf-8"))["places"]
    values = {key: value for key, value in said.items() if key != "courses"}
    with filled_copy(
        resource("demo", "courses", slug), {**values, **said["courses"][slug]}
    ) as folder:
        yield folder
