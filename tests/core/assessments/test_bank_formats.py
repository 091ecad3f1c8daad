"""What holds for every format of question banks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.formats import (
    BANK_FORMATS,
    BankFileTooLarge,
    BankFormat,
    BankLimits,
    BankQuestion,
    NotText,
    TooManyQuestions,
    bank_format,
    recognised_format,
)
from app.core.base.errors import Cancelled, NotFound
from app.core.base.progress import NoProgress
from tests.core.assessments.builders import READY_BODIES, a_question

each_format = pytest.mark.parametrize("format_", BANK_FORMATS, ids=lambda one: one.key)
BANK = [
    BankQuestion(question=a_question(type_=key, body=body), category=("Safety", "LOTO"))
    for key, bodies in READY_BODIES.items()
    for body in bodies
]


class Stopped:
    """Progress of someone who has had enough."""

    def step(self, done: int, total: int, note: str = "") -> None:
        raise Cancelled


@each_format
def test_a_format_is_found_by_its_key_and_name(format_: BankFormat) -> None:
    written = format_.write(BANK).text.encode()
    assert bank_format(format_.key) is format_
    assert recognised_format(written, f"bank{format_.suffixes[0]}") is format_
    assert recognised_format(b"\x89PNG", "bank.png") is None
    with pytest.raises(NotFound):
        bank_format("scroll")


@each_format
def test_what_is_written_is_read_or_told(format_: BankFormat) -> None:
    export = format_.write(BANK)
    read = format_.read(export.text.encode(), NoProgress())
    left_out = [problem for problem in export.problems if problem.left_out]
    assert len(read.questions) + len(left_out) == len(BANK)
    assert read.problems == ()
    assert read.categories == (("Safety", "LOTO"),)


@each_format
def test_a_foreign_file_is_held_to_its_limits(format_: BankFormat) -> None:
    untrusted = format_.write(BANK).text.encode()
    with pytest.raises(BankFileTooLarge):
        format_.read(untrusted, NoProgress(), BankLimits(file_bytes=10))
    with pytest.raises(TooManyQuestions):
        format_.read(untrusted, NoProgress(), BankLimits(questions=1))
    with pytest.raises(NotText):
        format_.read(b"\x89PNG\0\0\0\xff\xd8\0\0", NoProgress())


@each_format
def test_reading_can_be_stopped(format_: BankFormat) -> None:
    with pytest.raises(Cancelled):
        format_.read(format_.write(BANK).text.encode(), Stopped())


@each_format
def test_an_empty_file_holds_nothing(format_: BankFormat) -> None:
    read = format_.read(b"", NoProgress())
    assert (read.questions, read.problems, read.categories) == ((), (), ())


@each_format
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(format_: BankFormat, untrusted: bytes) -> None:
    try:
        format_.read(untrusted, NoProgress())
    except NotText:
        return
