"""Corrections of one record that stand side by side, as a dispute of rows: told and decided in the inbox."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Capability
from app.core.journal import Contest, Ruling, Unit, row_contender
from app.core.people import place_of
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections.kinds import COUNTS, VOID
from app.core.training.rivals import OF_A_CORRECTION, rivals, taking_back
from app.core.training.signing import NotOneself


class TwoCorrections:
    """Kept by the credit that they put aside; a value is the id of a correction."""

    table, column = "requirement_credit", "corrections"
    is_signed = True

    def open(self, session: Session) -> Iterator[Contest]:
        """Yield them. The index of mentions must be up to date."""
        for credit_id, found in groupby(rivals(session), lambda one: one.replaces_id):
            if credit_id is None:
                continue
            verdicts = list(found)
            yield Contest(
                table=self.table,
                key=credit_id,
                column=self.column,
                values=tuple(
                    row_contender(
                        session, one.correction_id, one.correction_id, is_shown=one is verdicts[0]
                    )
                    for one in verdicts
                ),
            )

    def settle(self, unit: Unit, ruling: Ruling) -> Mapping[str, set[UUID]]:
        """Let one correction hold, and take the others back. Raises NotOneself.

        Where another decision took it back, that is taken back, too.
        """
        wrong = [
            one.correction_id
            for one in rivals(unit, ruling.key)
            if one.correction_id != ruling.value and not taking_back(unit, one.correction_id)
        ]
        wrong += [one.id for one in taking_back(unit, ruling.value)]
        taken = [_take_back(unit, key, ruling) for key in wrong]
        unit.flush()
        return {CorrectionVerdictRow.__tablename__: set(taken)}


def _take_back(unit: Unit, correction_id: UUID, ruling: Ruling) -> UUID:
    wrong, actor = unit.get_one(CorrectionRow, correction_id), ruling.actor
    actor.require(Capability.ASSIGN, place_of(unit, wrong.person_id))
    if actor.person_id == wrong.person_id:
        raise NotOneself
    who = {"at": ruling.at, "by": actor.account_id, "by_name": actor.name}
    row = CorrectionRow(
        record_kind=OF_A_CORRECTION,
        record_id=wrong.id,
        person_id=wrong.person_id,
        field=COUNTS,
        old="",
        new=VOID,
        reason=ruling.reason,
        is_critical=False,
        **who,
    )
    unit.add(row)
    unit.flush()
    answer = CorrectionVerdictRow(
        correction_id=row.id,
        is_accepted=True,
        replaces_id=_newest_of(unit, _credit_of(unit, correction_id)),
        credit_id=None,
        reason=ruling.reason,
        **who,
    )
    unit.add(answer)
    unit.flush()
    return answer.id


def _credit_of(session: Session, correction_id: UUID) -> UUID | None:
    row = CorrectionVerdictRow
    return session.scalars(sa.select(row.credit_id).where(row.correction_id == correction_id)).one()


def _newest_of(session: Session, credit_id: UUID | None) -> UUID | None:
    """Return the credit that stands for one by what was corrected since."""
    while credit_id is not None:
        later = sa.select(CorrectionVerdictRow.credit_id).where(
            CorrectionVerdictRow.replaces_id == credit_id,
            CorrectionVerdictRow.credit_id.is_not(None),
        )
        following = session.scalars(later).first()
        if following is None:
            return credit_id
        credit_id = following
    return None
