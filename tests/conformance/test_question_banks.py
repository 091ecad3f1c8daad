"""Question banks that nobody here wrote: what is asked is asked, the rest is named with its reason."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name

from app.core.assessments.formats import BankImport, recognised_format
from app.core.base.progress import NoProgress
from tests.support.conformance import bank_words, case
from tests.support.corpora import rows_of

pytestmark = pytest.mark.corpus

# By file: the format, what becomes of its questions by type, and how many are left out with a reason.
EXPECTED: dict[str, tuple[str, dict[str, int], int]] = {
    "aiken-moodle-questions.txt": ("aiken", {"choice_one": 2}, 0),
    "bad-cloze-moodle-1.txt": ("cloze", {}, 1),
    "bad-cloze-moodle-3.txt": ("cloze", {}, 1),
    "cloze-moodle-questions.txt": ("cloze", {"gaps": 1}, 0),
    "missingword-moodle-1.txt": ("gift", {"choice_one": 1}, 0),
    "moodlexml-category_with_description.xml": ("moodle-xml", {"true_false": 1}, 0),
    "moodlexml-export_category.xml": ("moodle-xml", {"true_false": 1}, 0),
    "moodlexml-multianswer.xml": ("moodle-xml", {"gaps": 1}, 0),
    "moodlexml-nested_categories.xml": ("moodle-xml", {"true_false": 1}, 0),
    "moodlexml-nested_categories_with_questions.xml": ("moodle-xml", {"true_false": 4}, 1),
    "moodlexml-sample_questions_with_old_image_tag.xml": (
        "moodle-xml",
        {"gaps": 1, "choice_one": 1},
        0,
    ),
    "moodlexml-truefalse.xml": ("moodle-xml", {"true_false": 2}, 0),
    "qti-minimal-1.2.zip": ("qti-1.2", {"choice_one": 1}, 0),
    "qti-minimal-2.1.zip": ("qti", {"choice_one": 1, "choice_many": 1}, 0),
    "qti21-ims-tests.zip": (
        "qti",
        {"choice_many": 2, "choice_one": 2, "matching": 2, "ordering": 1, "gaps": 4},
        2,
    ),
}


def read(path: Path) -> tuple[str, BankImport]:
    untrusted = path.read_bytes()
    format_ = recognised_format(untrusted, path.name)
    assert format_ is not None
    return format_.key, format_.read(untrusted, NoProgress())


def rows(*names: str) -> list[ParameterSet]:
    """Return the banks of that name that are there."""
    return [
        case("banks", row.name, row.path, expected=row.expected)
        for row in rows_of("questions")
        if row.name in names
    ]


@pytest.mark.parametrize("path", rows(*EXPECTED))
def test_a_bank_is_read_as_it_should_be(path: Path, happened: Callable[[str], None]) -> None:
    key, found = read(path)
    happened(bank_words(key, found))

    types = dict(Counter(one.question.type for one in found.questions))
    lost = [problem for problem in found.problems if problem.left_out]
    assert (key, types, len(lost)) == EXPECTED[path.name]
    assert all(problem.reason and problem.question_name for problem in lost)


@pytest.mark.parametrize("path", rows("qti21-ims-items.zip"))
def test_every_interaction_of_qti_is_asked_or_named(
    path: Path, happened: Callable[[str], None]
) -> None:
    key, found = read(path)
    happened(bank_words(key, found))

    lost = [problem for problem in found.problems if problem.left_out]
    assert len(found.questions) + len(lost) == 37
    assert {one.question.type for one in found.questions} == {
        "choice_one",
        "choice_many",
        "true_false",
        "matching",
        "ordering",
        "gaps",
    }
    assert all("not supported" in one.reason or "marked as right" in one.reason for one in lost)


def test_pictures_come_with_moodles_questions(corpora: Path) -> None:
    _key, found = read(corpora / "questions" / "moodlexml-truefalse.xml")

    used = {
        media.name
        for one in found.questions
        for text in (one.question.stem, one.question.feedback)
        for media in text.media
    }
    assert used
    assert used <= {one.name for one in found.files}


def test_nested_categories_keep_their_order(corpora: Path) -> None:
    _key, found = read(corpora / "questions" / "moodlexml-nested_categories.xml")

    assert found.categories == (
        ("Delta",),
        ("Delta", "Epsilon"),
        ("Delta", "Epsilon", "Zeta"),
    )
