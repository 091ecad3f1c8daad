"""Keeping forms of practicals: drafting, importing, publishing."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.ids import new_id
from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Site, Unit
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import RequirementType
from app.core.training.models import RequirementRow
from app.core.training.practicals.errors import FormIncomplete
from app.core.training.practicals.forms import (
    FormContent,
    digest_of_form,
    drafting_problems,
    from_json,
    publishing_problems,
    to_json,
    with_kept_keys,
)
from app.core.training.practicals.models import PracticalFormRow, PracticalVersionRow
from app.core.training.practicals.pictures import keep_picture
from app.core.training.practicals.register_queries import qualified_on
from app.core.training.practicals.types import FormDetail, FormSummary, PublishedForm
from app.core.training.requirements.queries import by_code, by_id


class Forms:
    """What is done and watched in a practical. Who may: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site, assets: AssetStore | None = None) -> None:
        self._site = site
        self._assets = assets

    def all(self, actor: Actor) -> tuple[FormSummary, ...]:
        """Return every requirement of type practical, with its form, by title."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return tuple(_summary(session, row, self._today()) for row in _practicals(session))

    def detail(self, actor: Actor, requirement_id: UUID) -> FormDetail:
        """Return the form of a requirement with what is being worked on. Raises NotFound."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return _detail(session, _practical(session, requirement_id), self._today())

    def coded(self, actor: Actor, code: str) -> FormDetail:
        """Return the form of the requirement with a code. Raises NotFound, NotOne."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = by_code(session, code.strip().upper())
            return _detail(session, _practical(session, row.id), self._today())

    def save_draft(self, actor: Actor, requirement_id: UUID, content: FormContent) -> None:
        """Keep what is being worked on. Raises FormIncomplete for what cannot be kept."""
        actor.require(Capability.ASSIGN)
        if problems := drafting_problems(content):
            raise FormIncomplete(problems)
        with self._site.transaction(actor, "practical-form.edit") as unit:
            keep_draft(unit, _practical(unit, requirement_id), content)

    def import_draft(self, actor: Actor, requirement_id: UUID, content: FormContent) -> None:
        """Let a form out of a file be the draft; steps that are there already stay the same steps."""
        before = self.detail(actor, requirement_id).draft
        named = content if content.title.strip() else replace(content, title=before.title)
        self.save_draft(actor, requirement_id, with_kept_keys(named, before))

    def discard_draft(self, actor: Actor, requirement_id: UUID) -> None:
        """Go back to the version in force."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "practical-form.discard-draft") as unit:
            row = form_row(unit, _practical(unit, requirement_id).id)
            if row is not None and row.current_version_id is not None:
                row.draft = None
                row.title = unit.get_one(PracticalVersionRow, row.current_version_id).title

    def publish(self, actor: Actor, requirement_id: UUID, note: str = "") -> int:
        """Make the draft the version that is watched by from now on; return its number.

        Raises FormIncomplete, TrainingRefused where there is nothing new.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "practical-form.publish", reason=note) as unit:
            row = form_row(unit, _practical(unit, requirement_id).id)
            if row is None or row.draft is None:
                raise _nothing_new()
            unit.take_turn("practical form", row.id)
            content = from_json(row.draft)
            if problems := publishing_problems(content):
                raise FormIncomplete(problems)
            self._require_pictures(unit, content)
            return self._write_version(unit, actor, row, content, note)

    def require_of_assessors(
        self, actor: Actor, requirement_id: UUID, held_id: UUID | None, reason: str = ""
    ) -> None:
        """Say what somebody must hold themselves to assess this; None: nothing."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "practical-form.ask-assessors", reason=reason) as unit:
            requirement = _practical(unit, requirement_id)
            if held_id is not None:
                by_id(unit, held_id)
            row = form_row(unit, requirement.id)
            if row is None:
                row = _begun(unit, requirement, FormContent(title=requirement.title))
            row.assessor_holds_id = held_id

    def keep_picture(self, actor: Actor, untrusted: bytes, name: str) -> str:
        """Keep a picture for a step; return its SHA-256. Raises TrainingRefused for what is none."""
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "practical-form.keep-picture") as unit:
            return keep_picture(unit, self._assets, untrusted, name)

    def _write_version(
        self, unit: Unit, actor: Actor, row: PracticalFormRow, content: FormContent, note: str
    ) -> int:
        document = to_json(content)
        digest = digest_of_form(document)
        current = (
            unit.get(PracticalVersionRow, row.current_version_id)
            if row.current_version_id is not None
            else None
        )
        if current is not None and current.sha256 == digest:
            raise _nothing_new()
        newest = sa.select(sa.func.max(PracticalVersionRow.number)).where(
            PracticalVersionRow.form_id == row.id
        )
        version = PracticalVersionRow(
            id=new_id(),
            form_id=row.id,
            number=(unit.scalar(newest) or 0) + 1,
            title=content.title,
            content=document,
            sha256=digest,
            published_at=self._site.clock.now(),
            published_by=actor.account_id,
            note=" ".join(note.split()),
        )
        unit.add(version)
        row.draft, row.title, row.current_version_id = None, content.title, version.id
        unit.flush()
        return version.number

    def _require_pictures(self, session: Session, content: FormContent) -> None:
        named = {step.picture for step in content.steps if step.picture}
        if not named or self._assets is None:
            return
        if named - self._assets.stored(session, named).keys():
            raise FormIncomplete((_("A picture of the form is missing."),))

    def _today(self) -> date:
        return local_day(self._site.clock)


