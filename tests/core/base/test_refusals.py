"""What a refused file is told with: words, not the system's own."""

import errno
import os

import pytest

from app.core.base.refusals import why_refused


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EACCES, "This PC does not allow it."),
        (errno.ENOENT, "It is not there any more."),
        (errno.ENAMETOOLONG, "Its name is too long."),
        (errno.EIO, "The disk or stick does not answer, or is failing."),
        (errno.ENOSPC, "The disk is full."),
        (errno.EMFILE, f"This PC says: {os.strerror(errno.EMFILE)}."),
    ],
)
def test_a_refusal_is_told_in_words(number: int, why: str) -> None:
    assert why_refused(OSError(number, os.strerror(number), "/a/b")) == why


def test_a_file_that_another_program_has_open_on_windows_is_told_so() -> None:
    refusal = OSError(errno.EACCES, "Permission denied", "a.mp4")
    refusal.winerror = 32  # type: ignore[attr-defined,unused-ignore]  # Windows sets it
    assert why_refused(refusal) == "Another program has it open."


def test_what_has_no_words_at_all_is_still_told() -> None:
    assert why_refused(OSError()) == "This PC says: OSError."
