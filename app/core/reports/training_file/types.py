"""What is enclosed in a training file before the record itself."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A job description or a paper of the person; or that there is none where one belongs."""

    title: str
    about: str
    """Which issue, of when, by whom; where there is none, why."""
    content: bytes = field(default=b"", repr=False)
    """PDF or picture; empty where there is none."""
    sha256: str = ""
    """Of the file as it was approved or put there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whose the file is, for its cover."""

    name: str
    name_local: str
    number: str
    facts: tuple[tuple[str, str], ...]
    """Words and what they say: department, job roles, joined on."""
    photo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """A line of the contents: what, more about it, from which page on, and what it can be checked by."""

    title: str
    about: str
    page: int | None
    """None where nothing is enclosed."""
    sha256: str = ""
