"""A page is written with buttons and comes back as plain HTML, with nothing of it lost."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from app.core.base.resources import resource
from app.core.content import plain_text, read_page
from app.ui.kit.rich_html import html_of
from app.ui.kit.rich_text import RichTextField
from tests.support.accessibility import nameless

PAGES = sorted(
    path
    for root in ("demo", "samples")
    for path in resource(root, "courses").glob("*/*.md")
    if path.is_file() and ".paper." not in path.name  # those are set on sheets, and not written in
)


@pytest.fixture
def field(qtbot: QtBot) -> RichTextField:
    asked: list[str] = []
    made = RichTextField("Text", lambda _sha256: None, lambda: asked.append("picture"))
    qtbot.addWidget(made)
    made.asked = asked  # type: ignore[attr-defined]  # what the test looks at
    made.show()
    return made


def again(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return html_of(document)


def tags(html: str) -> list[str]:
    return re.findall(r"<(/?[a-z]\w*)", html)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_that_is_opened_and_kept_is_the_same_page(path: Path) -> None:
    html = read_page(path, path.parent).html

    kept = again(html)

    assert tags(kept) == tags(html)
    assert plain_text(kept).split() == plain_text(html).split()
    assert re.findall(r'src="([^"]*)"', kept) == re.findall(r'src="([^"]*)"', html)
    assert again(kept) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<h2>क्या करें</h2>",
        "<p>H<sub>2</sub>O at 10 m<sup>2</sup>, <s>never</s> <code>x &lt; y</code></p>",
        "<ol><li>one<ul><li>deeper</li></ul></li><li>two</li></ol>",
        "<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>",
        "<pre><code>a\n  b\n</code></pre>",
        "<p>one<br>two</p>\n<hr>\n<p>three</p>",
        '<p><img src="asset:ab" alt="A &amp; B"></p>',
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><em>1</em></td></tr></tbody></table>",
        '<table><tbody><tr><td colspan="2">wide</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
)
def test_what_a_page_may_hold_stays(html: str) -> None:
    assert again(html) == html


def test_marks_and_headings_are_set_by_buttons(field: RichTextField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.area, "Before you begin")
    field.tools["heading"].click()
    qtbot.keyClicks(field.area, "\r")
    field.tools["bold"].click()
    qtbot.keyClicks(field.area, "Stop")
    field.tools["bold"].click()
    qtbot.keyClicks(field.area, " the machine")

    lines = field.value().split("\n")

    assert lines == ["<h2>Before you begin</h2>", "<p><strong>Stop</strong> the machine</p>"]


def test_enter_after_a_heading_goes_on_as_text(field: RichTextField, qtbot: QtBot) -> None:
    field.tools["heading"].click()
    qtbot.keyClicks(field.area, "Title\rwords")
    assert field.value() == "<h2>Title</h2>\n<p>words</p>"


def test_lists_quotes_and_tables_come_and_go(field: RichTextField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field.area, "lock")
    field.tools["list"].click()
    qtbot.keyClicks(field.area, "\rtag")
    assert field.value() == "<ul><li>lock</li><li>tag</li></ul>"
    field.tools["list-ordered"].click()
    assert field.value() == "<ol><li>lock</li><li>tag</li></ol>"
    field.tools["list-ordered"].click()
    assert field.value() == "<ol><li>lock</li></ol>\n<p>tag</p>"
    field.tools["message-square"].click()
    assert field.value() == "<ol><li>lock</li></ol>\n<blockquote>\n<p>tag</p>\n</blockquote>"
    field.tools["message-square"].click()
    field.tools["table"].click()
    assert field.value().count("<tr>") == 3
    assert field.value().count("<th>") == 2


def test_a_picture_has_words_for_who_cannot_see_it(field: RichTextField) -> None:
    field.put_picture("ab" * 32, "guard")
    assert field.value() == f'<p><img src="asset:{"ab" * 32}" alt="guard"></p>'
    field.tools["image"].click()
    assert field.asked == ["picture"]  # type: ignore[attr-defined]


def test_the_buttons_say_what_stands_at_the_cursor(field: RichTextField) -> None:
    field.set_value("<h2>Title</h2><ul><li>item</li></ul><p><strong>bold</strong></p>")
    seen = []
    for place in (1, 8, 13):
        cursor = field.area.textCursor()
        cursor.setPosition(place)
        field.area.setTextCursor(cursor)
        seen.append({name for name, tool in field.tools.items() if tool.isChecked()})
    assert seen == [{"heading"}, {"list"}, {"bold"}]


def test_words_of_other_programs_come_without_their_dress(field: RichTextField) -> None:
    document = QTextDocument()
    document.setHtml("<p style='color:red'><b>red</b></p>")
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    field.area.insertFromMimeData(_mime(cursor))
    assert field.value() == "<p>red</p>"


def test_tab_leaves_the_text_and_every_button_has_a_name(
    field: RichTextField, qtbot: QtBot
) -> None:
    assert field.area.tabChangesFocus()
    assert nameless(field) == []


def _mime(cursor: QTextCursor) -> QMimeData:
    data = QMimeData()
    data.setHtml(cursor.selection().toHtml())
    data.setText(cursor.selection().toPlainText())
    return data
