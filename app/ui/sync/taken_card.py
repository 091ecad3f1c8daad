"""What came of taking files in, in words."""

from collections.abc import Callable, Iterator
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.words import _, plural
from app.core.sync import Imported, for_others_in_words
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.inspected_card import statement_in_words
from app.ui.sync.receipt_paper import ReceiptPaper
from app.ui.sync.standing import conflicts_in_words

_SHOWN = 30


class TakenCard(Card):
    """New, were here, wait, refused, twins; and a sentence for each file that made trouble."""

    def __init__(
        self,
        taken: Imported,
        conflicts: int,
        *,
        decide: Callable[[], None],
        another: Callable[[], None],
        leave: Callable[[], None],
        receipt: ReceiptPaper,
        on_paper: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(taken_in_words(taken), parent=parent)
        chips = QWidget()
        flow = FlowLayout(chips, gap=8)
        for words, tone in _figures(taken):
            flow.addWidget(StatusChip(words, tone))
        self.body.addWidget(chips)
        self._add_alarms(taken, conflicts, decide)
        self._add_newer(taken)
        self._add_troubles(taken)
        self._add_stamps(taken)
        if taken.files:
            self._add_receipt(taken, receipt, on_paper=on_paper)
        foot = row(gap=12)
        self.another = plain(_("Take in another"), "file-down").on_press(another)
        foot.addWidget(self.another)
        foot.addWidget(plain(_("Done"), "check").on_press(leave))
        foot.addStretch(1)
        self.body.addLayout(foot)

    def _add_receipt(self, taken: Imported, receipt: ReceiptPaper, *, on_paper: bool) -> None:
        """Say where the receipt is; of several files that of the last, which names all that is here."""
        for sentence in taken.unanswered_in_words:
            self.body.addWidget(Banner(sentence, Tone.WARNING, icon="stamp"))
        if on_paper:
            words = _("A receipt waits to be printed")
            about = _("Bring it back: the sender scans it and knows that the records arrived.")
            self.body.addWidget(FactRow(words, about, icon="stamp"))
        elif not taken.unanswered:
            words = _("A receipt lies beside each file")
            about = _("Leave it on the stick: the sender takes it in and knows that it arrived. Where no "
                      "stick goes back, print it.")  # fmt: skip
            self.body.addWidget(FactRow(words, about, icon="stamp"))
        bundles = [UUID(bytes=seen.manifest.bundle_id) for seen in taken.seen if not seen.volume]
        if bundles:
            buttons = QWidget()
            flow = FlowLayout(buttons, gap=8)
            for button in receipt.buttons(bundles[-1]):
                flow.addWidget(button)
            self.body.addWidget(buttons)

    def _add_alarms(self, taken: Imported, conflicts: int, decide: Callable[[], None]) -> None:
        if taken.forks:
            words = _(
                "There are two of a PC: its data folder was copied or restored, and both went on. "
                "All that both wrote is kept; Sync names it."
            )
            self.body.addWidget(Banner(words, Tone.DANGER))
        if conflicts:
            banner = Banner(conflicts_in_words(conflicts), Tone.WARNING, icon="git-compare")
            banner.add_action(_("Decide"), decide)
            self.body.addWidget(banner)

    def _add_newer(self, taken: Imported) -> None:
        """Say whose program is newer, who believes revoked keys still, and what is kept apart of these."""
        for sentence in taken.newer_in_words[:_SHOWN]:
            self.body.addWidget(Banner(sentence, Tone.INFO))
        for sentence in taken.unaware_in_words[:_SHOWN]:
            self.body.addWidget(Banner(sentence, Tone.WARNING, icon="key-round"))
        if taken.aside:
            self.body.addWidget(Banner(taken.aside_in_words, Tone.WARNING, icon="archive"))

    def _add_stamps(self, taken: Imported) -> None:
        """Show what whoever looked at the files on their way says of it."""
        for words, about in list(_said_on_stamps(taken))[:_SHOWN]:
            self.body.addWidget(FactRow(words, about, icon="stamp"))
        for sentence in taken.bad_stamps[:_SHOWN]:
            self.body.addWidget(Banner(sentence, Tone.WARNING))

    def _add_troubles(self, taken: Imported) -> None:
        if taken.for_others:
            words = for_others_in_words(taken.for_others)
            self.body.addWidget(FactRow(words, "", icon="file-down"))
        for trouble in taken.troubles[:_SHOWN]:
            name, _colon, sentence = trouble.partition(": ")
            self.body.addWidget(FactRow(name, sentence, icon="triangle-alert", tone=Tone.WARNING))
        if len(taken.troubles) > _SHOWN:
            more = len(taken.troubles) - _SHOWN
            words = plural("and {count} more file", "and {count} more files", more)
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))


def _said_on_stamps(taken: Imported) -> Iterator[tuple[str, str]]:
    for one in taken.stated:
        yield one.inspection.words, f"{one.file}. {statement_in_words(one.inspection)}"


def taken_in_words(taken: Imported) -> str:
    """Return what came of it in one line."""
    if taken.applied:
        return plural("{count} new entry is here", "{count} new entries are here", taken.applied)
    if taken.receipts:
        return plural(
            "A receipt came: what it names has arrived",
            "{count} receipts came: what they name has arrived",
            taken.receipts,
        )
    if taken.files:
        return _("Nothing new was in it")
    return _("Nothing was taken in")


def _figures(taken: Imported) -> Iterator[tuple[str, Tone]]:
    yield (
        plural("{count} new", "{count} new", taken.applied),
        Tone.SUCCESS if taken.applied else Tone.NEUTRAL,
    )
    yield plural("{count} was here", "{count} were here", taken.repeated), Tone.NEUTRAL
    if taken.receipts:
        yield plural("{count} receipt", "{count} receipts", taken.receipts), Tone.INFO
    if taken.waiting:
        yield plural("{count} waits", "{count} wait", taken.waiting), Tone.WARNING
    for count, words in (
        (taken.refused, plural("{count} refused", "{count} refused", taken.refused)),
        (taken.forks, plural("{count} twin", "{count} twins", taken.forks)),
        (taken.clashes, plural("{count} does not fit", "{count} do not fit", taken.clashes)),
    ):
        if count:
            yield words, Tone.DANGER
