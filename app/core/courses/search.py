"""Full-text search over published courses: titles, pages, captions and PDFs.

The index is local: never journalled, rebuilt at any time. In SQLite it is an FTS5 table over
`search_text`, made on first use; PostgreSQL searches the same table with ILIKE.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.progress import Progress
from app.core.content import (
    PACKAGE_TYPE,
    AssetMissing,
    AssetStore,
    PackageUnreadable,
    SearchableText,
    StoredAsset,
    searchable_package,
    searchable_text,
)
from app.core.courses.finding import find_by_index, find_by_likeness
from app.core.courses.models import (
    CourseRow,
    CourseVersionRow,
    SearchPlaceRow,
    SearchTextRow,
)
from app.core.courses.outline import LessonPlan, Outline, assets_of, from_json
from app.core.courses.search_schema import TextSource, drop_index, ensure_index, words_in
from app.core.courses.types import CourseHits
from app.core.journal import Site
from app.core.storage.tables import table_of

LEAST_LETTERS = 2
_ROWS_AT_ONCE = 200

_TEXT, _PLACE = table_of(SearchTextRow), table_of(SearchPlaceRow)


_SOURCES = {
    "text/html": TextSource.PAGE,
    PACKAGE_TYPE: TextSource.PAGE,
    "text/vtt": TextSource.CAPTIONS,
    "application/x-subrip": TextSource.CAPTIONS,
    "application/pdf": TextSource.DOCUMENT,
}


class CourseIndex:
    """Keeps the words of courses, and finds them."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets
        ensure_index(site.database)

    def take_in(self, hashes: Iterable[str], progress: Progress) -> None:
        """Read the words of stored files that were not read before. Slow: PDFs take ms a page."""
        with self._site.read() as session:
            new = sorted(set(hashes) - _known(session))
            stored = self._assets.stored(session, new)
        waiting: list[dict[str, object]] = []
        for done, asset in enumerate(stored.values(), start=1):
            progress.step(done, len(stored), asset.name)
            waiting.extend(self._rows_of(asset))
            if len(waiting) >= _ROWS_AT_ONCE or done == len(stored):
                with self._site.database.write() as connection:
                    connection.execute(sa.insert(_TEXT), waiting)
                waiting = []

    def publish(self, connection: sa.Connection, course_id: UUID, outline: Outline) -> None:
        """Let a course be found by its newest version."""
        withdraw(connection, course_id)
        _insert_title(connection, course_id, None, outline.language, outline.title)
        for language, title in outline.titles.items():
            _insert_title(connection, course_id, None, language, title)
        for lesson in outline.lessons:
            _insert_title(connection, course_id, lesson.key, outline.language, lesson.title)
            for language, title in lesson.titles.items():
                _insert_title(connection, course_id, lesson.key, language, title)
            _insert_contents(connection, course_id, lesson)

    def rebuild(self, progress: Progress) -> None:
        """Make the index anew from what is published (after a restore, or when courses arrived)."""
        current = (
            sa.select(CourseVersionRow.course_id, CourseVersionRow.outline)
            .join(CourseRow, CourseRow.current_version_id == CourseVersionRow.id)
            .where(CourseRow.retired_at.is_(None))
        )
        with self._site.read() as session:
            outlines = {
                course_id: from_json(document) for course_id, document in session.execute(current)
            }
        with self._site.database.write() as connection:
            drop_index(connection)
            connection.execute(sa.delete(_PLACE))
            connection.execute(sa.delete(_TEXT))
        ensure_index(self._site.database)
        hashes = {sha256 for outline in outlines.values() for sha256 in assets_of(outline)}
        self.take_in(hashes, progress)
        with self._site.database.write() as connection:
            for course_id, outline in outlines.items():
                self.publish(connection, course_id, outline)

    def search(self, text: str) -> tuple[CourseHits, ...]:
        """Find courses by the words in `text`, the last of which may be unfinished; best first."""
        words = words_in(text)
        if sum(map(len, words)) < LEAST_LETTERS:
            return ()
        with self._site.read() as session:
            find = find_by_index if self._site.database.is_sqlite else find_by_likeness
            return find(session, words)

    def _rows_of(self, asset: StoredAsset) -> list[dict[str, object]]:
        source = _SOURCES.get(asset.media_type, TextSource.DOCUMENT)
        try:
            pieces = self._pieces_of(asset)
        except (AssetMissing, PackageUnreadable):
            pieces = ()
        known = {"asset": asset.sha256, "source": source.value}
        rows: list[dict[str, object]] = [
            {**known, "place": piece.place, "body": unicodedata.normalize("NFC", piece.text)}
            for piece in pieces
        ]
        # A file without words leaves an empty row, so that it is not read again.
        return rows or [{**known, "place": 0, "body": ""}]

    def _pieces_of(self, asset: StoredAsset) -> tuple[SearchableText, ...]:
        if asset.media_type == PACKAGE_TYPE:
            return searchable_package(self._assets, asset.sha256)
        return searchable_text(self._assets.path(asset.sha256), asset.media_type)


def withdraw(connection: sa.Connection, course_id: UUID) -> None:
    """Let a course no longer be found. What was read of its files stays for its next version."""
    titles = connection.scalars(
        sa.select(_TEXT.c.id)
        .join(_PLACE, _PLACE.c.text_id == _TEXT.c.id)
        .where(_PLACE.c.course_id == course_id, _TEXT.c.asset.is_(None))
    ).all()
    connection.execute(sa.delete(_PLACE).where(_PLACE.c.course_id == course_id))
    connection.execute(sa.delete(_TEXT).where(_TEXT.c.id.in_(titles)))


def _insert_title(
    connection: sa.Connection, course_id: UUID, lesson_key: UUID | None, language: str, title: str
) -> None:
    values = {"source": TextSource.TITLE.value, "place": 0}
    body = unicodedata.normalize("NFC", title)
    text_id = connection.execute(
        sa.insert(_TEXT).values(**values, body=body).returning(_TEXT.c.id)
    ).scalar_one()
    connection.execute(
        sa.insert(_PLACE).values(
            text_id=text_id, course_id=course_id, lesson_key=lesson_key, language=language
        )
    )


def _insert_contents(connection: sa.Connection, course_id: UUID, lesson: LessonPlan) -> None:
    spoken = {
        sha256: language
        for variant in lesson.variants
        for sha256, language in (
            (variant.asset, variant.language),
            *((caption.asset, caption.language) for caption in variant.captions),
        )
    }
    texts = connection.execute(
        sa.select(_TEXT.c.id, _TEXT.c.asset).where(_TEXT.c.asset.in_(spoken), _TEXT.c.body != "")
    ).all()
    rows = [
        {
            "text_id": text_id,
            "course_id": course_id,
            "lesson_key": lesson.key,
            "language": spoken[asset],
        }
        for text_id, asset in texts
    ]
    if rows:
        connection.execute(sa.insert(_PLACE), rows)


def _known(session: Session) -> set[str]:
    known = sa.select(SearchTextRow.asset).where(SearchTextRow.asset.is_not(None)).distinct()
    return {sha256 for sha256 in session.scalars(known) if sha256 is not None}


def indexed_words() -> sa.Select[*tuple[Any, ...]]:
    """Return the question for what the index finds where, whatever the rows' own numbers are."""
    return sa.select(
        _PLACE.c.course_id,
        _PLACE.c.lesson_key,
        _PLACE.c.language,
        _TEXT.c.asset,
        _TEXT.c.source,
        _TEXT.c.place,
        _TEXT.c.body,
    ).join(_TEXT, _TEXT.c.id == _PLACE.c.text_id)
