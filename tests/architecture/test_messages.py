"""Catalogues hold what the program says, and translations keep its fields."""

import gettext
from pathlib import Path

import polib
import pytest

from tools import messages

ROOT = Path(__file__).resolve().parents[2]

SOURCE = """
from app.core.base.words import _, mark, plural
title = mark("People")
def tell(count: int, name: str) -> str:
    _("Hello {name}, "
      "welcome").format(name=name)
    return plural("{count} course", "{count} courses", count) + _(title)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a small program with words in it."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "screen.py").write_text(SOURCE)
    return tmp_path


def write_source(program: Path, source: str) -> None:
    """Replace the program."""
    (program / "app" / "screen.py").write_text(source)


def translate(program: Path, code: str, text: str, *translations: str) -> None:
    """Translate one message, singular first."""
    file = messages.catalogue_files(program)[code]
    catalogue = polib.pofile(str(file))
    entry = catalogue.find(text)
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(translations))
    else:
        entry.msgstr = translations[0]
    catalogue.save()


def test_words_plurals_and_marks_are_collected(program: Path) -> None:
    found = {entry.msgid: entry.msgid_plural for entry in messages.collect(program)}

    assert found == {
        "Hello {name}, welcome": "",
        "People": "",
        "{count} course": "{count} courses",
    }


@pytest.mark.parametrize(
    "call", ['_(f"Hello {name}")', '_("Hello " + name)', "mark(name)", 'plural("one", many, 2)']
)
def test_text_that_is_not_literal_is_refused(program: Path, call: str) -> None:
    write_source(program, call)

    with pytest.raises(messages.UnreadableWords, match=r"app/screen\.py:1"):
        messages.collect(program)


def test_a_second_extraction_changes_nothing(program: Path) -> None:
    messages.extract(program)
    translate(program, "hi", "People", "लोग")
    messages.extract(program)
    before = messages.catalogue_files(program)["hi"].read_bytes()

    messages.extract(program)

    assert messages.catalogue_files(program)["hi"].read_bytes() == before


def test_extraction_keeps_translations_and_drops_what_is_no_longer_said(program: Path) -> None:
    messages.extract(program)
    translate(program, "hi", "People", "लोग")
    write_source(program, '_("People"); _("Courses")')

    messages.extract(program)

    catalogue = polib.pofile(str(messages.catalogue_files(program)["hi"]))
    assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [
        ("Courses", ""),
        ("People", "लोग"),
    ]


def test_a_compiled_catalogue_speaks(program: Path) -> None:
    messages.extract(program)
    translate(program, "hi", "People", "लोग")
    translate(program, "hi", "{count} course", "{count} पाठ्यक्रम", "{count} पाठ्यक्रम सब")

    messages.compile_all(program)

    hindi = gettext.translation("daksha", messages.locales(program), ["hi"])
    assert hindi.gettext("People") == "लोग"
    assert hindi.ngettext("{count} course", "{count} courses", 5) == "{count} पाठ्यक्रम सब"
    assert hindi.gettext("Hello {name}, welcome") == "Hello {name}, welcome"


def test_a_language_is_offered_once_learners_can_read_their_screens(program: Path) -> None:
    (program / "app" / "ui" / "learning").mkdir(parents=True)
    (program / "app" / "ui" / "learning" / "home.py").write_text('_("My courses")')
    messages.extract(program)
    translate(program, "ta", "People", "மக்கள்")
    messages.compile_all(program)
    assert gettext.find("daksha", messages.locales(program), ["ta"]) is None

    translate(program, "ta", "People", "")
    translate(program, "ta", "My courses", "என் கோர்ஸ்கள்")
    messages.compile_all(program)
    tamil = gettext.translation("daksha", messages.locales(program), ["ta"])
    assert (tamil.gettext("My courses"), tamil.gettext("People")) == ("என் கோர்ஸ்கள்", "People")


def test_a_translation_that_loses_a_field_is_a_fault(
    program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.extract(program)
    translate(program, "ta", "Hello {name}, welcome", "வணக்கம் {peyar}")

    assert messages.check(program) == 1
    assert "{peyar}" in capsys.readouterr().out


def test_a_catalogue_behind_the_program_is_a_fault(
    program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.extract(program)
    write_source(program, '_("Courses")')

    assert messages.check(program) == len(messages.catalogue_files(program))
    assert "run extract" in capsys.readouterr().out


def test_the_catalogues_of_the_product_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.check(ROOT) == 0, capsys.readouterr().out