def form_row(session: Session, requirement_id: UUID) -> PracticalFormRow | None:
    """Return the form of a requirement, if it has one."""
    return session.scalars(
        sa.select(PracticalFormRow).where(PracticalFormRow.requirement_id == requirement_id)
    ).one_or_none()


def keep_draft(unit: Unit, requirement: RequirementRow, content: FormContent) -> None:
    """Keep a draft of a requirement's form, which begins with it."""
    row = form_row(unit, requirement.id)
    if row is None:
        _begun(unit, requirement, content)
        return
    row.draft = to_json(content)
    if row.current_version_id is None:
        row.title = content.title


def published(session: Session, requirement_id: UUID) -> PublishedForm | None:
    """Return the form by which a practical is watched now."""
    row = form_row(session, requirement_id)
    if row is None or row.current_version_id is None:
        return None
    return _version(session.get_one(PracticalVersionRow, row.current_version_id))


def versions_named(session: Session, ids: Collection[UUID]) -> dict[UUID, PublishedForm]:
    """Return versions of forms by their ids."""
    rows = session.scalars(
        sa.select(PracticalVersionRow).where(PracticalVersionRow.id.in_(tuple(ids)))
    )
    return {row.id: _version(row) for row in rows}


def _begun(unit: Unit, requirement: RequirementRow, content: FormContent) -> PracticalFormRow:
    row = PracticalFormRow(
        requirement_id=requirement.id, title=content.title, draft=to_json(content)
    )
    unit.add(row)
    unit.flush()
    return row


def _practicals(session: Session) -> list[RequirementRow]:
    return list(
        session.scalars(
            sa.select(RequirementRow)
            .where(RequirementRow.type == RequirementType.PRACTICAL)
            .order_by(RequirementRow.title, RequirementRow.code)
        )
    )


def _practical(session: Session, requirement_id: UUID) -> RequirementRow:
    """Return a requirement of type practical. Raises NotFound, TrainingRefused."""
    row = by_id(session, requirement_id)
    if row.type is not RequirementType.PRACTICAL:
        raise TrainingRefused(
            _("{title} is not a practical.").format(title=row.title),
            _("Add a requirement of the type practical first."),
        )
    return row


def _summary(session: Session, requirement: RequirementRow, today: date) -> FormSummary:
    row = form_row(session, requirement.id)
    current = published(session, requirement.id)
    draft = from_json(row.draft) if row is not None and row.draft is not None else None
    content = current.content if current is not None else draft
    steps = content.steps if content is not None else ()
    return FormSummary(
        requirement_id=requirement.id,
        code=requirement.code,
        title=requirement.title,
        form_id=None if row is None else row.id,
        version=0 if current is None else current.number,
        steps=len(steps),
        critical=sum(step.is_critical for step in steps),
        has_draft=draft is not None,
        published_at=None if current is None else current.published_at,
        assessor_holds=_code_of_held(session, row),
        assessors=len(qualified_on(session, requirement.id, today)),
    )


def _code_of_held(session: Session, row: PracticalFormRow | None) -> str:
    """Return the code of what assessors have to hold themselves; "" where that is nothing."""
    if row is None or row.assessor_holds_id is None:
        return ""
    return by_id(session, row.assessor_holds_id).code


def _detail(session: Session, requirement: RequirementRow, today: date) -> FormDetail:
    row = form_row(session, requirement.id)
    current = published(session, requirement.id)
    draft = FormContent(title=requirement.title)
    if row is not None and row.draft is not None:
        draft = from_json(row.draft)
    elif current is not None:
        draft = current.content
    versions = () if row is None else _versions(session, row.id)
    return FormDetail(
        summary=_summary(session, requirement, today),
        draft=draft,
        versions=versions,
        problems=publishing_problems(draft),
    )


def _versions(session: Session, form_id: UUID) -> tuple[PublishedForm, ...]:
    rows = session.scalars(
        sa.select(PracticalVersionRow)
        .where(PracticalVersionRow.form_id == form_id)
        .order_by(PracticalVersionRow.published_at.desc(), PracticalVersionRow.id.desc())
    )
    return tuple(map(_version, rows))


def _version(row: PracticalVersionRow) -> PublishedForm:
    return PublishedForm(
        id=row.id,
        number=row.number,
        content=from_json(row.content),
        sha256=row.sha256,
        published_at=row.published_at,
    )


def _nothing_new() -> TrainingRefused:
    return TrainingRefused(
        _("There is nothing new to publish in this form."), _("Change the draft first.")
    )
