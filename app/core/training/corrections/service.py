"""Correcting records: what stood there stays, and a fact beside it says what is right (Annex 11, 9).

Where somebody's qualification hangs on a field, a second person agrees before the correction stands.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import is_own, place_of
from app.core.signatures import Meaning, Undersigned
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections.effects import follow, take_effect, withdraw
from app.core.training.corrections.kinds import (
    CORRECTED_FIELDS,
    PERSON,
    FieldKind,
    RecordKind,
)
from app.core.training.corrections.passing import require_pass
from app.core.training.corrections.queries import corrections, found_texts
from app.core.training.corrections.records import Found, day_of, find, of_person, standing
from app.core.training.corrections.types import CorrectableRecord, Correction, ToCorrect
from app.core.training.corrections.values import checked_value
from app.core.training.corrections.whose import readable, require_anybodys, whom
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.errors import ReasonNeeded, TrainingRefused
from app.core.training.fallen import ask_for_fallen
from app.core.training.signing import (
    NothingWaits,
    NotOneself,
    SigningRule,
    require_signed,
    signing_terms_on,
)


class Corrections:
    """Keeps them. Who may: holders of ASSIGN, in their scope; never for themselves."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_credited: list[CreditHook] = []
        self.on_credit_fell: list[Callable[[Unit, UUID, str], None]] = []
        """Called with a credit that counts no more, and why, within the unit of work; once a
        credit that takes its place is there."""
        self.on_completion_fell: list[Callable[[Unit, UUID, str], None]] = []
        """The same with a completion of a course."""

    def rule(self) -> SigningRule:
        """Return how corrections are signed at this site today."""
        with self._site.read() as session:
            return self._rule(session)

    def records(self, actor: Actor, person_id: UUID) -> tuple[CorrectableRecord, ...]:
        """Return what of somebody's record can be corrected, with what stands there now."""
        with self._site.read() as session:
            _require(actor, session, person_id)
            return tuple(
                CorrectableRecord(
                    kind=one.kind,
                    id=one.id,
                    requirement_id=one.requirement_id,
                    title=one.title,
                    done_on=one.done_on,
                    values={
                        field: readable(session, one.kind, field, value)
                        for field, value in standing(session, one).items()
                    },
                )
                for one in of_person(session, person_id)
            )

    def of_person(self, actor: Actor, person_id: UUID) -> tuple[Correction, ...]:
        """Return every correction of somebody's record, the earliest first; all may see their own."""
        with self._site.read() as session:
            if actor.person_id != person_id:
                actor.require(Capability.ASSIGN, place_of(session, person_id))
            return corrections(session, actor, CorrectionRow.person_id == person_id)

    def waiting(self, actor: Actor) -> tuple[Correction, ...]:
        """Return the corrections that wait for a second person, the earliest first."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return corrections(session, actor, CorrectionVerdictRow.id.is_(None), scope=scope)

    def text(self, actor: Actor, wanted: ToCorrect) -> str:
        """Return what who corrects a record signs. Raises as `correct` does."""
        with self._site.read() as session:
            found, old, new = self._checked(actor, session, wanted)
            return found_texts(session, found, wanted.field, old, new, wanted.reason, "")

    def correct(self, actor: Actor, wanted: ToCorrect, signed: Undersigned | None = None) -> UUID:
        """Say what is right; return the correction's id. It stands at once, or once a second agrees.

        Raises NotFound, ReasonNeeded, TrainingRefused for a value that cannot be or changes nothing,
        SignatureMissing where the site asks for one, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "correction.make", reason=wanted.reason) as unit:
            require_signed(self._rule(unit), signed)
            unit.take_turn("correction of", wanted.record_id)
            found, old, new = self._checked(actor, unit, wanted)
            words = found_texts(unit, found, wanted.field, old, new, wanted.reason, "")
            is_critical = CORRECTED_FIELDS[found.kind][wanted.field].is_critical
            row = CorrectionRow(
                record_kind=found.kind.value,
                record_id=found.id,
                person_id=found.person_id,
                field=wanted.field,
                old=old,
                new=new,
                reason=" ".join(wanted.reason.split()),
                is_critical=is_critical,
                at=self._site.clock.now(),
                by=actor.account_id,
                by_name=actor.name,
            )
            unit.add(row)
            unit.flush()
            if not is_critical:
                self._answer(unit, actor, row, "", is_accepted=True)
            if signed is not None:
                signed.sign(unit, row, Meaning.CORRECTED, words, row.reason)
        return row.id

    def text_to_approve(self, actor: Actor, correction_id: UUID) -> str:
        """Return what the second person signs. Raises NotFound."""
        with self._site.read() as session:
            row = session.get(CorrectionRow, correction_id)
            if row is None:
                raise NotFound(_("The correction"))
            _require(actor, session, row.person_id)
            return _text_to_approve(session, row)

    def approve(self, actor: Actor, correction_id: UUID, signed: Undersigned | None = None) -> None:
        """Let a correction stand that somebody else made.

        Raises NotFound, NothingWaits, NotOneself, SignatureMissing, ReadOtherwise, and what signing does.
        """
        with self._site.transaction(actor, "correction.approve") as unit:
            require_signed(self._rule(unit), signed)
            row = self._unanswered(unit, actor, correction_id)
            words = _text_to_approve(unit, row)
            verdict = self._answer(unit, actor, row, "", is_accepted=True)
            if signed is not None:
                signed.sign(unit, verdict, Meaning.APPROVED, words)

    def refuse(self, actor: Actor, correction_id: UUID, reason: str) -> None:
        """Let what stood there stand, and say why. Raises as `approve` does, and ReasonNeeded."""
        if not reason.split():
            raise ReasonNeeded
        with self._site.transaction(actor, "correction.refuse", reason=reason) as unit:
            row = self._unanswered(unit, actor, correction_id)
            self._answer(unit, actor, row, reason, is_accepted=False)

    def _checked(self, actor: Actor, session: Session, wanted: ToCorrect) -> tuple[Found, str, str]:
        """Return a fact, what stands in the field, and what is to."""
        if not wanted.reason.split():
            raise ReasonNeeded
        found = find(session, wanted.kind, wanted.record_id)
        _require(actor, session, found.person_id)
        new = checked_value(wanted.kind, wanted.field, wanted.new, local_day(self._site.clock))
        values = standing(session, found)
        if CORRECTED_FIELDS[found.kind][wanted.field].kind is FieldKind.PERSON:
            require_anybodys(session, found.id)
            person_id = whom(session, found.id, new)
            _require(actor, session, person_id)
            new = str(person_id)
        if not found.counts_with(values):
            raise TrainingRefused(
                _("This record does not count any more."), _("Enter the right one as new evidence.")
            )
        if values[wanted.field] == new:
            raise TrainingRefused(
                _("That is what stands there already."), _("Say what is right instead.")
            )
        _check_days({**values, wanted.field: new}, found.kind)
        if found.kind is RecordKind.COMPLETION and wanted.field == "score":
            require_pass(session, found.id, new)
        waits = session.scalars(
            sa.select(CorrectionRow.id)
            .outerjoin(CorrectionVerdictRow, CorrectionVerdictRow.correction_id == CorrectionRow.id)
            .where(CorrectionRow.record_id.in_(found.ids), CorrectionVerdictRow.id.is_(None))
        )
        if waits.first() is not None:
            raise TrainingRefused(
                _("A correction of this record waits for somebody else already."),
                _("Let it be approved or refused first."),
            )
        return found, values[wanted.field], new

    def _unanswered(self, unit: Unit, actor: Actor, correction_id: UUID) -> CorrectionRow:
        row = unit.get(CorrectionRow, correction_id)
        if row is None:
            raise NotFound(_("The correction"))
        unit.take_turn("correction of", row.record_id)
        _require(actor, unit, row.person_id)
        if row.field == PERSON:
            _require(actor, unit, UUID(row.new))
        answered = sa.select(CorrectionVerdictRow.id).where(
            CorrectionVerdictRow.correction_id == correction_id
        )
        if unit.scalars(answered).first() is not None:
            raise NothingWaits
        if is_own(unit, actor, [row.by]):
            raise NotOneself
        return row

    def _answer(
        self, unit: Unit, actor: Actor, row: CorrectionRow, reason: str, *, is_accepted: bool
    ) -> CorrectionVerdictRow:
        now = self._site.clock.now()
        before = after = None
        if is_accepted:
            before, after = take_effect(unit, actor, row, now)
        verdict = CorrectionVerdictRow(
            correction_id=row.id,
            is_accepted=is_accepted,
            replaces_id=before,
            credit_id=after,
            reason=" ".join(reason.split()),
            at=now,
            by=actor.account_id,
            by_name=actor.name,
        )
        unit.add(verdict)
        unit.flush()
        if before is not None:
            self._tell(unit, before, after, row.reason)
            follow(unit, actor, row, before, after, now)
        if is_accepted:
            self._withdraw(unit, actor, row, now)
        return verdict

    def _withdraw(self, unit: Unit, actor: Actor, row: CorrectionRow, now: datetime) -> None:
        completion_id = withdraw(unit, actor, row, now)
        if completion_id is None:
            return
        for hook in self.on_completion_fell:
            hook(unit, completion_id, row.reason)
        ask_for_fallen(unit, actor, now, {row.person_id}, row.reason)

    def _tell(self, unit: Unit, before: UUID, after: UUID | None, reason: str) -> None:
        if after is not None:
            tell_credited(self.on_credited, unit, after, instead_of=before)
        for hook in self.on_credit_fell:
            hook(unit, before, reason)

    def _rule(self, session: Session) -> SigningRule:
        today = local_day(self._site.clock)
        return signing_terms_on(session, self._site.site_id, today).corrections


def _text_to_approve(session: Session, row: CorrectionRow) -> str:
    found = find(session, RecordKind(row.record_kind), row.record_id)
    return found_texts(session, found, row.field, row.old, row.new, row.reason, row.by_name)


def _require(actor: Actor, session: Session, person_id: UUID) -> None:
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, place_of(session, person_id))
    if actor.person_id == person_id:
        raise NotOneself


def _check_days(values: dict[str, str], kind: RecordKind) -> None:
    if not values.get("valid_until"):
        return
    if date.fromisoformat(values["valid_until"]) < day_of(kind, values):
        raise TrainingRefused(
            _("It would have ended before the day of the training."), _("Check both days.")
        )
