"""Finding words in the course index: the best few places of each course, with the words around."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.courses.models import CourseRow, LessonRow, SearchPlaceRow, SearchTextRow
from app.core.courses.search_schema import TextSource
from app.core.courses.types import CourseHits, SearchHit

HITS_A_COURSE = 5
MAX_HITS = 100
_SNIPPET_WORDS = 14
_SNIPPET_LETTERS = 90

_MATCHES = sa.text("course_search MATCH :words")
_INDEX = sa.table("course_search", sa.column("rowid", sa.Integer()), sa.column("rank", sa.Float()))
_SNIPPET: sa.ColumnElement[str] = sa.literal_column(
    f"snippet(course_search, 0, '', '', '…', {_SNIPPET_WORDS})"
)
_IS_NO_TITLE = sa.case((SearchTextRow.source == TextSource.TITLE.value, 0), else_=1)


@dataclass(frozen=True, slots=True)
class _Found:
    text_id: int
    course_id: UUID
    lesson_key: UUID | None
    source: str
    place: int
    language: str


def find_by_index(session: Session, words: Sequence[str]) -> tuple[CourseHits, ...]:
    """Find with FTS5; the last word may be unfinished."""
    given = {"words": " ".join(f'"{word}"' for word in words) + "*"}
    joined = sa.join(_INDEX, SearchTextRow, SearchTextRow.id == _INDEX.c.rowid)
    found = _best(session, joined, _INDEX.c.rank, [_MATCHES], given)
    ids = {one.text_id for one in found}
    around = sa.select(_INDEX.c.rowid, _SNIPPET).where(_MATCHES, _INDEX.c.rowid.in_(ids))
    snippets: dict[int, str] = dict(iter(session.execute(around, given)))
    return _grouped(session, found, snippets)


def find_by_likeness(session: Session, words: Sequence[str]) -> tuple[CourseHits, ...]:
    """Find where there is no FTS5; words may stand inside others."""
    alike = [SearchTextRow.body.icontains(word, autoescape=True) for word in words]
    found = _best(session, sa.inspect(SearchTextRow).local_table, SearchTextRow.id, alike, {})
    ids = {one.text_id for one in found}
    bodies = sa.select(SearchTextRow.id, SearchTextRow.body).where(SearchTextRow.id.in_(ids))
    snippets = {text_id: cut(body, words[0]) for text_id, body in session.execute(bodies)}
    return _grouped(session, found, snippets)


def cut(body: str, word: str) -> str:
    """Return the words around the first place where `word` stands."""
    at = max(body.casefold().find(word.casefold()), 0)
    start = body.rfind(" ", 0, max(at - _SNIPPET_LETTERS // 2, 0)) + 1
    piece = body[start : start + _SNIPPET_LETTERS]
    before, after = "…" if start else "", "…" if start + len(piece) < len(body) else ""
    return before + piece.strip() + after


def _best(
    session: Session,
    texts: sa.FromClause,
    rank: sa.ColumnElement[float] | sa.SQLColumnExpression[int],
    conditions: Sequence[sa.ColumnElement[bool] | sa.TextClause],
    given: dict[str, str],
) -> list[_Found]:
    """Return the best places of each course; the course with the best of all comes first."""
    ranked = (
        sa.select(
            SearchTextRow.id,
            SearchPlaceRow.course_id,
            SearchPlaceRow.lesson_key,
            SearchTextRow.source,
            SearchTextRow.place,
            SearchPlaceRow.language,
            _IS_NO_TITLE.label("is_no_title"),
            rank.label("rank"),
        )
        .select_from(texts)
        .join(SearchPlaceRow, SearchPlaceRow.text_id == SearchTextRow.id)
        .where(*conditions)
        .subquery()
    )
    order = (ranked.c.is_no_title, ranked.c.rank, ranked.c.id)
    numbered = sa.select(
        ranked,
        sa.func.row_number().over(partition_by=ranked.c.course_id, order_by=order).label("nth"),
    ).subquery()
    best = (
        sa.select(*list(numbered.c)[:6])
        .where(numbered.c.nth <= HITS_A_COURSE)
        .order_by(numbered.c.is_no_title, numbered.c.rank, numbered.c.id)
        .limit(MAX_HITS)
    )
    return [_Found(*row) for row in session.execute(best, given)]


def _grouped(
    session: Session, found: Sequence[_Found], snippets: dict[int, str]
) -> tuple[CourseHits, ...]:
    by_course: dict[UUID, list[_Found]] = {}
    for one in found:
        by_course.setdefault(one.course_id, []).append(one)
    rows = {
        row.id: row
        for row in session.scalars(sa.select(CourseRow).where(CourseRow.id.in_(by_course)))
    }
    lessons = _lessons(session, found)
    return tuple(
        CourseHits(
            course_id=course_id,
            code=rows[course_id].code,
            title=rows[course_id].title,
            hits=tuple(_hit(one, lessons, snippets) for one in hits),
        )
        for course_id, hits in by_course.items()
        if course_id in rows
    )


def _lessons(session: Session, found: Sequence[_Found]) -> dict[UUID, tuple[str, int]]:
    keys = {one.lesson_key for one in found if one.lesson_key is not None}
    statement = (
        sa.select(LessonRow.key, LessonRow.title, LessonRow.position)
        .join(CourseRow, CourseRow.current_version_id == LessonRow.version_id)
        .where(LessonRow.key.in_(keys))
    )
    return {key: (title, position) for key, title, position in session.execute(statement)}


def _hit(
    found: _Found, lessons: dict[UUID, tuple[str, int]], snippets: dict[int, str]
) -> SearchHit:
    no_lesson = ("", 0)
    key = found.lesson_key
    title, position = no_lesson if key is None else lessons.get(key, no_lesson)
    return SearchHit(
        lesson_key=key,
        lesson_title=title,
        position=position,
        source=TextSource(found.source),
        place=found.place,
        language=found.language,
        snippet=snippets.get(found.text_id, ""),
    )
