"""What holds for every format of question banks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.formats import (
    BANK_FORMATS,
    EXPORT_FORMATS,
    BankFileTooLarge,
    BankFormat,
    BankLimits,
    BankQuestion,
    ExportFormat,
    NotText,
    NotThisFormat,
    TooManyQuestions,
    export_bank,
    export_format,
    recognised_format,
)
from app.core.base.errors import Cancelled, NotFound
from app.core.base.progress import NoProgress
from tests.core.assessments.bank_samples import SAMPLES
from tests.core.assessments.builders import READY_BODIES, a_question
from tests.support.progress import Stopper

each_format = pytest.mark.parametrize("format_", BANK_FORMATS, ids=lambda one: one.key)
each_export = pytest.mark.parametrize("format_", EXPORT_FORMATS, ids=lambda one: one.key)
BANK = [
    BankQuestion(question=a_question(type_=key, body=body), category=("Safety", "LOTO"))
    for key, bodies in READY_BODIES.items()
    for body in bodies
]


def a_file(format_: BankFormat) -> bytes:
    """Return a file of the format."""
    known = SAMPLES.get(format_.key)
    return known or export_bank(export_format(format_.key), BANK).content


@each_format
def test_a_file_is_recognised_and_read(format_: BankFormat) -> None:
    untrusted = a_file(format_)
    assert recognised_format(untrusted, f"bank{format_.suffixes[0]}") is format_
    read = format_.read(untrusted, NoProgress())
    assert read.questions
    assert read.problems == ()


def test_what_is_no_bank_is_not_recognised() -> None:
    assert recognised_format(b"\x89PNG", "bank.png") is None
    with pytest.raises(NotFound):
        export_format("scroll")


@each_export
def test_what_is_written_is_read_or_told(format_: ExportFormat) -> None:
    export = export_bank(format_, BANK)
    read = format_.read(export.content, NoProgress())
    left_out = [problem for problem in export.problems if problem.left_out]
    assert len(read.questions) + len(left_out) == len(BANK)
    assert read.problems == ()
    told = {problem.reason for problem in export.problems}
    assert read.categories == (("Safety", "LOTO"),) or "Its category is not carried." in told


@each_format
def test_a_foreign_file_is_held_to_its_limits(format_: BankFormat) -> None:
    untrusted = a_file(format_)
    with pytest.raises(BankFileTooLarge):
        format_.read(untrusted, NoProgress(), BankLimits(file_bytes=10))
    with pytest.raises((NotText, NotThisFormat)):
        format_.read(b"\x89PNG\0\0\0\xff\xd8\0\0", NoProgress())
    if len(format_.read(untrusted, NoProgress()).questions) > 1:
        with pytest.raises(TooManyQuestions):
            format_.read(untrusted, NoProgress(), BankLimits(questions=1))


@each_format
def test_reading_can_be_stopped(format_: BankFormat) -> None:
    with pytest.raises(Cancelled):
        format_.read(a_file(format_), Stopper())


@each_format
def test_an_empty_file_holds_nothing(format_: BankFormat) -> None:
    read = format_.read(b"", NoProgress())
    assert (read.questions, read.problems, read.categories) == ((), (), ())


@each_format
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(format_: BankFormat, untrusted: bytes) -> None:
    try:
        format_.read(untrusted, NoProgress())
    except (NotText, NotThisFormat):
        return


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.gift", "Où est-il né ? {=ici}"),
        ("a.txt", "Où est-il né ?\nA. ici\nB. là\nANSWER: A"),
        ("a.cloze", "Il est né {1:SHORTANSWER:=là}."),
        ("a.csv", "Type,Question,Correct,Option 1,Option 2\none,Où est-il né ?,1,ici,là"),
    ],
)
def test_a_guessed_encoding_is_told_whatever_the_format(name: str, text: str) -> None:
    untrusted = text.encode("cp1252")
    found = next(one for one in BANK_FORMATS if one.recognises(untrusted, name))

    first = found.read(untrusted, NoProgress()).problems[0]

    assert not first.left_out
    assert "it was read as cp1252" in first.reason
