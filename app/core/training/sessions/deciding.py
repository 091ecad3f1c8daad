"""What signing makes of each who came, and how it is said to who signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.core.base.figures import duration
from app.core.base.words import _
from app.core.training.sessions.types import OnRoll, Outcome


@dataclass(frozen=True, slots=True)
class Decided:
    """What signing makes of one who came."""

    one: OnRoll
    outcome: Outcome
    by_hand: frozenset[UUID | None]
    lacks_quiz: bool
    hindered: str
    """What keeps them from being signed for, in words; empty for nothing."""


def outcome_of(one: OnRoll, *, waits: bool, lacks_quiz: bool) -> Outcome:
    """Return what becomes of one who came, by what it waits for."""
    if not one.is_enough:
        return Outcome.TOO_SHORT
    if waits:
        return Outcome.WAITS
    return Outcome.QUIZ if lacks_quiz else Outcome.CREDITED


def hindered_by(one: OnRoll, first: tuple[str, ...], *, is_signer: bool, may: bool) -> str:
    """Return what keeps somebody from being signed for now."""
    if is_signer:
        return _("signs the attendance, which does not count for them")
    if not may:
        return _("you may not assign training to them: somebody else has to sign for them")
    if first:
        return _("comes after {first}, which is not held: sign again once it is").format(
            first=", ".join(first)
        )
    if one.is_undecided:
        return _("does not count before you said on the roll whether it does")
    if one.decision is not None and not one.decision.counts:
        return _("does not count here: {reason}").format(reason=one.decision.reason)
    return ""


def said_of(each: Decided) -> str:
    """Return the line that is read of one who came."""
    one = each.one
    words = {
        Outcome.CREDITED: _("counts"),
        Outcome.WAITS: _("entered by hand, counts once a second person confirms it"),
        Outcome.QUIZ: _("counts once they pass the quiz"),
        Outcome.TOO_SHORT: _("too short, does not count"),
    }[each.outcome]
    said = f"{one.number} {one.name}: {duration(one.seconds)}, {each.hindered or words}"
    return "; ".join([said, *_rooms_said(one)])


def _rooms_said(one: OnRoll) -> Iterator[str]:
    """Yield in which other rooms somebody was at the same time, and why it counts here all the same."""
    counted = ", ".join(room.called for room in one.elsewhere if room.counts)
    others = ", ".join(room.called for room in one.elsewhere if not room.counts)
    if counted:
        yield _("at the same time in {other}, where it counts").format(other=counted)
    if one.counts_twice:
        yield _("counts in both, and nobody has said why")
    if others:
        yield _("at the same time on the roll of {other}").format(other=others)
    if one.decision is not None and one.decision.counts:
        yield _("counts in both: {reason}").format(reason=one.decision.reason)
