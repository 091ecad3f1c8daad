"""Looking for words in columns whatever their capitals, in every script and on every engine.

SQLite's own `lower` and `LIKE` know the capitals of ASCII alone.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

FUNCTION = "folded"
"""What SQLite's connections know `fold` as."""
WORD = "as_word"
"""What they know `as_word` as."""


def fold(text: str) -> str:
    """Return text as it is compared: composed, without capitals."""
    return unicodedata.normalize("NFC", text.casefold())


@lru_cache(maxsize=4096)
def as_word(text: str) -> str:
    """Return a short text as it is compared: folded, with single spaces and none around it."""
    return " ".join(fold(text).split())


def fold_or_none(text: str | None) -> str | None:
    """Return what SQLite's function gives: NULL stays NULL."""
    return None if text is None else fold(text)


def word_or_none(text: str | None) -> str | None:
    """Return what SQLite's function of words gives: NULL stays NULL."""
    return None if text is None else as_word(text)


def words_of(text: str) -> list[str]:
    """Return the words somebody looks for, folded; all of them must be found."""
    return fold(text).split()


class Folded(FunctionElement[str]):
    """A column's text, folded by the database."""

    name = FUNCTION
    type = sa.String()
    inherit_cache = True


@compiles(Folded)
def _on_a_server(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    # as far as the database's own locale goes, which only "C" is too little for
    return f"lower({compiler.process(element.clauses, **options)})"


@compiles(Folded, "sqlite")
def _in_a_file(element: Folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"{FUNCTION}({compiler.process(element.clauses, **options)})"


class AsWord(FunctionElement[str]):
    """A column's text as a word, made by the database: for columns that keep it, not for looking through rows."""

    name = WORD
    type = sa.String()
    inherit_cache = True


@compiles(AsWord)
def _word_on_a_server(element: AsWord, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    return f"lower(normalize(btrim(regexp_replace({text}, '\\s+', ' ', 'g'))))"


@compiles(AsWord, "sqlite")
def _word_in_a_file(element: AsWord, compiler: SQLCompiler, **options: Any) -> str:
    return f"{WORD}({compiler.process(element.clauses, **options)})"


def says(text: str, *columns: Any) -> Iterator[sa.ColumnElement[bool]]:
    """Yield a condition for each word of `text`: one of the columns has it."""
    for word in words_of(text):
        yield sa.or_(*(Folded(column).contains(word, autoescape=True) for column in columns))
