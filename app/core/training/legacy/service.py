"""Training from before this program: look at a list, bring it in, sign it, or take it back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.garbage import collector_resting
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.content import AssetStore, Staging
from app.core.egress import Document
from app.core.journal import Site, Unit
from app.core.people import is_own, place_of
from app.core.signatures import Meaning, Undersigned
from app.core.spreadsheets import GivenFile, read_sheets
from app.core.training.crediting import Met
from app.core.training.errors import ReasonNeeded
from app.core.training.legacy import queries
from app.core.training.legacy.counting import count_in, count_what_waited, met_by, waits_of
from app.core.training.legacy.errors import (
    BatchAnswered,
    BatchChanged,
    BatchOfOwn,
    LegacyDaysUnclear,
    NothingToBringIn,
)
from app.core.training.legacy.fields import LegacyMapping
from app.core.training.legacy.hashing import hash_of_rows
from app.core.training.legacy.mending import rejected_file
from app.core.training.legacy.models import (
    EvidenceScanRow,
    LegacyBatchRow,
    LegacyRecordRow,
    LegacyVerdictRow,
)
from app.core.training.legacy.planning import plan_of, refuse_outdated, sha256_of
from app.core.training.legacy.reading import (
    columns_of_unknown,
    found_again,
)
from app.core.training.legacy.scans import keep_scan, matched, media_type_of
from app.core.training.legacy.types import (
    BatchDetail,
    BatchState,
    BatchSummary,
    BroughtIn,
    LegacyColumn,
    LegacyPlan,
    OldRecord,
    OldTraining,
    Scan,
)
from app.core.training.requirements.checks import clean_text

_TURN = "old training"
_SHOWN_ROWS = 200


class Legacy:
    """Takes old training over. Who may: holders of ASSIGN for the whole site; one brings in, another signs."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets

    def columns(self, actor: Actor, given: GivenFile) -> tuple[LegacyColumn, ...]:
        """Return what seem to be the columns of a list that nobody told how to read.

        Raises FileUnreadable.
        """
        actor.require(Capability.ASSIGN)
        return columns_of_unknown(read_sheets(given.content))

    def look(
        self, actor: Actor, given: GivenFile, mapping: LegacyMapping | None = None
    ) -> LegacyPlan:
        """Say what bringing a list in would do, and change nothing.

        Without a mapping that of the newest list with such headings is taken. Raises FileUnreadable,
        MissingColumns.
        """
        actor.require(Capability.ASSIGN)
        with collector_resting():
            table = read_sheets(given.content)
            with self._site.read() as session:
                told = mapping or found_again(queries.kept_mappings(session), table)
                today = local_day(self._site.clock)
                before = queries.title_of_same_file(session, actor, sha256_of(given))
                return plan_of(session, given, table, told, today=today, before=before)

    def rejected(self, actor: Actor, plan: LegacyPlan) -> Document:
        """Return the rows that were not taken as a list to mend."""
        actor.require(Capability.ASSIGN)
        return rejected_file(plan)

    def bring_in(
        self,
        actor: Actor,
        plan: LegacyPlan,
        *,
        title: str = "",
        note: str = "",
        scans: Sequence[GivenFile] = (),
    ) -> BroughtIn:
        """Keep what can be taken, in one entry; it counts once somebody else has signed it.

        Raises NothingToBringIn, LegacyDaysUnclear, NoScan, and LegacyOutdated where the site changed
        since the look.
        """
        actor.require(Capability.ASSIGN)
        if plan.open_day:
            raise LegacyDaysUnclear(plan.open_day)
        if not plan.rows:
            raise NothingToBringIn
        title = clean_text(
            title or PurePath(plan.file_name).stem, what=_("The title"), required=True
        )
        note = clean_text(note, what=_("The note"), required=False)
        for scan in scans:
            media_type_of(scan)
        with collector_resting(), self._assets.staging() as staging:
            for scan in scans:
                staging.keep(scan.content)
            with self._site.transaction(actor, "legacy.bring-in", reason=title) as unit:
                unit.take_turn(_TURN)
                refuse_outdated(unit, plan, local_day(self._site.clock))
                batch = self._batch(actor, plan, title, note)
                unit.add(batch)
                unit.flush()
                ids = _keep_rows(unit, batch.id, plan.rows)
                brought = self._keep_scans(unit, staging, actor, plan.rows, ids, batch.id, scans)
                staging.settle()
        return brought

    def add_scan(self, actor: Actor, batch_id: UUID, scan: GivenFile) -> None:
        """Keep one more scan with a batch that was not signed yet. Raises BatchAnswered, NoScan."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "legacy.add-scan", reason=scan.name) as unit:
            self._waiting(unit, actor, batch_id)
            now = self._site.clock.now()
            keep_scan(unit, self._assets, actor, scan, now, batch_id=batch_id)

    def batches(self, actor: Actor) -> tuple[BatchSummary, ...]:
        """Return every batch, the newest first."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            return queries.summaries(session, actor)

    def batch(self, actor: Actor, batch_id: UUID) -> BatchDetail:
        """Return a batch in full, with the text that is signed. Raises NotFound."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            found = queries.detail(session, actor, batch_id)
            return replace(found, waits=waits_of(session, batch_id, local_day(self._site.clock)))

    def rows(self, actor: Actor, batch_id: UUID, limit: int = _SHOWN_ROWS) -> tuple[OldRecord, ...]:
        """Return the first rows of a batch."""
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            of_batch = LegacyRecordRow.batch_id == batch_id
            return queries.records(session, of_batch, limit=limit)

    def of_person(self, actor: Actor, person_id: UUID) -> tuple[OldRecord, ...]:
        """Return somebody's old training, signed or not; everybody may ask for their own."""
        with self._site.read() as session:
            if actor.person_id != person_id:
                actor.require(Capability.ASSIGN, place_of(session, person_id))
            return queries.records(session, LegacyRecordRow.person_id == person_id)

    def scan(self, actor: Actor, scan_id: UUID) -> tuple[Scan, bytes]:
        """Return a scan and its bytes. Raises NotFound, AssetMissing."""
        actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            (found,) = queries.scans_of(session, EvidenceScanRow.id == scan_id)
        return found, self._assets.read(found.sha256)

    def sign(self, actor: Actor, batch_id: UUID, signed: Undersigned, reason: str = "") -> int:
        """Let a batch count, signed once for all its rows; return how many requirements were met.

        What comes after something that is not held counts when that is (`begin_day`).
        The signature is bound to the batch, whose hash covers the rows. Raises NotFound,
        BatchAnswered, BatchOfOwn, BatchChanged, and what signing does.
        """
        actor.require(Capability.ASSIGN)
        with (
            collector_resting(),
            self._site.transaction(actor, "legacy.sign", reason=reason) as unit,
        ):
            batch = self._waiting(unit, actor, batch_id)
            rows = queries.rows_of_batch(unit, batch_id)
            if len(rows) != batch.rows_taken or hash_of_rows(rows) != batch.rows_sha256:
                raise BatchChanged
            own = actor.person_id is not None and any(
                row.person_id == actor.person_id for row in rows
            )
            if own or is_own(unit, actor, [batch.by]):
                raise BatchOfOwn
            words, now = queries.detail(unit, actor, batch_id).text, self._site.clock.now()
            count = count_in(unit, actor, self._fresh(unit, batch_id, rows), now)
            unit.add(self._verdict(actor, batch_id, reason, met=count, is_accepted=True))
            signed.sign(unit, batch, Meaning.CONFIRMED, words, reason)
        return count

    def begin_day(self, unit: Unit, actor: Actor) -> int:
        """Let count what waited for something that comes first (hook of training); return how many rows."""
        return count_what_waited(unit, actor, self._site.clock.now())

    def take_back(self, actor: Actor, batch_id: UUID, reason: str) -> None:
        """Let a batch count for nothing, before it is signed. Raises BatchAnswered, ReasonNeeded."""
        actor.require(Capability.ASSIGN)
        if not reason.split():
            raise ReasonNeeded
        with self._site.transaction(actor, "legacy.take-back", reason=reason) as unit:
            self._waiting(unit, actor, batch_id)
            unit.add(self._verdict(actor, batch_id, reason, met=0, is_accepted=False))

    def _batch(self, actor: Actor, plan: LegacyPlan, title: str, note: str) -> LegacyBatchRow:
        return LegacyBatchRow(
            title=title,
            file_name=plan.file_name,
            file_sha256=plan.file_sha256,
            encoding=plan.encoding,
            mapping=queries.plain(plan.mapping),
            rows_read=plan.rows_read,
            rows_taken=len(plan.rows),
            rows_rejected=len(plan.troubles),
            rejected=[[one.sheet, one.line, one.reason] for one in plan.troubles],
            rows_sha256=hash_of_rows(plan.rows),
            note=note,
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )

    def _keep_scans(
        self,
        unit: Unit,
        staging: Staging,
        actor: Actor,
        rows: Sequence[OldTraining],
        ids: Sequence[UUID],
        batch_id: UUID,
        scans: Sequence[GivenFile],
    ) -> BroughtIn:
        now, count = self._site.clock.now(), 0
        of_batch: list[str] = []
        for scan, places in matched(rows, scans):
            count += bool(places)
            if not places:
                of_batch.append(scan.name)
            for record_id in _ids_of(places, ids):
                keep_scan(unit, staging, actor, scan, now, batch_id=batch_id, record_id=record_id)
        unit.flush()
        return BroughtIn(batch_id, len(rows), count, tuple(of_batch))

    def _waiting(self, unit: Unit, actor: Actor, batch_id: UUID) -> LegacyBatchRow:
        unit.take_turn(_TURN)
        row = queries.batch_row(unit, batch_id)
        if queries.summary(unit, actor, row).state is not BatchState.WAITING:
            raise BatchAnswered
        return row

    def _fresh(self, unit: Unit, batch_id: UUID, rows: Sequence[LegacyRecordRow]) -> list[Met]:
        """Return what rows meet, but for what another signed batch has met already."""
        met_before = queries.signed_keys(unit, batch_id)
        fresh = (
            row
            for row in rows
            if (row.person_id, row.requirement_id, row.trained_on) not in met_before
        )
        return met_by(fresh, self._site.clock.now())

    def _verdict(
        self, actor: Actor, batch_id: UUID, reason: str, *, met: int, is_accepted: bool
    ) -> LegacyVerdictRow:
        return LegacyVerdictRow(
            batch_id=batch_id,
            is_accepted=is_accepted,
            credits=met,
            reason=" ".join(reason.split()),
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )


def _keep_rows(unit: Unit, batch_id: UUID, rows: Sequence[OldTraining]) -> list[UUID]:
    """Keep the rows of a batch; return their ids in the same order."""
    ids = [new_id() for _row in rows]
    unit.insert_many(
        LegacyRecordRow,
        ({"id": key, **_record(batch_id, row)} for key, row in zip(ids, rows, strict=True)),
    )
    return ids


def _record(batch_id: UUID, row: OldTraining) -> dict[str, object]:
    return {
        "batch_id": batch_id,
        "sheet": row.sheet,
        "line": row.line,
        "person_id": row.person_id,
        "requirement_id": row.requirement_id,
        "trained_on": row.trained_on,
        "valid_until": row.valid_until,
        "score": row.score,
        "trainer": row.trainer,
        "source": row.source,
    }


def _ids_of(places: Sequence[int], ids: Sequence[UUID]) -> tuple[UUID | None, ...]:
    """Return the rows that a scan belongs to; None alone where it is of the whole batch."""
    return tuple(ids[at] for at in places) or (None,)
