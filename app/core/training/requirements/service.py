"""Keeping requirements: adding, saying what they ask for from a day on, retiring them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import Step, keep_decision
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.paging import has_words
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import NotSigned, Undersigned
from app.core.training.errors import (
    NotPublished,
    RequirementCodeTaken,
    TrainingRefused,
    WordingsOutdated,
)
from app.core.training.kinds import RequirementType
from app.core.training.models import (
    LegalReferenceRow,
    RequirementRow,
    RequirementTermsRow,
)
from app.core.training.requirements import queries
from app.core.training.requirements.checks import (
    check_law,
    check_terms,
    clean_code,
    clean_text,
    clean_titles,
    clean_wording,
    clean_wordings,
)
from app.core.training.requirements.linking import say_links
from app.core.training.requirements.types import (
    LegalReference,
    NewRequirement,
    RequirementChange,
    RequirementDetail,
    RequirementSummary,
)
from app.core.training.terms import Terms

WordsToSign = Callable[[Session, Actor, UUID, date | None, str], str]


class Requirements:
    """What people must hold. Who may: holders of ASSIGN for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.on_retired: list[Callable[[Unit, Actor, UUID, str], object]] = []
        """Called with what is asked for no more from today on, and why, in the unit that says so."""
        self.on_brought_back: list[Callable[[Unit, Actor, UUID], int]] = []
        """Called with what is asked for again, in the unit that says so; each returns of how many people."""
        self.on_changed: list[Callable[[Unit, Actor, UUID], object]] = []
        """Called with a requirement of which terms or links changed, within the unit of work."""
        self.words_to_sign: list[WordsToSign] = []
        """Each tells what is signed when a requirement is retired from a day on, or brought back (no day)."""

    def all(self, actor: Actor, text: str = "") -> tuple[RequirementSummary, ...]:
        """Return every requirement by title; with `text` only those that have its words."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            found = queries.summaries(session, self._today())
        return tuple(one for one in found if has_words(f"{one.code} {one.title}", text))

    def lacking_last_day(self, actor: Actor) -> tuple[str, ...]:
        """Return the titles of what is valid until a day that is near or over, with no later one said.

        From the day after nobody can hold it: somebody has to say a new last day, or to retire it.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return tuple(queries.lacking_last_day(session, self._today()))

    def detail(self, actor: Actor, requirement_id: UUID) -> RequirementDetail:
        """Return a requirement with everything that is said of it. Raises NotFound."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            row = queries.by_id(session, requirement_id)
            terms = queries.all_terms(session, [row.id]).get(row.id, [])
            return RequirementDetail(
                summary=queries.summary(
                    row,
                    terms,
                    queries.open_assignments(session, row.id),
                    self._today(),
                    awaits=queries.awaits_publishing(session, row),
                ),
                description=row.description,
                titles=row.titles or {},
                wording=row.wording,
                wordings=row.wordings or {},
                all_terms=tuple(terms),
                links=queries.links_of(session, row.id),
                laws=queries.laws_of(session, row.id),
            )

    def coded(self, actor: Actor, code: str) -> RequirementDetail:
        """Return the requirement with a code. Raises NotFound, NotOne."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            found = queries.by_code(session, clean_code(code)).id
        return self.detail(actor, found)

    def add(self, actor: Actor, new: NewRequirement) -> UUID:
        """Add a requirement. Raises RequirementCodeTaken, TrainingRefused."""
        actor.require(Capability.ASSIGN)
        code, title = clean_code(new.code), clean_text(new.title, what=_("The title"))
        if new.type is RequirementType.COURSE:
            raise TrainingRefused(
                _("A course can be assigned as soon as it is published."),
                _("Publish the course; then change here what it asks for."),
            )
        check_terms(new.terms, new.type, self._today())
        wording = clean_wording(new.wording, new.type)
        with self._site.transaction(actor, "requirement.add") as unit:
            unit.take_turn("requirements")
            taken = sa.select(RequirementRow.id).where(RequirementRow.code == code)
            if unit.scalars(taken).first() is not None:
                raise RequirementCodeTaken(code)
            row = RequirementRow(
                code=code,
                title=title,
                type=new.type,
                description=clean_text(new.description, what=_("The description"), required=False),
                wording=wording,
            )
            unit.add(row)
            unit.flush()
            say_terms(unit, row.id, new.terms)
        return row.id

    def change(
        self, actor: Actor, requirement_id: UUID, change: RequirementChange, reason: str = ""
    ) -> None:
        """Say something else of a requirement. Raises NotFound, Loop, LoopWaits, TrainingRefused.

        What is assigned already keeps its due date.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "requirement.change", reason=reason) as unit:
            unit.take_turn("requirements")
            row = queries.by_id(unit, requirement_id)
            if change.title is not None:
                self._call(row, change.title)
            if change.titles is not None:
                self._call_in_languages(row, change.titles)
            _say_wording(row, change)
            if change.description is not None:
                row.description = clean_text(
                    change.description, what=_("The description"), required=False
                )
            if change.terms is not None:
                check_terms(change.terms, row.type, self._today())
                say_terms(unit, row.id, change.terms)
            for kind, wanted in change.links.items():
                say_links(unit, row.id, kind, wanted, self._today())
            if change.terms is not None or change.links:
                for act in self.on_changed:
                    act(unit, actor, row.id)
            if change.laws is not None:
                _keep_laws(unit, row.id, change.laws)

    def text_to_sign(self, actor: Actor, requirement_id: UUID, on: date | None, reason: str) -> str:
        """Return the words that are signed when it is retired from a day on, or brought back (no day).

        "" where nothing is signed. Raises NotFound, and what tells them does.
        """
        actor.require(Capability.ASSIGN)
        with self._site.read() as session:
            queries.by_id(session, requirement_id)
            return self._words(session, actor, requirement_id, on, reason)

    def retire(
        self,
        actor: Actor,
        requirement_id: UUID,
        on: date,
        reason: str = "",
        signed: Undersigned | None = None,
    ) -> None:
        """Ask for a requirement no more from a day on: what is open ends then, who holds it keeps it.

        Signed where there are words for it (`text_to_sign`). Raises NotFound, TrainingRefused for a day in
        the past, NotSigned, ReadOtherwise, ReasonMissing, and what signing does.
        """
        actor.require(Capability.ASSIGN)
        if on < self._today():
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        with self._site.transaction(actor, "requirement.retire", reason=reason) as unit:
            row = queries.by_id(unit, requirement_id)
            self._sign(unit, actor, row.id, on, reason, signed)
            row.retired_on = on
            unit.flush()
            for act in self.on_retired if on <= self._today() else ():
                act(unit, actor, row.id, " ".join(reason.split()))

    def bring_back(
        self,
        actor: Actor,
        requirement_id: UUID,
        reason: str = "",
        signed: Undersigned | None = None,
    ) -> int:
        """Let a retired requirement be assigned again; signed as `retire` is. Return who has it to do again.

        That is who had it when it ended, and has not left: they get the next cycle, which what they hold meets.
        Raises NotPublished, and as that.
        """
        actor.require(Capability.ASSIGN)
        with self._site.transaction(actor, "requirement.bring-back", reason=reason) as unit:
            row = queries.by_id(unit, requirement_id)
            if queries.awaits_publishing(unit, row):
                raise NotPublished(row.title)
            self._sign(unit, actor, row.id, None, reason, signed)
            row.retired_on = None
            unit.flush()
            return sum(act(unit, actor, row.id) for act in self.on_brought_back)

    def _words(
        self, session: Session, actor: Actor, requirement_id: UUID, on: date | None, reason: str
    ) -> str:
        told = (each(session, actor, requirement_id, on, reason) for each in self.words_to_sign)
        return "\n".join(filter(None, told))

    def _sign(
        self,
        unit: Unit,
        actor: Actor,
        requirement_id: UUID,
        on: date | None,
        reason: str,
        signed: Undersigned | None,
    ) -> None:
        """Keep the signature where there are words for it. Raises NotSigned, ReadOtherwise, and what signing does."""
        words = self._words(unit, actor, requirement_id, on, reason)
        if not words:
            return
        if signed is None:
            raise NotSigned
        step = Step.WITHDRAWN if on is None else Step.RETIRED
        subject, now = queries.requirement_subject(requirement_id), self._site.clock.now()
        keep_decision(unit, actor, subject, step, signed, words=words, reason=reason, now=now)

    def _call(self, row: RequirementRow, untrusted_title: str) -> None:
        title = clean_text(untrusted_title, what=_("The title"))
        if row.type is RequirementType.COURSE and title != row.title:
            raise TrainingRefused(
                _("A course is called as its newest version is."),
                _("Change the title in the course and publish it."),
            )
        row.title = title

    def _call_in_languages(self, row: RequirementRow, untrusted_titles: Mapping[str, str]) -> None:
        titles = clean_titles(untrusted_titles)
        if titles and row.type is RequirementType.COURSE:
            raise TrainingRefused(
                _("A course is called as its newest version is."),
                _("Change the title in the course and publish it."),
            )
        if titles != (row.titles or {}):
            row.titles = titles

    def _today(self) -> date:
        return local_day(self._site.clock)


def _say_wording(row: RequirementRow, change: RequirementChange) -> None:
    """Write what is declared from now on, where that is another one: what was declared keeps its words.

    Raises WordingsOutdated where other languages would go on saying what it was.
    """
    before = row.wordings or {}
    wording, wordings = row.wording, before
    if change.wording is not None:
        wording = clean_wording(change.wording, row.type)
    if change.wordings is not None:
        wordings = clean_wordings(change.wordings, row.type)
    if wording and wording != row.wording and not change.wordings_hold:
        left = [code for code, text in wordings.items() if before.get(code) == text]
        if left:
            raise WordingsOutdated(left)
    if wording != row.wording:
        row.wording = wording
    if wordings != before:
        row.wordings = wordings


def say_terms(unit: Unit, requirement_id: UUID, terms: Terms) -> None:
    """Write terms, or correct those that begin on the same day."""
    there = unit.scalars(
        sa.select(RequirementTermsRow).where(
            RequirementTermsRow.requirement_id == requirement_id,
            RequirementTermsRow.from_on == terms.from_on,
        )
    ).one_or_none()
    row = there or RequirementTermsRow(requirement_id=requirement_id)
    for name in queries.TERMS:
        if there is None or getattr(row, name) != getattr(terms, name):
            setattr(row, name, getattr(terms, name))
    unit.add(row)
    unit.flush()


def _keep_laws(unit: Unit, requirement_id: UUID, laws: Iterable[LegalReference]) -> None:
    wanted = [check_law(one) for one in laws]
    kept = {one.id for one in wanted}
    rows = unit.scalars(
        sa.select(LegalReferenceRow).where(
            LegalReferenceRow.requirement_id == requirement_id,
            LegalReferenceRow.removed.is_(False),
        )
    ).all()
    for one in rows:
        if one.id not in kept:
            one.removed = True
    known = {one.id: one for one in rows}
    for law in wanted:
        row = None if law.id is None else known.get(law.id)
        if row is None:
            row = LegalReferenceRow(requirement_id=requirement_id)
        row.act, row.clause, row.from_on, row.to_on = law.act, law.clause, law.from_on, law.to_on
        unit.add(row)
    unit.flush()
