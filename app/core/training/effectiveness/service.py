"""Checks of effectiveness as coordinators ask for them and assessors make them."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import place_of
from app.core.signatures import Meaning, Undersigned
from app.core.storage.columns import Id
from app.core.training.again import (
    Again,
    AskedBefore,
    ask_again,
    asked_before,
    end_waivers,
    newest_cycles,
)
from app.core.training.effectiveness.due import due_checks, rules_by_requirement
from app.core.training.effectiveness.models import EffectivenessCheckRow, EffectivenessRuleRow
from app.core.training.effectiveness.types import (
    MOST_DAYS,
    MOST_QUESTIONS,
    CheckMade,
    ChecksDue,
    DueCheck,
    EffectivenessRule,
    KeptCheck,
    NewCheck,
    RuleNow,
)
from app.core.training.effectiveness.words import not_effective_in_words
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.kinds import Source
from app.core.training.models import RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.requirements.queries import by_code, terms_of
from app.core.training.terms import Due, first_due, with_grace

_FIRST = 200


class EffectivenessChecks:
    """Coordinators of the whole site say what is checked; assessors check within their scope, and sign."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def rules(self, actor: Actor) -> tuple[RuleNow, ...]:
        """Return what is checked after training, by the title of the requirement."""
        actor.require_anywhere(Capability.ASSESS)
        with self._site.read() as session:
            newest = {one: said[-1] for one, said in rules_by_requirement(session).items()}
            found = [
                _rule_now(session.get_one(RequirementRow, one), rule)
                for one, rule in newest.items()
                if rule.checked_after
            ]
        return tuple(sorted(found, key=lambda one: (one.title, one.code)))

    def say(self, actor: Actor, code: str, rule: EffectivenessRule, reason: str) -> None:
        """Say what is checked of who is trained from a day on; what was said for that day is replaced.

        Raises NotAllowed, NotFound, TrainingRefused, ReasonNeeded.
        """
        actor.require(Capability.ASSIGN)
        questions = [" ".join(one.split()) for one in rule.questions if one.strip()]
        _require_rule(rule, questions)
        if rule.from_on < self._today():
            raise TrainingRefused(
                _("This day is over."), _("Give a day from which people are trained.")
            )
        if not reason.strip():
            raise ReasonNeeded
        with self._site.transaction(actor, "effectiveness.say", reason=reason.strip()) as unit:
            requirement = by_code(unit, code)
            row = EffectivenessRuleRow
            same_day = sa.select(row).where(
                row.requirement_id == requirement.id, row.from_on == rule.from_on
            )
            kept = unit.scalars(same_day).one_or_none()
            if kept is None:
                kept = EffectivenessRuleRow(requirement_id=requirement.id, from_on=rule.from_on)
                unit.add(kept)
            kept.checked_after, kept.questions = rule.after_days, questions

    def due(self, actor: Actor) -> ChecksDue:
        """Return whom to look at in the actor's scope, the longest due first."""
        scope = actor.scope_of(Capability.ASSESS)
        with self._site.read() as session:
            return due_checks(session, scope, self._today(), _FIRST)

    def made(self, actor: Actor) -> tuple[CheckMade, ...]:
        """Return the newest checks in the actor's scope."""
        scope = actor.scope_of(Capability.ASSESS)
        with self._site.read() as session:
            return checks_made(session, scope, _FIRST)

    def shown(self, actor: Actor, new: NewCheck) -> str:
        """Return the text that an assessor signs. Raises as `sign` does."""
        self._require(actor, new)
        due = new.due
        result = _("It took hold.") if new.is_effective else not_effective_in_words(new)
        lines = [
            _("Effectiveness of {title}: {name} ({number}), trained on {day}.").format(
                title=due.title,
                name=due.name,
                number=due.number,
                day=day(due.trained_at.astimezone().date()),
            ),
            *(
                f"– {question}: {_yes(answer)}"
                for question, answer in zip(due.questions, new.answers, strict=True)
            ),
            _("Seen at work: {answer}").format(answer=_yes(new.is_observed)),
            result,
            new.remark.strip(),
        ]
        return "\n".join(filter(None, lines))

    def sign(self, actor: Actor, new: NewCheck, signed: Undersigned) -> KeptCheck:
        """Keep a check with its signature; where the training did not take hold, ask for it again.

        Raises NotAllowed, TrainingRefused, ReasonNeeded, and what signing does.
        """
        words, due, now = self.shown(actor, new), new.due, self._site.clock.now()
        with self._site.transaction(actor, "effectiveness.check") as unit:
            unit.take_turn("assignments of", due.requirement_id)
            self._require_due(unit, due)
            row = EffectivenessCheckRow(
                person_id=due.person_id,
                requirement_id=due.requirement_id,
                proof_id=due.proof_id,
                trained_at=due.trained_at,
                findings=[list(one) for one in zip(due.questions, new.answers, strict=True)],
                is_observed=new.is_observed,
                is_effective=new.is_effective,
                remark=new.remark.strip(),
                at=now,
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(row)
            signed.sign(unit, row, Meaning.ASSESSED, words)
            if new.is_asked_again:
                self._train_again(unit, actor, new)
            return KeptCheck(
                id=row.id, is_effective=new.is_effective, is_asked_again=new.is_asked_again
            )

    def _train_again(self, unit: Unit, actor: Actor, new: NewCheck) -> None:
        due, now = new.due, self._site.clock.now()
        because = _("It was not seen at work on {day}: {remark}").format(
            day=day(self._today()), remark=new.remark.strip()
        )
        again = Again(
            because=because,
            at=now,
            source=Source.EFFECTIVENESS,
            dues={due.requirement_id: self._due_again(unit, new)},
        )
        asked = _asked_before(unit, due)
        if asked.is_let_off(self._today()):
            end_waivers(unit, actor, [asked], new.despite_waiver.strip(), now)
        ask_again(unit, actor, [asked], again)

    def _due_again(self, unit: Unit, new: NewCheck) -> Due:
        terms = terms_of(unit, new.due.requirement_id, self._today())
        if new.retrain_by is not None:
            return with_grace(terms, new.retrain_by)
        return first_due(terms, assigned_on=self._today(), joined_on=None)

    def _require(self, actor: Actor, new: NewCheck) -> None:
        if actor.person_id == new.due.person_id:
            raise TrainingRefused(
                _("Nobody checks their own training."), _("Ask somebody else who may assess.")
            )
        with self._site.read() as session:
            actor.require(Capability.ASSESS, place_of(session, new.due.person_id))
        if len(new.answers) != len(new.due.questions):
            raise TrainingRefused(_("A question was not answered."), _("Answer each of them."))
        if not new.is_effective and not new.remark.strip():
            raise ReasonNeeded
        if new.retrain_by is not None and new.retrain_by < self._today():
            raise TrainingRefused(_("This day is over."), _("Give a day that is to come."))

    def _require_due(self, unit: Unit, due: DueCheck) -> None:
        found = due_checks(unit, None, self._today(), _FIRST, due.person_id)
        if due not in found.first:
            raise TrainingRefused(
                _("This check is not due, or somebody has made it."), _("Look at the list again.")
            )

    def _today(self) -> date:
        return local_day(self._site.clock)


def checks_made(
    session: Session, scope: frozenset[UUID] | None, most: int | None = None
) -> tuple[CheckMade, ...]:
    """Return the checks of people in a scope, the newest first."""
    listing, row = neighbours().listing, EffectivenessCheckRow
    within = [] if scope is None else [listing.org_unit_id.in_(scope)]
    found = session.execute(
        sa.select(row, listing.number, listing.name, RequirementRow.code, RequirementRow.title)
        .join(listing, listing.person_id == row.person_id)
        .join(RequirementRow, RequirementRow.id == row.requirement_id)
        .where(*within)
        .order_by(row.at.desc(), row.id.desc())
        .limit(most)
    )
    return tuple(
        CheckMade(
            id=one.id,
            person_id=one.person_id,
            number=number,
            name=name,
            code=code,
            title=title,
            trained_at=one.trained_at,
            answers=tuple((question, answer) for question, answer in one.findings),
            is_observed=one.is_observed,
            is_effective=one.is_effective,
            remark=one.remark,
            at=one.at,
            by=one.by_name,
        )
        for one, number, name, code, title in found
    )


def _require_rule(rule: EffectivenessRule, questions: list[str]) -> None:
    if not 0 <= rule.after_days <= MOST_DAYS:
        raise TrainingRefused(
            _("It is checked between 1 and {most} days after the training.").format(most=MOST_DAYS),
            _("Give fewer days, or 0 if nothing is to be checked."),
        )
    if len(questions) > MOST_QUESTIONS:
        raise TrainingRefused(
            _("There are more than {most} questions.").format(most=MOST_QUESTIONS),
            _("Keep those that tell most."),
        )


def _rule_now(requirement: RequirementRow, rule: EffectivenessRuleRow) -> RuleNow:
    return RuleNow(
        requirement_id=requirement.id,
        code=requirement.code,
        title=requirement.title,
        rule=EffectivenessRule(
            from_on=rule.from_on, after_days=rule.checked_after, questions=tuple(rule.questions)
        ),
    )


def _asked_before(unit: Unit, due: DueCheck) -> AskedBefore:
    them = sa.select(sa.literal(due.person_id, Id).label("id")).subquery("wanted")
    (found,) = asked_before(
        due.requirement_id, unit.execute(newest_cycles(them, due.requirement_id))
    )
    return found


def _yes(answer: bool) -> str:
    return _("Yes") if answer else _("No")
