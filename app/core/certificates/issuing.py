"""Issuing: a gap-free number and a signed code, in the transaction of the completion or the credit.

Where this PC cannot sign, the completion is recorded all the same and its certificate is due:
what it will say is kept as it is now, number and signature come when they can.
"""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.ids import new_id
from app.core.base.progress import Progress
from app.core.certificates.errors import CannotSignHere, ClockInDoubt
from app.core.certificates.kinds import BASIS_OF_CREDIT, CertificateBasis
from app.core.certificates.models import CertificateDueRow, CertificateRow
from app.core.certificates.templates import TEMPLATES
from app.core.certificates.token import TokenClaims, encode
from app.core.journal import Site, Unit
from app.core.keys import SiteAuthority
from app.core.learning import CompletedCourse, is_withdrawn
from app.core.people import printed_person
from app.core.training import Credited, credit_told, has_fallen

_AT_ONCE = 100
"""How many due certificates are issued in one transaction."""


class Issuing:
    """Gives certificates their numbers and signatures."""

    def __init__(self, site: Site, authority: SiteAuthority, site_code: str) -> None:
        self._site = site
        self._authority = authority
        self._code = site_code

    def hindrance(self) -> UserFacingError | None:
        """Return what keeps this PC from signing at this moment, or None."""
        if not self._authority.can_sign:
            return CannotSignHere(self._authority.name)
        behind = self._site.clock_backstep()
        return ClockInDoubt(behind) if behind else None

    def issue(self, unit: Unit, completed: CompletedCourse) -> None:
        """Issue what the course gives on completion, if it gives anything; never fails for keys."""
        if completed.outline.certificate is None:
            return
        self._give(unit, self._due(unit, completed, completed.outline.certificate))

    def issue_for_credit(self, unit: Unit, credited: Credited) -> None:
        """Issue what a requirement gives whoever meets it, once for one proof; never fails for keys.

        What a correction puts in the place of a certified credit is certified in its place.
        """
        if not credited.gives_certificate or _is_certified(unit, credited):
            return
        basis = BASIS_OF_CREDIT.get(credited.basis) or _basis_before(unit, credited.instead_of)
        if basis is not None:
            self._give(unit, self._due_for_credit(unit, credited, basis))

    def issue_again(self, unit: Unit, before: CertificateRow) -> None:
        """Issue the next certificate of a credit that counts again, in place of a revoked one."""
        if before.credit_id is not None:
            due = self._due_for_credit(unit, credit_told(unit, before.credit_id), before.basis)
            due.turn = (before.turn or 0) + 1
            self._give(unit, due)

    def waiting(self) -> int:
        """Return how many certificates are due and not issued."""
        with self._site.read() as session:
            counted = sa.select(sa.func.count()).select_from(self._waiting().subquery())
            return session.scalar(counted) or 0

    def issue_missing(self, progress: Progress) -> int:
        """Issue what is due, oldest completion first; return how many. Nothing where one cannot sign."""
        total, done = self.waiting(), 0
        while done < total and self.hindrance() is None:
            progress.step(done, total)
            with self._site.transaction(system_actor(), "certificate.issue_due") as unit:
                rows: Sequence[CertificateDueRow] = unit.scalars(
                    self._waiting().limit(_AT_ONCE)
                ).all()
                for due in rows:
                    unit.add(self._signed(unit, due))
                    unit.flush()
            if not rows:
                break
            done += len(rows)
        progress.step(done, total)
        return done

    def _give(self, unit: Unit, due: CertificateDueRow) -> None:
        unit.add(due if self.hindrance() is not None else self._signed(unit, due))
        unit.flush()

    def _due_for_credit(
        self, unit: Unit, credited: Credited, basis: CertificateBasis
    ) -> CertificateDueRow:
        person = printed_person(unit, credited.person_id)
        return CertificateDueRow(
            site_id=self._authority.site_id,
            credit_id=credited.credit_id,
            basis=basis,
            person_id=credited.person_id,
            template=credited.template or TEMPLATES[0].key,
            language=person.language,
            printed_name=person.printed_name,
            printed_number=person.number,
            printed_title=credited.titles.get(person.language) or credited.title,
            completed_on=credited.at.astimezone().date(),
            valid_until=credited.valid_until,
            turn=0,
            since=self._site.clock.now(),
        )

    def _due(self, unit: Unit, completed: CompletedCourse, template: str) -> CertificateDueRow:
        person = printed_person(unit, completed.person_id)
        outline = completed.outline
        return CertificateDueRow(
            site_id=self._authority.site_id,
            completion_id=completed.completion_id,
            basis=CertificateBasis.COURSE,
            person_id=completed.person_id,
            course_id=completed.course_id,
            template=template,
            language=person.language,
            printed_name=person.printed_name,
            printed_number=person.number,
            printed_title=outline.titles.get(person.language) or outline.title,
            version=completed.version,
            score=completed.score,
            completed_on=completed.at.astimezone().date(),
            valid_until=completed.valid_until,
            since=completed.at,
        )

    def _signed(self, unit: Unit, due: CertificateDueRow) -> CertificateRow:
        year = due.completed_on.year
        serial = self._next_serial(unit, year)
        claims = TokenClaims(
            site_id=due.site_id,
            certificate_id=new_id(),
            number=f"{self._code}-{year}-{serial:06}",
            person_name=due.printed_name,
            person_number=due.printed_number,
            course_title=due.printed_title,
            completed_on=due.completed_on,
            valid_until=due.valid_until,
        )
        said = (claims.number, due.printed_number, due.printed_name, due.printed_title)
        return CertificateRow(
            **due.printed(),
            id=claims.certificate_id,
            site_name=self._authority.name,
            number=claims.number,
            year=year,
            serial=serial,
            token=encode(claims, self._authority.sign),
            search_text=" ".join(said).casefold(),
            issued_at=self._site.clock.now(),
        )

    def _next_serial(self, unit: Unit, year: int) -> int:
        """Return the number after the last, which nobody else takes too."""
        unit.take_turn("certificate numbers")
        last = sa.select(CertificateRow.serial).where(
            CertificateRow.site_id == self._authority.site_id, CertificateRow.year == year
        )
        return (unit.scalar(last.order_by(CertificateRow.serial.desc()).limit(1)) or 0) + 1

    def _waiting(self) -> sa.Select[CertificateDueRow]:
        due, issued = CertificateDueRow, CertificateRow
        return (
            sa.select(due)
            .where(
                due.site_id == self._authority.site_id,
                ~sa.exists().where(issued.completion_id == due.completion_id),
                ~sa.exists().where(issued.credit_id == due.credit_id, issued.turn == due.turn),
                ~has_fallen(due.credit_id),
                ~is_withdrawn(due.completion_id),
            )
            .order_by(due.since, due.id)
        )


def _is_certified(unit: Unit, credited: Credited) -> bool:
    """Tell whether a credit has given its certificate, or is to give one."""
    return any(
        unit.scalars(sa.select(row.id).where(row.credit_id == credited.credit_id)).first()
        is not None
        for row in (CertificateRow, CertificateDueRow)
    )


def _basis_before(unit: Unit, credit_id: UUID | None) -> CertificateBasis | None:
    """Return what the certificate of a credit that was corrected rests on; None where it has none."""
    for row in (CertificateRow, CertificateDueRow):
        found = unit.scalars(sa.select(row.basis).where(row.credit_id == credit_id)).first()
        if found is not None:
            return found
    return None
