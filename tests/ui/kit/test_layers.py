"""What lies over the window: questions, errors, sheets, steps, the palette, help."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.errors import NotFound
from app.core.base.resources import resource
from app.core.base.words import use_language
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Question, ask, tell
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.help import HelpPanel, MarkdownView, render
from app.ui.kit.jobs import JobRunner
from app.ui.kit.jobs_panel import JobCard, JobsPanel
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.palette import CommandPalette, PaletteGroup, PaletteItem, commands
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Appearance, Theme
from app.ui.kit.top_bar import TopBar
from tests.support.accessibility import nameless

MANUAL = resource("manual")
QUESTION = Question(title="Revoke?", text="It will read as revoked.", yes="Revoke", danger=True)


def test_yes_goes_on_and_no_does_not(qtbot: QtBot, window: QWidget) -> None:
    answers: list[str] = []
    no = ask(QUESTION, answers.append, window)
    no.no_button.click()
    yes = ask(QUESTION, answers.append, window)
    yes.yes_button.click()
    assert answers == [""]


def test_what_cannot_be_undone_asks_for_a_word_and_a_reason(qtbot: QtBot, window: QWidget) -> None:
    answers: list[str] = []
    question = Question(
        title="Revoke?", text="For good.", yes="Revoke", word="REVOKE", ask_reason=True
    )
    dialog = ask(question, answers.append, window)
    assert not dialog.yes_button.isEnabled()
    qtbot.keyClicks(dialog.reason.area, "issued in error")
    qtbot.keyClicks(dialog.word.line, "revoke")
    assert not dialog.yes_button.isEnabled()
    dialog.word.line.clear()
    qtbot.keyClicks(dialog.word.line, "REVOKE")
    qtbot.keyClick(dialog.word.line, Qt.Key.Key_Return)
    assert answers == ["issued in error"]


def test_escape_is_no(qtbot: QtBot, window: QWidget) -> None:
    dialog = ask(QUESTION, lambda _reason: pytest.fail("nobody said yes"), window)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_error_can_be_copied(qtbot: QtBot, window: QWidget) -> None:
    dialog = tell(NotFound("Course 17"), window)
    assert nameless(dialog) == []
    dialog.copy_button.click()
    assert "Course 17" in QGuiApplication.clipboard().text()
    dialog.close_button.click()


@pytest.fixture
def form_sheet(window: QWidget) -> FormSheet:
    form = Form()
    form.add(TextField("Name", required=True))
    sheet = FormSheet(window, "Add a person", form)
    sheet.open()
    return sheet


def test_a_sheet_holds_the_focus_and_gives_it_back(qtbot: QtBot, window: QWidget) -> None:
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    sheet = SideSheet(window, "Details")
    sheet.body.addWidget(Button("One"))
    sheet.foot.addWidget(Button("Two"))
    sheet.open()
    for _each in range(5):
        assert sheet.isAncestorOf(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert line.hasFocus()


def test_a_sheet_shows_its_paragraphs_whole(qtbot: QtBot, window: QWidget) -> None:
    sheet = SideSheet(window, "Details")
    paragraphs = [PlainLabel("Lock out, tag out, try out. " * 30, wrap=True) for _each in range(4)]
    for paragraph in paragraphs:
        sheet.body.addWidget(paragraph)
    sheet.open()

    qtbot.waitUntil(lambda: paragraphs[-1].y() > paragraphs[0].y())
    for paragraph in paragraphs:
        assert paragraph.height() >= paragraph.heightForWidth(paragraph.width())


def test_a_form_begins_at_its_first_field_and_is_saved_whole(
    qtbot: QtBot, form_sheet: FormSheet
) -> None:
    name = form_sheet.form.fields()[0].control
    qtbot.waitUntil(name.hasFocus)
    with qtbot.assertNotEmitted(form_sheet.save_asked):
        form_sheet.save_button.click()
    qtbot.keyClicks(name, "Asha")
    with qtbot.waitSignal(form_sheet.save_asked):
        form_sheet.save_button.click()
    assert not form_sheet.save_button.isEnabled()
    form_sheet.refused(NotFound("The unit"))
    assert form_sheet.save_button.isEnabled()
    assert name.text() == "Asha"
    with qtbot.waitSignal(form_sheet.closed):
        form_sheet.saved()


def test_leaving_a_form_half_filled_asks_first(
    qtbot: QtBot, window: QWidget, form_sheet: FormSheet
) -> None:
    qtbot.keyClicks(form_sheet.form.fields()[0].control, "A")
    form_sheet.cancel_button.click()
    assert form_sheet.isVisible()
    leave = [b for b in window.findChildren(Button) if b.text() == "Leave"]
    with qtbot.waitSignal(form_sheet.closed):
        leave[0].click()


@pytest.fixture
def gone(window: QWidget) -> list[str]:
    return []


@pytest.fixture
def palette(qtbot: QtBot, window: QWidget, jobs: JobRunner, gone: list[str]) -> CommandPalette:
    def item(title: str) -> PaletteItem:
        return PaletteItem(title=title, act=lambda: gone.append(title), icon="users")

    groups = [
        commands("Go to", [item("People"), item("Courses"), item("Certificates")]),
        PaletteGroup(title="Persons", find=lambda text: [item(f"{text} Kulkarni")]),
    ]
    made = CommandPalette(window, groups, jobs)
    made.open()
    qtbot.waitUntil(made.box.hasFocus)
    return made


def test_the_palette_goes_where_the_arrow_points(
    qtbot: QtBot, palette: CommandPalette, gone: list[str]
) -> None:
    assert nameless(palette) == []
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert gone == ["Courses"]


def test_the_palette_finds_places_at_once_and_people_by_job(
    qtbot: QtBot, palette: CommandPalette, jobs: JobRunner, gone: list[str]
) -> None:
    qtbot.keyClicks(palette.box, "cert")
    palette.box.flush()
    assert jobs.wait_idle()
    lines = [str(palette.list.model().index(row, 0).data()) for row in range(4)]
    assert lines == ["Go to", "Certificates", "Persons", "cert Kulkarni"]
    qtbot.keyClick(palette.box, Qt.Key.Key_Down)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert gone == ["cert Kulkarni"]


def test_escape_closes_the_palette(qtbot: QtBot, palette: CommandPalette) -> None:
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.box, Qt.Key.Key_Escape)


def test_help_is_clean_and_stays_at_home(qtbot: QtBot, window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "people.md").write_text("# People\n\n[Courses](courses.md)", "utf-8")
    (tmp_path / "courses.md").write_text("# Courses", "utf-8")
    panel = HelpPanel(window, tmp_path, "people.md")
    panel.open()
    assert "People" in panel.view.toPlainText()
    panel.view.anchorClicked.emit(QUrl("courses.md"))
    assert panel.view.toPlainText().strip() == "Courses"
    panel.show_page("../secret.md")
    assert "no help" in panel.view.toPlainText()
    assert nameless(panel) == []
    panel.dismiss()


def test_help_speaks_the_readers_language_where_it_can(
    qtbot: QtBot, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "hi").mkdir()
    (tmp_path / "home.md").write_text("# Home", "utf-8")
    (tmp_path / "hi" / "home.md").write_text("# होम", "utf-8")
    (tmp_path / "people.md").write_text("# People", "utf-8")
    use_language("hi")
    try:
        panel = HelpPanel(window, tmp_path, "home.md")
        assert panel.view.toPlainText().strip() == "होम"
        panel.show_page("people.md")
        assert panel.view.toPlainText().strip() == "People"
        panel.show_page("../../secret.md")
        assert "secret" not in panel.view.toPlainText()
    finally:
        use_language("en")


@pytest.mark.parametrize(
    "page", sorted(MANUAL.glob("*/*.md")), ids=lambda page: f"{page.parent.name}-{page.stem}"
)
def test_a_translated_page_says_as_much_as_the_one_it_translates(page: Path) -> None:
    def shape(text: str) -> list[str]:
        return [line[:2] for line in text.splitlines() if line[:2] in {"# ", "##", "- ", "| "}]

    assert shape(page.read_text("utf-8")) == shape((MANUAL / page.name).read_text("utf-8"))


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "![x](http://example.org/x.png)",
        "[x](javascript:alert(1))",
        "[x](https://example.org)",
        '<img src="file:///etc/passwd">',
    ],
)
def test_help_lets_nothing_foreign_in(markdown: str) -> None:
    html = render(markdown)
    assert "<script" not in html
    assert 'href="' not in html
    assert "<img src" not in html


def test_pictures_come_from_the_manual_only(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "manual"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"picture")
    (tmp_path / "b.png").write_bytes(b"secret")
    view = MarkdownView("Help", folder)
    qtbot.addWidget(view)
    image = QTextDocument.ResourceType.ImageResource.value
    assert view.loadResource(image, QUrl("a.png")) == b"picture"
    for foreign in ("../b.png", "http://example.org/a.png", str(tmp_path / "b.png")):
        assert view.loadResource(image, QUrl(foreign)) is None


def test_a_job_in_the_panel_can_be_stopped_and_taken_off(
    qtbot: QtBot, jobs: JobRunner, window: QWidget
) -> None:
    panel = JobsPanel(jobs, window)
    panel.show()

    def work(progress) -> None:
        while True:
            progress.step(3, 12, "rows")

    job = jobs.run(work, owner=panel, title="Import people")
    card = panel.findChild(JobCard)
    qtbot.waitUntil(lambda: "3 of 12" in card._words.text())
    assert nameless(panel) == []
    card.stop_button.setFocus()
    card.stop_button.click()
    assert jobs.wait_idle()
    assert card._chip.text() == "Stopped"
    assert window.window().focusWidget() is card.stop_button
    card.stop_button.click()
    assert jobs.jobs() == ()
    assert job.is_over


def test_the_top_bar_asks_and_does_not_act(
    qtbot: QtBot, window: QWidget, jobs: JobRunner, theme: Theme
) -> None:
    bar = TopBar(theme, jobs, search="Search people", parent=window)
    bar.show_person("Asha Kulkarni", "Line operator · E-10442")
    bar.show()
    assert nameless(bar) == []
    for signal, button in (
        (bar.search_asked, bar.search_button),
        (bar.jobs_asked, bar.jobs_button),
        (bar.not_me, bar.not_me_button),
    ):
        with qtbot.waitSignal(signal):
            button.click()
    with qtbot.waitSignal(bar.language_chosen, check_params_cb=lambda code: code == "hi"):
        bar.language.setCurrentIndex(1)
        bar.language.activated.emit(1)


def test_size_and_colours_are_in_force_at_once(
    qtbot: QtBot, window: QWidget, jobs: JobRunner, theme: Theme
) -> None:
    bar = TopBar(theme, jobs, search="Search", parent=window)
    lines = {line.text().split("\t")[0]: line for line in bar.access_menu.actions()}
    with qtbot.waitSignal(bar.look_changed):
        lines["High contrast"].trigger()
    lines["Larger"].trigger()
    lines["Less motion"].trigger()
    assert theme.appearance is Appearance.HIGH_CONTRAST
    assert theme.zoom == 1.1
    assert theme.reduced_motion
