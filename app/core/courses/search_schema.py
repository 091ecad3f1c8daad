"""The FTS5 table of the course index, and what counts as a word in any script.

Vowel signs and other marks (Mn, Mc) belong to a word: without them सुरक्षा would be found by सेरक.
Zero-width joiners only change how letters are drawn, so they are neither indexed nor searched.
"""

import unicodedata
from enum import StrEnum

import sqlalchemy as sa

from app.core.storage.database import Database


class TextSource(StrEnum):
    """What kind of text was found."""

    TITLE = "title"
    PAGE = "page"
    CAPTIONS = "captions"
    DOCUMENT = "document"


MAX_WORDS = 8
MAX_WORD = 60
_JOINERS = str.maketrans("", "", "\u200c\u200d")
_OF_A_WORD = frozenset({"Co", "Mn", "Mc"})

_TABLE = """CREATE VIRTUAL TABLE course_search USING fts5(
    body, content='search_text', content_rowid='id', prefix='2 3',
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")"""
_INSERTED = """CREATE TRIGGER index_search_text AFTER INSERT ON search_text BEGIN
    INSERT INTO course_search(rowid, body)
    VALUES (new.id, replace(replace(new.body, char(8205), ''), char(8204), '')); END"""
_DELETED = """CREATE TRIGGER unindex_search_text AFTER DELETE ON search_text BEGIN
    INSERT INTO course_search(course_search, rowid, body)
    VALUES ('delete', old.id, replace(replace(old.body, char(8205), ''), char(8204), '')); END"""
_FILL = """INSERT INTO course_search(rowid, body)
    SELECT id, replace(replace(body, char(8205), ''), char(8204), '') FROM search_text"""


def ensure_index(database: Database) -> None:
    """Make the FTS5 table where it is missing. PostgreSQL needs none."""
    if not database.is_sqlite:
        return
    with database.read() as session:
        exists = session.connection().exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = 'course_search'"
        )
        if exists.first() is not None:
            return
    with database.write() as connection:
        for statement in (_TABLE, _INSERTED, _DELETED, _FILL):
            connection.exec_driver_sql(statement)


def drop_index(connection: sa.Connection) -> None:
    """Take the FTS5 table away, whatever state it is in; `ensure_index` makes it again."""
    if connection.dialect.name != "sqlite":
        return
    for trigger in ("index_search_text", "unindex_search_text"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    connection.exec_driver_sql("DROP TABLE IF EXISTS course_search")


def words_in(untrusted_text: str) -> tuple[str, ...]:
    """Return the words somebody searches for: letters, numbers and their marks, nothing else."""
    text = unicodedata.normalize("NFC", untrusted_text).translate(_JOINERS)
    spaced = "".join(sign if _is_of_a_word(sign) else " " for sign in text)
    return tuple(word[:MAX_WORD] for word in spaced.split()[:MAX_WORDS])


def _is_of_a_word(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in {"L", "N"} or category in _OF_A_WORD
