"""Who wrote what a course's draft says: read off the journal, which nobody can leave themselves out of."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.journal import written_of


def authors_of_draft(session: Session, course_id: UUID) -> frozenset[UUID]:
    """Return the accounts that wrote since there was no draft last. The index of mentions is up to date.

    What came from another site counts as well; what the program did of itself has no author.
    """
    authors: set[UUID] = set()
    for actor, written in written_of(session, course_id):
        if "draft" not in written.columns:
            continue
        if written.columns["draft"][1] is None:
            authors.clear()
        elif actor is not None:
            authors.add(actor)
    return frozenset(authors)
