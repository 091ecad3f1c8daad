"""What is said when sync files for several were written: what came of each, and what is to be done now."""

from collections.abc import Callable, Collection, Iterator

from PySide6.QtWidgets import QWidget

from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.sync import Delivery, Distributed
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import IconTile
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.standing import entries
from app.ui.sync.written_card import way_back


class DeliveredCard(Card):
    """One row for each reader, the way of the stick, and the slips of all files as one paper."""

    def __init__(
        self,
        done: Distributed,
        write_rest: Callable[[Collection[str]], None],
        leave: Callable[[], None],
        slip: SlipPaper,
        one_way: Collection[str],
        parent: QWidget | None = None,
    ) -> None:
        """`write_rest` is given the keys of whom something is left for; none: somebody is chosen anew.

        `one_way` are the keys of peers from which nothing comes back by file.
        """
        super().__init__(gap=14, parent=parent)
        self._add_head(is_whole=not done.trouble)
        for sentence in _stays(done):
            self.body.addWidget(Banner(sentence, Tone.WARNING))
        for one in done.deliveries:
            self.body.addWidget(_reader(one))
        for fact in _to_do(done, one_way):
            self.body.addWidget(fact)
        self._add_slips(slip, done)
        rest = [
            peer.key
            for one in done.deliveries
            if one.exported is None or one.files_left
            for peer in one.peers
        ]
        foot = row(gap=12)
        self.rest = primary(_("Write the rest"), "usb").on_press(lambda: write_rest(rest))
        foot.addWidget(self.rest)
        if not rest:
            self.rest.hide()
        self.again = plain(_("Write another"), "usb").on_press(lambda: write_rest(()))
        foot.addWidget(self.again)
        foot.addWidget(plain(_("Done"), "check").on_press(leave))
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.first = self.rest if rest else self.print_slips
        """What somebody is likely to press."""

    def _add_head(self, *, is_whole: bool) -> None:
        title = _("Safe to remove") if is_whole else _("Not all of it was written")
        about = (
            _("Every byte was read back from there and is right.")
            if is_whole
            else _(
                "What is named with its file below was read back and is right. The rest is not there."
            )
        )
        self.setAccessibleName(title)
        head = row(gap=14)
        icon, tone = (
            ("circle-check", Tone.SUCCESS) if is_whole else ("triangle-alert", Tone.WARNING)
        )
        head.addWidget(IconTile(icon, tone))
        words = column(gap=2)
        words.addWidget(PlainLabel(title, TextRole.H1, wrap=True))
        words.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        head.addLayout(words, 1)
        self.body.addLayout(head)

    def _add_slips(self, slip: SlipPaper, done: Distributed) -> None:
        about = _(
            "A page for each file, in one paper: what lies on the stick, what to do, who carried it."
        )
        self.body.addWidget(FactRow(_("Courier slips"), about, icon="file-check"))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.save_slips, self.print_slips = slip.buttons_for_all(
            [one.bundle_id for one in done.written]
        )
        for button in (self.save_slips, self.print_slips):
            flow.addWidget(button)
        self.body.addWidget(buttons)


def _reader(one: Delivery) -> FactRow:
    if one.exported is None:
        words = _("{name}: nothing was written").format(name=one.label)
        about = _("It goes with the next file.")
        return FactRow(words, about, icon="circle-x", tone=Tone.WARNING)
    parts = [entries(one.exported.entries)]
    if one.files:
        parts.append(_("{size} of courses").format(size=size(one.files_size)))
    if one.files_left:
        left = _("{size} of courses left for the next file")
        parts.append(left.format(size=size(one.files_left_size)))
    words = _("{name}: {what}").format(name=one.label, what=", ".join(parts))
    return FactRow(
        words,
        one.exported.path.name,
        icon="circle-check",
        tone=Tone.WARNING if one.files_left else Tone.SUCCESS,
    )


def _to_do(done: Distributed, one_way: Collection[str]) -> Iterator[FactRow]:
    taken = [one for one in done.deliveries if one.exported is not None]
    for parcel in done.parcels:
        files = plural("{count} file of courses", "{count} files of courses", parcel.loaded.files)
        words = _("{files}, {size}, for {names}").format(
            files=files, size=size(parcel.loaded.size), names=", ".join(parcel.recipients)
        )
        yield FactRow(words, parcel.path.name, icon="book-open")
    names = ", ".join(one.label for one in taken)
    about = _(
        "There: Sync, then Take in. Each takes what is its own; the others' files are left alone."
    )
    yield FactRow(_("Take it to {names}").format(names=names), about, icon="truck")
    keys = {peer.key for one in taken for peer in one.peers}
    for is_one_way in (False, True):
        if keys & set(one_way) if is_one_way else keys - set(one_way):
            title, words, icon = way_back(is_one_way=is_one_way)
            yield FactRow(title, words, icon=icon)


def _stays(done: Distributed) -> Iterator[str]:
    if done.trouble:
        yield done.trouble
    yield from done.cautions
    for one in done.deliveries:
        if one.exported is not None and one.exported.left_over:
            words = _("{name}: {entries} found no room in this file; write another one for them.")
            yield words.format(name=one.label, entries=entries(one.exported.left_over))
    for name in dict.fromkeys(name for one in done.parcels for name in one.loaded.damaged):
        yield _("{name} is damaged on this PC and did not go.").format(name=name)
