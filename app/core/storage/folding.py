"""Looking for words in columns whatever their capitals, in every script and on every engine.

SQLite's own `lower` and `LIKE` know the capitals of ASCII alone.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

FUNCTION = "folded"
"""What SQLite's connections know `fold` as."""


def fold(text: str) -> str:
    """Return text as it is compared: composed, without capitals."""
    return unicodedata.normalize("NFC", text.casefold())


def fold_or_none(text: str | None) -> str | None:
    """Return what SQLite's function gives: NULL stays NULL."""
    return None if text is None else fold(text)


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


def says(text: str, *columns: Any) -> Iterator[sa.ColumnElement[bool]]:
    """Yield a condition for each word of `text`: one of the columns has it."""
    for word in words_of(text):
        yield sa.or_(*(Folded(column).contains(word, autoescape=True) for column in columns))
