"""Aiken: a line with the question, lines with lettered options, a line with the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from app.core.assessments.formats.assembling import (
    Draft,
    Made,
    Source,
    assemble,
    collected,
    how_read,
    left_out,
)
from app.core.assessments.formats.base import DEFAULT_LIMITS, BankImport, BankLimits, counted
from app.core.assessments.formats.building import Asked, right_choice
from app.core.assessments.formats.decoding import decode
from app.core.assessments.types import Question, plain
from app.core.base.progress import Progress
from app.core.base.words import _, mark

_OPTION = re.compile(r"\s*([A-Z])[.)]\s*(.*)", re.DOTALL)
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*([A-Z])\s*", re.IGNORECASE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SAMPLE_BYTES = 64 * 1024


@dataclass(slots=True)
class _Block:
    line: int
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    answer: str = ""

    def is_over_before(self, line: str) -> bool:
        """Tell whether a line begins another question: there is an answer, or text after the options."""
        is_text = not (_ANSWER.fullmatch(line) or _OPTION.fullmatch(line))
        return bool(self.answer) or (bool(self.options) and is_text)

    def take(self, line: str) -> None:
        """Add a line. What looks like an option before there is any text is text."""
        if answer := _ANSWER.fullmatch(line):
            self.answer = answer[1].upper()
        elif self.stem and (option := _OPTION.fullmatch(line)):
            self.letters.append(option[1])
            self.options.append(option[2].strip())
        else:
            self.stem.append(line.strip())


class Aiken:
    """Aiken files. They hold choices of one, and nothing else."""

    key: ClassVar[str] = "aiken"
    title: ClassVar[str] = mark("Aiken text")
    suffixes: ClassVar[tuple[str, ...]] = (".aiken", ".txt")
    becomes_lesson: ClassVar[bool] = True

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is named as Aiken, or is a text in which a line says the answer."""
        lower = name.lower()
        if lower.endswith((".aiken", ".aiken.txt")):
            return True
        lines = untrusted[:_SAMPLE_BYTES].replace(b"\0", b"").decode("latin-1").splitlines()
        return lower.endswith(".txt") and any(_ANSWER.fullmatch(line) for line in lines)

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the file holds. Raises BankFileTooLarge, TooManyQuestions, NotText, Cancelled."""
        decoded = decode(untrusted, limits.file_bytes)
        blocks = counted(list(_blocks(decoded.text)), progress, limits)
        return collected([*how_read(decoded), *map(_made, blocks)], encoding=decoded.encoding)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the questions; one without an answer ends where the next question's text begins."""
    block: _Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if block is not None and block.is_over_before(line):
            yield block
            block = None
        block = block or _Block(number)
        block.take(line)
    if block is not None:
        yield block


def _made(block: _Block) -> Made:
    stem = "\n".join(block.stem)
    source = Source(name=stem[:60], line=block.line)
    if not block.answer:
        return left_out(source, _("There is no line that says ANSWER: and the letter."))
    if block.letters != list(_LETTERS[: len(block.letters)]):
        return left_out(source, _("The options must begin with A) and go on letter by letter."))
    if block.answer not in block.letters:
        return left_out(source, _("There is no option {letter}.").format(letter=block.answer))
    right = block.letters.index(block.answer)
    asked = Asked(right_choice(map(plain, block.options), right))
    return assemble(source, Draft(Question(type=asked.type, stem=plain(stem), body=asked.body)))
