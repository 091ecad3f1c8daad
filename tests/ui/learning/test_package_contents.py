"""The contents of a package: every title is read whole, however narrow the column is."""

from pytestqt.qtbot import QtBot

from app.core.learning import ContentsLine, EntryState
from app.ui.kit.labels import PlainLabel
from app.ui.learning.packages.contents import ContentsPanel

TITLES = (
    "Landscape: from automation to augmentation and back again",
    "Basics",
    "Evaluation and iteration, or continually improving the context",
)


def test_a_title_of_three_lines_is_not_cut(qtbot: QtBot) -> None:
    panel = ContentsPanel()
    qtbot.addWidget(panel)
    panel.resize(236, 460)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_lines(
        tuple(
            ContentsLine(
                activity=str(number),
                title=title,
                depth=1,
                opens=True,
                is_current=number == 0,
                is_enabled=True,
                state=EntryState.NOT_BEGUN,
            )
            for number, title in enumerate(TITLES)
        )
    )

    titles = [row.findChild(PlainLabel) for row in panel.rows()]

    qtbot.waitUntil(lambda: titles[0].height() > 2 * titles[1].height())
    for title in titles:
        assert title.height() >= title.heightForWidth(title.width()), title.text()
