r"""Cutting a GIFT file into blocks, and hiding its escapes.

Blank lines part questions. Authors leave blank lines within braces all the same, so a block whose
brace is open takes in those that follow when they close it before they open another; else it stays
by itself and is reported, and the questions after it are safe.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ESCAPED = "\\:#={}~n"
_FIRST_HIDDEN = 0xFDD0
"""Escaped signs are hidden as Unicode's non-characters, which no text may hold."""
_HIDDEN = {sign: chr(_FIRST_HIDDEN + index) for index, sign in enumerate(ESCAPED)}
_REVEALED = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_BRACE = re.compile(r"[{}]")
_NON_CHARACTERS = re.compile("[\ufdd0-\ufdef]")
_COMMENT = "//"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one question."""

    line: int
    """Where it begins, from 1; comments do not count."""
    text: str
    """Without comments, its escapes hidden."""
    comments: tuple[str, ...] = ()


def hide_escapes(text: str) -> str:
    """Return text in which no escaped sign can be taken for one with a meaning."""
    bare = _NON_CHARACTERS.sub("\ufffd", text)
    return _ESCAPE.sub(lambda found: _HIDDEN[found[1]], bare)


def reveal(text: str) -> str:
    """Return text with what was escaped as it is meant."""
    return text.translate(_REVEALED)


def escape(text: str) -> str:
    """Return text as it stands in a file, line feeds included."""
    return "".join("\\n" if sign == "\n" else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    return "\\" + sign if sign in "\\:#={}~" else sign


def cut(text: str) -> list[Block]:
    """Return the blocks of a file in order."""
    paragraphs = _paragraphs(text.split("\n"))
    blocks = []
    at = 0
    while at < len(paragraphs):
        block = paragraphs[at]
        taken = _closing(paragraphs, at)
        if taken:
            block = _joined(paragraphs[at : at + taken + 1])
        if block.text.strip():
            blocks.append(block)
        at += taken + 1
    return blocks


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    paragraphs: list[Block] = []
    pending: list[tuple[int, str]] = []
    for number, line in enumerate((*lines, ""), start=1):
        if line.strip():
            pending.append((number, line))
        elif pending:
            paragraphs.append(_paragraph(pending))
            pending = []
    return paragraphs


def _paragraph(lines: Sequence[tuple[int, str]]) -> Block:
    comments = [line for _number, line in lines if line.lstrip().startswith(_COMMENT)]
    kept = [(number, line) for number, line in lines if not line.lstrip().startswith(_COMMENT)]
    return Block(
        line=kept[0][0] if kept else lines[0][0],
        text=hide_escapes("\n".join(line for _number, line in kept)),
        comments=tuple(comments),
    )


def _closing(paragraphs: Sequence[Block], at: int) -> int:
    """Return how many of the following blocks belong to the one at `at`, whose brace is open."""
    if _BRACE.findall(paragraphs[at].text)[-1:] != ["{"]:
        return 0
    for count, following in enumerate(paragraphs[at + 1 :], start=1):
        braces = _BRACE.findall(following.text)
        if braces:
            return count if braces[0] == "}" else 0
    return 0


def _joined(blocks: Sequence[Block]) -> Block:
    first = blocks[0]
    return Block(
        line=first.line,
        text="\n\n".join(block.text for block in blocks),
        comments=tuple(comment for block in blocks for comment in block.comments),
    )
