"""What `course.toml` says is understood or reported."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.courses.course_file import MAX_BYTES, CourseFile, read_course_file

ROOT = Path(__file__).resolve().parents[3]
DEMO = sorted((ROOT / "resources" / "demo" / "courses").glob("*/course.toml"))

WHOLE = """
title = "Lockout"
title_hi = "तालाबंदी"
code = "EHS-101"
topic = "lock"
description = "Stop, isolate, lock."
description_hi = "रोकें।"
language = "en"
pass_mark = 80
valid_months = 12
minutes = 25
other_languages = ["hi"]
[completion]
order = "any"
video_watched_percent = 90
pages = "read to the end"
[quiz]
file = "90-quiz.gift"
attempts = 3
[acknowledgement]
statement = "I have read it."
statement_hi = "मैंने पढ़ा।"
signature = true
[lessons."01-why"]
title = "Why"
title_hi = "क्यों"
minutes = 3
required = false
"""


def read(folder: Path, text: str | bytes) -> CourseFile:
    path = folder / "course.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_course_file(path)


def test_everything_that_is_said_is_understood(tmp_path: Path) -> None:
    course = read(tmp_path, WHOLE)

    assert course.findings == ()
    assert (course.title, course.titles) == ("Lockout", {"hi": "तालाबंदी"})
    assert (course.code, course.topic, course.valid_months) == ("EHS-101", "lock", 12)
    assert (course.in_order, course.shares) == (False, {"video": Fraction(9, 10)})
    assert (course.pass_mark, course.settings["quiz"]["attempts"]) == (80, 3)
    lesson = course.lessons["01-why"]
    assert (lesson.titles, lesson.seconds, lesson.is_required) == ({"hi": "क्यों"}, 180, False)
    assert course.acknowledgement is not None
    assert course.acknowledgement.statements == {"en": "I have read it.", "hi": "मैंने पढ़ा।"}
    assert course.acknowledgement.is_signed


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.parent.name)
def test_the_demo_courses_are_understood(path: Path) -> None:
    assert read_course_file(path).findings == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('titel = "x"', "titel"),
        ("valid_months = 0", "valid_months"),
        ("valid_months = true", "valid_months"),
        ("valid_months = 1.5", "valid_months"),
        ("title = 5", "title"),
        (f'title = "{"x" * 201}"', "title"),
        ('language = "klingon"', "language"),
        ('language = ["hi"]', "language"),
        ('topic = "../../etc/passwd"', "topic"),
        ('topic = "no-such-icon"', "topic"),
        ("completion = 1", "completion"),
        ('[completion]\norder = "backwards"', "completion.order"),
        ("[completion]\nvideo_watched_percent = 101", "completion.video_watched_percent"),
        ('[completion]\npages = "first one"', "completion.pages"),
        ("[completion]\nspeed = 2", "completion.speed"),
        ('[lessons."01"]\nminutes = "3"', "lessons.01.minutes"),
        ('[lessons]\n"01" = 3', "lessons.01"),
        ("[acknowledgement]\nsignature = 1", "acknowledgement.signature"),
        ('title_xx = "no such language"', "title_xx"),
        ('"a\\nb" = 1', "a b"),
    ],
)
def test_what_is_wrong_is_left_out_and_told(tmp_path: Path, text: str, told: str) -> None:
    course = read(tmp_path, text)

    (finding,) = course.findings
    assert finding.text.startswith(f"{told} was left out")
    assert "\n" not in finding.text
    assert not finding.blocks


@pytest.mark.parametrize(
    "content",
    [
        b"title = ",
        b"\x00\x01\x02" * 100,
        b"a = 1\na = 2",
        b"x" * (MAX_BYTES + 1),
        b"a = " + b"[" * 9000,
    ],
)
def test_a_file_that_is_no_toml_blocks_until_somebody_confirms(
    tmp_path: Path, content: bytes
) -> None:
    course = read(tmp_path, content)

    (finding,) = course.findings
    assert finding.blocks
    assert course == CourseFile(findings=course.findings)


@given(st.text(max_size=200))
def test_no_text_brings_the_reader_down(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    read(tmp_path_factory.mktemp("course"), text)
