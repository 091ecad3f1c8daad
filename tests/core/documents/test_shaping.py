"""Words on paper: every script extracts as it was written, fits its room, never mixes faces."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.documents import Pages, Paper, Script, Weight, cleaned, fit, set_line, wrap
from app.core.documents.fonts import split_by_script
from app.core.documents.shaping import letters

MADE_AT = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
NAMES = {
    "Hindi": "श्रीमती क्षितिज्ञा द्विवेदी",
    "Marathi": "ज्ञानेश्वर ऱ्हासे",
    "Tamil": "ஸ்ரீனிவாசன்",
    "Telugu": "శ్రీకృష్ణ క్షేత్రయ్య",
    "Bengali": "চট্টোপাধ্যায়",
    "Gujarati": "ક્ષત્રિય",
    "Kannada": "ಜ್ಞಾನೇಶ್ವರ",
    "Malayalam": "കൊച്ചുത്രേസ്യ",
    "Punjabi": "ਸ਼੍ਰੀਵਾਸਤਵ",
    "Odia": "ପଟ୍ଟନାୟକ",
}
MIXED = (
    "Anil (अनिल) Kumar, E-10442-अ தமிழ் ₹ 12,34,567 ✓",
    "শ্রী 2026-11 ज्ञान 92% ગુજરાત LOTO",
    "Привет Ω नमस्ते",
    "सत्यनारायण ஸ்ரீனிவாசன் శ్రీకృష్ణ Ravi চট্টো ક્ષત્રિયಜ್ಞಾನ",
)


def page_of(lines: list[str], weight: Weight = Weight.REGULAR) -> bytes:
    pages = Pages(Paper.A4_LANDSCAPE, title="Names", author="Test", made_at=MADE_AT)
    for index, line in enumerate(lines):
        pages.text(40, 550 - index * 34, line, 18, weight=weight)
    return pages.finish()


def text_by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def text_by_poppler(pdf: bytes, folder: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        [program, "-layout", path, "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout


@pytest.mark.parametrize("weight", list(Weight))
def test_names_in_all_scripts_extract_as_written_in_pdfium(weight: Weight) -> None:
    lines = text_by_pdfium(page_of([*NAMES.values(), *MIXED], weight)).split("\r\n")
    assert lines == [*NAMES.values(), *MIXED]


def test_names_in_all_scripts_extract_as_written_in_poppler(tmp_path: Path) -> None:
    text = text_by_poppler(page_of([*NAMES.values(), *MIXED]), tmp_path)
    assert [line.strip() for line in text.splitlines() if line.strip()] == [*NAMES.values(), *MIXED]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_name_is_set_without_missing_glyphs(name: str) -> None:
    (run,) = set_line(name).runs
    assert chr(0) not in run.codes
    assert run.face.codes[0] not in run.codes


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a_shaped_name_is_narrower_or_wider_than_its_bare_letters(name: str) -> None:
    (run,) = set_line(name).runs
    bare = sum(run.face.widths.get(ord(letter), 0) for letter in name)
    assert run.width != bare


def test_latin_is_set_without_shaping() -> None:
    (run,) = set_line("Working at height, level 2 – “LOTO”").runs
    assert run.moves is None


def test_a_word_that_mixes_digits_and_a_script_stays_in_one_face() -> None:
    assert list(split_by_script("E-10442-अ")) == [("E-10442-अ", Script.DEVANAGARI)]


def test_a_danda_takes_the_script_beside_it() -> None:
    assert list(split_by_script("চট্টো।")) == [("চট্টো।", Script.BENGALI)]


def test_a_danda_with_nothing_but_digits_beside_it_is_printed() -> None:
    assert list(split_by_script("3)।")) == [("3)।", Script.DEVANAGARI)]


def test_a_word_of_two_scripts_is_split_between_them() -> None:
    assert [script for _part, script in split_by_script("अதமி")] == [
        Script.DEVANAGARI,
        Script.TAMIL,
    ]


def test_what_cannot_be_printed_is_dropped_and_direction_cannot_be_turned() -> None:
    assert cleaned("Ravi\n\tKumar\u202egnitset\ud800") == "Ravi Kumargnitset "


def test_letters_keep_marks_and_conjuncts_together() -> None:
    assert list(letters("क्षितिज्ञा")) == ["क्षि", "ति", "ज्ञा"]


WORDS = st.text(
    alphabet=st.sampled_from("".join(NAMES.values()) + "abcXYZ 0123-,.…\u200d\u0301é₹漢😀"),
    max_size=60,
)


@given(WORDS, st.floats(30, 400))
@settings(max_examples=60)
def test_wrapped_lines_say_the_same_and_stay_within_the_width(text: str, width: float) -> None:
    lines = wrap(text, Weight.REGULAR, 10, width)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    assert all(
        line.width(10) <= width + 0.01 or len(list(letters(line.text))) == 1 for line in lines
    )


@given(WORDS)
@settings(max_examples=40)
def test_any_text_can_be_printed(text: str) -> None:
    assert page_of([text]).startswith(b"%PDF")


def test_a_long_name_shrinks_first_and_then_takes_more_lines() -> None:
    name = " ".join(NAMES.values())
    short = fit("Ravi", weight=Weight.BOLD, size=36, smallest=20, width=400, height=60)
    shrunk = fit(
        "Ravi Kumar Sharma Deshpande",
        weight=Weight.BOLD,
        size=36,
        smallest=20,
        width=400,
        height=60,
    )
    long = fit(name, weight=Weight.BOLD, size=36, smallest=20, width=400, height=60)
    assert (short.size, len(short.lines)) == (36, 1)
    assert (20 <= shrunk.size < 36, len(shrunk.lines)) == (True, 1)
    assert len(long.lines) > 1
    assert len(long.lines) * long.leading <= 60
    assert all(line.width(long.size) <= 400 for line in long.lines)
    assert " ".join(line.text for line in long.lines) == name
