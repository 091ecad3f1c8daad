"""Certificates of other issuers with a scan: entered by whoever keeps training, or handed in by the person."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.content import AssetStore, destroyed_files
from app.core.journal import Site
from app.core.people import place_of
from app.core.spreadsheets import GivenFile
from app.core.training.assignments.evidence import checked
from app.core.training.assignments.proving import Proving
from app.core.training.assignments.types import EnteredEvidence
from app.core.training.by_form import form_days
from app.core.training.errors import TrainingRefused
from app.core.training.legacy import queries
from app.core.training.legacy.models import EvidenceScanRow, LegacyRecordRow
from app.core.training.legacy.scans import keep_scan, media_type_of
from app.core.training.legacy.types import Scan
from app.core.training.models import AssignmentRow, EvidenceRow, RequirementRow
from app.core.training.requirements.queries import by_code


class Papers:
    """Keeps scans beside evidence, in one entry with it."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets
        self._proving = Proving(site)

    def enter(
        self,
        actor: Actor,
        person_id: UUID,
        requirement_id: UUID,
        entered: EnteredEvidence,
        scans: Sequence[GivenFile] = (),
    ) -> UUID:
        """Keep evidence with scans of it. Raises as `Proving.enter` does, and NoScan."""
        clean = checked(entered, local_day(self._site.clock))
        for scan in scans:
            media_type_of(scan)
        with self._site.transaction(actor, "evidence.enter", reason=clean.note) as unit:
            kept = self._proving.enter_in(unit, actor, person_id, requirement_id, clean)
            for scan in scans:
                now = self._site.clock.now()
                keep_scan(unit, self._assets, actor, scan, now, evidence_id=kept)
        return kept

    def hand_in(
        self, actor: Actor, code: str, entered: EnteredEvidence, scans: Sequence[GivenFile]
    ) -> UUID:
        """Let the actor hand in a certificate of their own: it waits for somebody to confirm it.

        Raises TrainingRefused where they do not have the requirement, or without a scan; NoScan.
        """
        actor.require_anywhere(Capability.LEARN)
        clean = checked(entered, local_day(self._site.clock))
        if not scans:
            raise TrainingRefused(
                _("There is no scan of the certificate."), _("Take a photo or scan of it along.")
            )
        for scan in scans:
            media_type_of(scan)
        with self._site.transaction(actor, "evidence.hand-in", reason=clean.note) as unit:
            requirement = by_code(unit, code)
            mine = sa.select(AssignmentRow.id).where(
                AssignmentRow.person_id == actor.person_id,
                AssignmentRow.requirement_id == requirement.id,
            )
            if actor.person_id is None or unit.scalars(mine).first() is None:
                raise TrainingRefused(
                    _("Nobody asks you for {title}.").format(title=requirement.title),
                    _("Ask whoever assigns training to give it to you first."),
                )
            row = self._proving.keep_in(unit, actor, actor.person_id, requirement.id, clean)
            for scan in scans:
                now = self._site.clock.now()
                keep_scan(unit, self._assets, actor, scan, now, evidence_id=row.id)
        return row.id

    def to_hand_in(self, actor: Actor) -> tuple[tuple[str, str], ...]:
        """Return code and title of what the actor may hand a certificate in for."""
        actor.require_anywhere(Capability.LEARN)
        statement = (
            sa.select(RequirementRow.id, RequirementRow.code, RequirementRow.title)
            .join(AssignmentRow, AssignmentRow.requirement_id == RequirementRow.id)
            .where(
                AssignmentRow.person_id == actor.person_id,
                RequirementRow.course_id.is_(None),
            )
            .distinct()
            .order_by(RequirementRow.title)
        )
        with self._site.read() as session:
            by_form = form_days(session)
            return tuple(
                (code, title)
                for key, code, title in session.execute(statement)
                if key not in by_form
            )

    def scans(self, actor: Actor, evidence_id: UUID) -> tuple[Scan, ...]:
        """Return the scans of evidence; everybody may see those of their own. Raises NotFound."""
        with self._site.read() as session:
            row = session.get(EvidenceRow, evidence_id)
            if row is None:
                raise NotFound(_("The evidence"))
            if actor.person_id != row.person_id:
                actor.require(Capability.ASSIGN, place_of(session, row.person_id))
            return queries.scans_of(session, EvidenceScanRow.evidence_id == evidence_id)

    def scan(self, actor: Actor, evidence_id: UUID, scan_id: UUID) -> bytes:
        """Return the bytes of one. Raises NotFound, AssetMissing."""
        for one in self.scans(actor, evidence_id):
            if one.id == scan_id:
                return self._assets.read(one.sha256)
        raise NotFound(_("The scan"))

    def destroy_scans(self, people: Collection[UUID]) -> int:
        """Destroy the scans of papers of people who are erased; return how many lay here (hook of people).

        A page that shows somebody else too, as one of a register does, stays.
        """
        with self._site.read() as session:
            theirs = set(session.scalars(_hashes_of(people, are_theirs=True)))
            others = set(session.scalars(_hashes_of(people, are_theirs=False)))
            hashes = sorted(theirs - others - destroyed_files(session, self._assets))
        if not hashes:
            return 0
        with self._site.transaction(system_actor(), "evidence.destroy-scans") as unit:
            return self._assets.destroy(unit, hashes)


def _hashes_of(people: Collection[UUID], *, are_theirs: bool) -> sa.Select[str]:
    """Select the hashes of scans that belong to some people, or to anybody or anything else."""
    whose = sa.func.coalesce(EvidenceRow.person_id, LegacyRecordRow.person_id)
    theirs = whose.in_(people)
    return (
        sa.select(EvidenceScanRow.sha256)
        .outerjoin(EvidenceRow, EvidenceRow.id == EvidenceScanRow.evidence_id)
        .outerjoin(LegacyRecordRow, LegacyRecordRow.id == EvidenceScanRow.record_id)
        .where(theirs if are_theirs else sa.or_(whose.is_(None), ~theirs))
    )
