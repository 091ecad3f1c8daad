"""What is said when a sync file was written and read back: the stick may go, and where to."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.sync import Exported, stayed_in_words, went_in_words
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import IconTile
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.standing import entries

_SHOWN_OF_A_HASH = 16


class WrittenCard(Card):
    """Shown only when every byte was read back from the stick."""

    def __init__(
        self,
        exported: Exported,
        write_again: Callable[[], None],
        leave: Callable[[], None],
        slip: SlipPaper,
        *,
        is_one_way: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(gap=14, parent=parent)
        self._add_head()
        if exported.left_over:
            left = _("{entries} found no room in this file: write another one for them.")
            self.body.addWidget(
                Banner(left.format(entries=entries(exported.left_over)), Tone.WARNING)
            )
        for sentence in (*exported.cautions, *stayed_in_words(exported.loaded)):
            self.body.addWidget(Banner(sentence, Tone.WARNING))
        names = ", ".join(exported.recipients)
        holds = _("{entries} for {names}").format(entries=entries(exported.entries), names=names)
        for value, under, icon in (
            (exported.path.name, str(exported.path.parent), "file"),
            (holds, f"{size(exported.size)} · {exported.sha256[:_SHOWN_OF_A_HASH]}", "lock"),
            *_went(exported),
            (_("Take it to {names}").format(names=names),
             _("There: Sync, then Take in; a PC that has just joined asks for it. Once at each PC it was written for."), "truck"),
            way_back(is_one_way=is_one_way),
        ):  # fmt: skip
            self.body.addWidget(FactRow(value, under, icon=icon))
        self._add_slip(slip, exported)
        foot = row(gap=12)
        self.again = plain(_("Write another"), "usb").on_press(write_again)
        foot.addWidget(self.again)
        foot.addWidget(plain(_("Done"), "check").on_press(leave))
        foot.addStretch(1)
        self.body.addLayout(foot)

    def _add_slip(self, slip: SlipPaper, exported: Exported) -> None:
        about = _("On paper, to go with the stick: what lies on it, what to do, who carried it.")
        self.body.addWidget(FactRow(_("Courier slip"), about, icon="file-check"))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.save_slip, self.print_slip = slip.buttons(exported.bundle_id, exported.number)
        for button in (self.save_slip, self.print_slip):
            flow.addWidget(button)
        self.body.addWidget(buttons)

    def _add_head(self) -> None:
        title = _("Safe to remove")
        self.setAccessibleName(title)
        head = row(gap=14)
        head.addWidget(IconTile("circle-check", Tone.SUCCESS))
        words = column(gap=2)
        words.addWidget(PlainLabel(title, TextRole.H1, wrap=True))
        about = _("Every byte was read back from there and is right.")
        words.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        head.addLayout(words, 1)
        self.body.addLayout(head)


def way_back(*, is_one_way: bool) -> tuple[str, str, str]:
    """Return how the receipt comes back: what to do, a line about it, an icon."""
    if is_one_way:
        return (
            _("Bring the receipt back on paper"),
            _("Nothing comes back from there by file: it is printed there, and scanned here. Until "
              "then the file counts as on its way."),
            "stamp",
        )  # fmt: skip
    return (
        _("Bring the stick back"),
        _("Each of them leaves a receipt on it. Take that in here: until then the file counts "
          "as on its way, and the next one carries the same again."),
        "undo-2",
    )  # fmt: skip


def _went(exported: Exported) -> Iterator[tuple[str, str, str]]:
    words, volumes = went_in_words(exported.loaded), exported.loaded.volumes
    if words:
        count = plural("{count} file on the stick", "{count} files on the stick", len(volumes))
        yield words, f"{count}: {volumes[0].name} …", "book-open"
