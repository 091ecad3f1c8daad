"""A courier slip beside the stick that came with it: scanned, pasted or photographed, compared file by file."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.figures import number, size
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.sync import (
    SlipComparison,
    SlipsRead,
    SlipVerdict,
    StickComparison,
    read_slips,
    slips_in_file,
    stick_in_words,
    uncompared_in_words,
    verdict_in_words,
)
from app.services import Services
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone

_PICTURES = (".png", ".jpg", ".jpeg", ".pdf")
_SHOWN = 20
_SHOWN_OF_A_HASH = 16
_TONES = {
    SlipVerdict.SAME: Tone.SUCCESS,
    SlipVerdict.LACKING: Tone.WARNING,
    SlipVerdict.DAMAGED: Tone.DANGER,
    SlipVerdict.OTHER: Tone.DANGER,
    SlipVerdict.NOT_HERE: Tone.WARNING,
}


class CompareSheet(SideSheet):
    """Reads the files and takes nothing in."""

    def __init__(self, host: Screen[Services], place: Path) -> None:
        super().__init__(
            host,
            _("Compare with the slip"),
            subtitle=_("What lies in {place}, beside the paper that came along.").format(
                place=place.name or place
            ),
            width=540,
        )
        self._screen = host
        self._place = place
        self.code = TextAreaField(
            _("What the square code says"),
            rows=3,
            hint=_(
                "Put the cursor here and scan with the reader, or paste; of several slips each."
            ),
        )
        self.body.addWidget(self.code)
        self.picker = FilePicker(
            _("Or drop a photo, a scan or the PDF of the slip"), suffixes=_PICTURES, several=False
        )
        self.picker.picked.connect(lambda paths: self.compare_file(paths[0]))
        self.body.addWidget(self.picker)
        self._after = column(gap=8)
        self.body.addLayout(self._after)
        self.body.addStretch(1)
        self.close_button = plain(_("Close")).on_press(self.dismiss)
        self.compare_button = primary(_("Compare"), "file-check").on_press(self.compare)
        self.foot.addWidget(self.close_button)
        self.foot.addWidget(self.compare_button)
        self.code.edited.connect(self._allow)
        self._allow()

    def compare(self) -> None:
        """Compare with the code that was scanned."""
        untrusted = self.code.value()
        self._run(lambda: SlipsRead(codes=read_slips([untrusted])))

    def compare_file(self, path: Path) -> None:
        """Compare with the code on a picture."""
        self._run(lambda: slips_in_file(path))

    def _run(self, read: Callable[[], SlipsRead]) -> None:
        slips, actor, place = (
            self._screen.desk.services.sync.slips,
            self._screen.desk.actor,
            self._place,
        )

        def work(progress: Progress) -> StickComparison:
            return slips.compare(actor, read(), place, progress)

        self.compare_button.setEnabled(False)
        job = self._screen.desk.jobs.run(
            work,
            done=self._show,
            failed=self._refused,
            owner=self,
            lane=Lane.EXCHANGE,
            title=_("Comparing with the slip"),
        )
        job.finished.connect(self._allow)

    def _allow(self) -> None:
        self.compare_button.setEnabled(bool(self.code.value().strip()))

    def _show(self, found: StickComparison) -> None:
        clear(self._after)
        words = stick_in_words(found)
        doubtful = found.verdict is SlipVerdict.SAME and not found.is_same
        self._after.addWidget(Banner(words, Tone.WARNING if doubtful else _TONES[found.verdict]))
        announce(self, words)
        for more in uncompared_in_words(found):
            self._after.addWidget(Banner(more, Tone.WARNING if found.pages_unread else Tone.INFO))
        several = len(found.slips) > 1
        for slip in found.worst_first:
            for title, about, icon, tone in _rows(slip, several=several):
                self._after.addWidget(FactRow(title, about, icon=icon, tone=tone))

    def _refused(self, error: UserFacingError) -> None:
        clear(self._after)
        self._after.addWidget(Banner(error.sentence, Tone.DANGER))


def _rows(found: SlipComparison, *, several: bool) -> Iterator[tuple[str, str, str, Tone]]:
    """Yield what is told: title, line about it, icon and tone."""
    count = plural("{count} file", "{count} files", found.code.files)
    about = _("{files}, {size}, by the slip").format(files=count, size=size(found.code.size))
    yield (
        _("Sync file {number}").format(number=number(found.code.number)),
        f"{about}\n{verdict_in_words(found.verdict)}" if several else about,
        "file-check",
        _TONES[found.verdict] if several else Tone.NEUTRAL,
    )
    for file in found.files[:_SHOWN]:
        about = file.trouble or f"{size(file.size)} · {file.sha256[:_SHOWN_OF_A_HASH]}"
        icon, tone = (
            ("triangle-alert", Tone.DANGER) if file.trouble else ("circle-check", Tone.SUCCESS)
        )
        yield file.name, about, icon, tone
    more = len(found.files) - _SHOWN
    if more > 0:
        yield (
            plural("and {count} more file", "and {count} more files", more),
            "",
            "file",
            Tone.NEUTRAL,
        )
    if found.missing:
        title = plural("{count} file missing", "{count} files missing", len(found.missing))
        yield title, _missing(found.missing), "triangle-alert", Tone.WARNING


def _missing(parts: tuple[int, ...]) -> str:
    """Return which files are missing, as their names tell them apart."""
    named = [_("the records") if part == 0 else f"v{part:03d}" for part in parts[:_SHOWN]]
    return ", ".join(named)
