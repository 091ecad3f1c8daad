"""What whoever approves looks at, and the acts of a kind, so that one screen and one command do for all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.core.approvals.comparing import Comparison, comparison_lines
from app.core.approvals.states import Standing, Subject
from app.core.approvals.steps import Approval
from app.core.base.actor import Actor
from app.core.base.figures import day
from app.core.base.words import _

_GROUP = 16
_LONGEST = 90_000
"""Letters that are kept beside a signature; it takes 100,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Something that was submitted, with all that is looked at before it is approved."""

    subject: Subject
    code: str
    title: str
    detail: str
    """What is to become of it: “version 4”, “to be retired”."""
    against: str
    """What it is compared with, as a sentence."""
    comparison: Comparison | None
    """None where there is nothing to compare."""
    follows: str
    """What comes of its approval, as a sentence."""
    standing: Standing
    submitted_at: datetime
    note: str
    sha256: str
    """Of what was submitted: just this is approved."""
    warnings: tuple[str, ...] = ()
    """What is known to be amiss with it, and was confirmed by who submitted it."""
    is_own: bool
    """Whether the one who looks wrote or submitted it, and so cannot approve it."""

    @property
    def name(self) -> str:
        """Return code and title in one, as `called` does."""
        return called(self.code, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindActs:
    """What is done with subjects of a kind."""

    review: Callable[[Actor, Subject], Review]
    approve: Callable[[Actor, Subject, Approval], None]
    reject: Callable[[Actor, Subject, str], None]
    withdraw: Callable[[Actor, Subject, str], None]


def called(code: str, title: str) -> str:
    """Return code and title in one; the title alone where the code says the same."""
    is_same = code.casefold() in {"", title.casefold()}
    return title if is_same else f"{code} {title}"


def spaced(sha256: str) -> str:
    """Return a hash in groups, so that it can be read and goes over to a new line."""
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))


def approval_text(review: Review, effective_on: date) -> str:
    """Return what an approver reads and signs: what it is, from when on, by which hash, what differs."""
    head = _("{name}, {detail}: approved, effective from {day} on.").format(
        name=review.name, detail=review.detail, day=day(effective_on)
    )
    digest = f"SHA-256 {spaced(review.sha256)}" if review.sha256 else ""
    differs = () if review.comparison is None else comparison_lines(review.comparison)
    lines = (head, digest, review.note, *review.warnings, review.against, *differs)
    text = "\n".join(line for line in lines if line)
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST] + "\n" + _("… and more; what is approved is named by its SHA-256.")
