"""What a change concerns, in numbers: one count for what is looked at, planned, signed and carried out."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.training.controlled.kinds import Ask, ImpactSubject
from app.core.training.controlled.reach import Concerned, Scope, concerned, to_ask
from app.core.training.controlled.subjects import Changed, changed
from app.core.training.controlled.types import Impact, ImpactDecision, ImpactGroup, Reach
from app.core.training.errors import ReasonNeeded, TrainingRefused


def impact_now(
    session: Session, subject: ImpactSubject, subject_id: UUID, scope: Scope, today: date
) -> Impact:
    """Return what a change concerns. Raises NotFound."""
    what = changed(session, subject, subject_id, today)
    people = concerned(session, [one.id for one in what.requirements], scope, today)
    return Impact(
        subject=subject,
        subject_id=subject_id,
        called=what.because,
        requirements=what.requirements,
        people=people_in(people),
        held=people_in(one for one in people if one.is_held),
        open=people_in(one for one in people if not one.is_held),
        job_roles=_groups(people, by_role=True),
        org_units=_groups(people, by_role=False),
        due_on=what.due_on,
        proposed=what.proposed,
    )


def asked_now(
    session: Session, what: Changed, reach: Reach, scope: Scope, today: date
) -> list[Concerned]:
    """Return of whom a change would be asked."""
    ids = [one.id for one in what.requirements]
    return to_ask(session, ids, reach, scope, today, what.subject_id)


def people_in(some: Iterable[Concerned]) -> int:
    """Return how many people there are, each once."""
    return len({one.person_id for one in some})


def checked(decision: ImpactDecision, today: date) -> ImpactDecision:
    """Return a decision that can be carried out. Raises ReasonNeeded, TrainingRefused."""
    reason = " ".join(decision.reason.split())
    if not reason:
        raise ReasonNeeded
    reach = decision.reach
    if reach.ask is Ask.SOME and not (reach.job_role_ids or reach.org_unit_ids):
        raise TrainingRefused(
            _("No job role and no department is chosen."),
            _("Choose some, or ask everybody or nobody."),
        )
    if decision.due_on is not None and decision.due_on < today:
        raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
    return ImpactDecision(reach=reach, due_on=decision.due_on, reason=reason)


def require_wanted(what: Changed) -> None:
    """Raise TrainingRefused where no requirement points at what changed."""
    if not what.requirements:
        raise TrainingRefused(
            _("Nobody is required to hold this: nothing would change for anybody."),
            _("Let a requirement point at it first."),
        )


def _groups(people: list[Concerned], *, by_role: bool) -> tuple[ImpactGroup, ...]:
    names: dict[UUID | None, str] = {}
    members: dict[UUID | None, list[Concerned]] = {}
    for one in people:
        for key, name in one.roles if by_role else ((one.org_unit_id, one.org_unit),):
            names[key] = name
            members.setdefault(key, []).append(one)
    made = (
        ImpactGroup(
            id=key,
            name=names[key],
            people=people_in(some),
            held=people_in(one for one in some if one.is_held),
            open=people_in(one for one in some if not one.is_held),
        )
        for key, some in members.items()
    )
    return tuple(sorted(made, key=lambda one: (one.id is None, one.name)))
