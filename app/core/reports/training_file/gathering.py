"""Gathering what is enclosed: the job descriptions of somebody's job roles, and their papers, as of a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.figures import day as day_in_words
from app.core.base.figures import moment
from app.core.base.words import _
from app.core.content import AssetMissing, AssetStore
from app.core.people import called, roles_held
from app.core.people.models import JobRoleRow
from app.core.people.papers import PAPER_KINDS, PaperKind, PersonPaper, papers_of
from app.core.people.papers.models import PersonPaperRow
from app.core.reports.training_file.types import Enclosure
from app.core.storage.columns import Day
from app.core.training.controlled import JobDescription, acknowledged_by, descriptions_of
from app.core.training.controlled import called as called_document


def job_descriptions(
    session: Session, assets: AssetStore, person_id: UUID, on: date, language: str
) -> list[Enclosure]:
    """Return what describes each job role that somebody has on a day, the main one first.

    A role that nothing describes has a line, too. The file is the one that they acknowledged, else
    that in a language.
    """
    roles = _roles_on(session, person_id, on)
    described = descriptions_of(session, list(roles), on) if roles else {}
    return [
        _description(session, assets, person_id, (title, described.get(role)), language)
        for role, title in roles.items()
    ]


def personal_papers(session: Session, person_id: UUID) -> list[Enclosure]:
    """Return the papers of somebody that stand, by kind; that there is no CV is said."""
    standing = [one for one in papers_of(session, person_id) if one.stands]
    contents = _contents(session, (one.id for one in standing))
    made = [
        Enclosure(title=one.called, about=_about(one), content=contents[one.id], sha256=one.sha256)
        for one in standing
    ]
    if all(one.kind is not PaperKind.CV for one in standing):
        none = Enclosure(title=_(PAPER_KINDS[PaperKind.CV]), about=_("None is kept."))
        return [none, *made]
    return made


def _roles_on(session: Session, person_id: UUID, on: date) -> dict[UUID, str]:
    """Return the job roles of somebody on a day with what each is called, the main one first."""
    found: dict[UUID, str] = {}
    for held in roles_held(sa.literal(on, Day)):
        rows = held.subquery()
        named = (
            sa.select(JobRoleRow.id, called(JobRoleRow))
            .join(rows, rows.c.job_role_id == JobRoleRow.id)
            .where(rows.c.person_id == person_id)
        )
        some = {role: title for role, title in session.execute(named) if role not in found}
        found.update(sorted(some.items(), key=lambda one: one[1]))
    return found


def _description(
    session: Session,
    assets: AssetStore,
    person_id: UUID,
    role: tuple[str, JobDescription | None],
    language: str,
) -> Enclosure:
    called_role, one = role
    title = _("Job description: {role}").format(role=called_role)
    if one is None:
        return Enclosure(title=title, about=_("No document describes this job role."))
    revision = one.revision
    if revision is None:
        return Enclosure(title=title, about=_not_in_force(one))
    read = acknowledged_by(session, person_id, revision.id)
    file = revision.file_in(language if read is None else read.language)
    about = _("{document}, {title}, in force since {day}").format(
        document=called_document(one.number, revision.label),
        title=one.title,
        day=day_in_words(revision.effective_from),
    )
    if read is not None:
        about += " · " + _("acknowledged {moment}").format(moment=moment(read.at))
    try:
        content = assets.read(file.sha256)
    except AssetMissing:
        missing = _("The file is not on this PC yet.")
        return Enclosure(title=title, about=f"{about}. {missing}", sha256=file.sha256)
    return Enclosure(title=title, about=about, content=content, sha256=file.sha256)


def _not_in_force(one: JobDescription) -> str:
    if one.retired_on is not None:
        words = _("{document}, {title}, was retired on {day}.")
        return words.format(document=one.number, title=one.title, day=day_in_words(one.retired_on))
    words = _("No revision of {document}, {title}, is in force.")
    return words.format(document=one.number, title=one.title)


def _about(one: PersonPaper) -> str:
    parts = []
    if one.dated_on is not None:
        parts.append(_("of {day}").format(day=day_in_words(one.dated_on)))
    put = _("put there {moment} by {name}") if one.by_name else _("put there {moment}")
    parts.append(put.format(moment=moment(one.at), name=one.by_name))
    return " · ".join((one.file_name, *parts))


def _contents(session: Session, paper_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    row = PersonPaperRow
    rows = session.execute(sa.select(row.id, row.content).where(row.id.in_(list(paper_ids))))
    return {paper_id: bytes(content) for paper_id, content in rows}
