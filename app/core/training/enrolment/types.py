"""What enrolment rules take and give: frozen values, and the guard."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.training.enrolment.conditions import Condition
from app.core.training.enrolment.naming import NamedInVain
from app.core.training.errors import TrainingRefused
from app.core.training.kind_words import MOVES
from app.core.training.kinds import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """What a rule says."""

    title: str
    requirement_id: UUID
    condition: Condition
    after_days: int | None = None
    """Days after joining, or after the move, from which it assigns (0: on that day); None: as soon as it matches."""
    away_days: int | None = None
    """It asks anew whoever comes back after so many days away, and nobody else; None: as above."""
    moved: Move | None = None
    """It asks anew whoever came to another department or job role, and nobody else; None: as above."""
    due_days: int | None = None
    """From the day of coming back, or of the move, till that is due; None: as the requirement says."""
    from_on: date | None = None
    to_on: date | None = None
    """First and last day of its working. Who was back, or moved, before the first is not asked anew."""
    cancels: bool = False
    """Whether what it assigned ends when somebody no longer matches."""

    def when(self) -> str:
        """Return on what occasion it gives something; "" where that is as soon as somebody matches."""
        if self.away_days is not None:
            return plural(
                "on coming back after {count} day away",
                "on coming back after {count} days away or more",
                self.away_days,
            )
        if self.moved is not None:
            return _after_a_move(self.moved, self.after_days or 0)
        if self.after_days is None:
            return ""
        if not self.after_days:
            return _("on the day of joining")
        return plural("{count} day after joining", "{count} days after joining", self.after_days)


def _after_a_move(kind: Move, days: int) -> str:
    change = _(MOVES[kind])
    if not days:
        return _("on {change}").format(change=change)
    told = plural("{count} day", "{count} days", days)
    return _("{days} after {change}").format(days=told, change=change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as it is kept."""

    id: UUID
    code: str
    words: RuleWords
    requirement_code: str
    requirement_title: str
    is_on: bool
    open_assignments: int
    """Of its making."""
    is_held_back: bool = False
    """Whether the last run over everybody found that it would suddenly reach many: somebody has to run it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Somebody whom a rule matches, and what it would do for them."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    job_role: str
    joined_on: date | None
    due_on: date | None
    """Of the new assignment; None also where there is no due date."""
    away_from: date | None = None
    back_on: date | None = None
    """Of the absence after which they are asked anew."""
    moved_on: date | None = None
    moved_from: str = ""
    """When they were moved, because of which they are asked anew, and where they were before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTried:
    """What running a rule now would do, or on its first day."""

    matched: int
    """People whom it matches."""
    here: int
    """People who are here, in all."""
    assigned: int
    """How many of those it matches would newly have it."""
    cancelled: int
    """How many would lose it, because they no longer match."""
    first: tuple[Matched, ...]
    """Some of those who would newly have it, by number."""
    losing: tuple[Matched, ...]
    in_vain: NamedInVain
    """What it names that is not here, or no longer."""
    also_by: tuple[str, ...]
    """Titles of other rules for the same requirement that match some of the same people."""
    begins_on: date | None = None
    """The rule's first day, where that is to come: what is told is of that day."""

    @property
    def reaches_many(self) -> bool:
        """Tell whether it would assign to so many that somebody has to say the number."""
        return is_many(self.assigned, self.here) or is_many(self.cancelled, self.here)

    @property
    def count(self) -> int:
        """Return the number of people for whom it would change something."""
        return self.assigned + self.cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOfRules:
    """What running rules did."""

    assigned: int = 0
    cancelled: int = 0
    held_back: tuple[str, ...] = ()
    """Titles of rules that would suddenly have reached many: somebody has to run them by hand."""

    @property
    def did_anything(self) -> bool:
        """Tell whether anything was written or held back."""
        return bool(self.assigned or self.cancelled or self.held_back)


class RuleReachesMany(TrainingRefused):
    """A rule would do something for more people than goes unasked; the count has to be said."""

    def __init__(self, title: str, count: int, here: int) -> None:
        super().__init__(
            _("“{title}” would change something for {count} of {here} people.").format(
                title=title, count=number(count), here=number(here)
            ),
            _("Look at who they are, and say the number if it is meant."),
        )
        self.count = count


class RuleNamesNothing(TrainingRefused):
    """A rule names what is not here, or no longer; whoever lets it loose has to know, and cannot where it reaches nobody."""

    def __init__(self, title: str, in_vain: NamedInVain) -> None:
        told = _("“{title}” names what is not here, or no longer: {named}.")
        remedy = _("Add what it names first, or change the rule: as it is, it can match nobody.")
        if not in_vain.reaches_nobody:
            remedy = _("Change the rule, or say that it is meant even so.")
        super().__init__(told.format(title=title, named=in_vain.in_words()), remedy)
        self.in_vain = in_vain


_FEW = 20


def is_many(count: int, here: int) -> bool:
    """Tell whether a rule reaches more than goes unasked: over twenty people, and half of the site."""
    return count > _FEW and count * 2 > here
