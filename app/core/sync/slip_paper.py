"""The courier slip on A4: what goes from whom to whom, what to do, who carried it, every file by its hash."""

from collections.abc import Iterator, Sequence
from math import ceil

from app.core.base.figures import moment, number, size
from app.core.base.words import _, plural
from app.core.documents import Align, Pages, Paper, Path, Weight
from app.core.sync.releasing import second_in_words
from app.core.sync.slips import Slip, SlipFile

_MARGIN = 48.0
_QR_SIDE = 138.0
_GREY, _HAIR = "#5B6270", "#AAB2C2"
_LABEL_WIDTH = 104.0
_HANDS, _HAND_HEIGHT = 4, 30.0
_FILE_HEIGHT = 27.0
_FOOT = 56.0
_GROUP = 8


def slip_document(slips: Sequence[Slip]) -> bytes:
    """Return slips as PDF, each beginning a page; a long list of files goes on over the next pages."""
    first = slips[0]
    pages = Pages(
        Paper.A4_PORTRAIT,
        title=title_of(slips),
        author=first.sender_site or first.sender,
        made_at=first.made_at,
        keywords=" ".join(slip.code.text for slip in slips),
    )
    for place, slip in enumerate(slips):
        if place:
            pages.next_page()
        _Drawing(slip, pages).draw()
    return pages.finish()


def title_of(slips: Sequence[Slip]) -> str:
    """Return what a paper with these slips is called."""
    if len(slips) > 1:
        return _("Courier slips for {names}").format(names=", ".join(readers_on(slips)))
    return _("Courier slip {number}").format(number=slips[0].number)


def readers_on(slips: Sequence[Slip]) -> tuple[str, ...]:
    """Return who slips are for, each once."""
    return tuple(dict.fromkeys(name for slip in slips for name in slip.recipients))


class _Drawing:
    def __init__(self, slip: Slip, pages: Pages) -> None:
        self._slip = slip
        self._pages = pages
        self._width = pages.width - 2 * _MARGIN
        self._title = title_of([slip])

    def draw(self) -> None:
        """Draw everything, from the top of the page that is begun."""
        y = self._to_do(self._hands(self._head()))
        first = max(0, int((y - 40 - _FOOT) / _FILE_HEIGHT))
        later = int((self._pages.height - 2 * _MARGIN - 40 - _FOOT) / _FILE_HEIGHT)
        files = self._slip.files
        count = 1 + ceil(max(0, len(files) - first) / later)
        self._files(y, files[:first], page=1, count=count)
        for page in range(2, count + 1):
            start = first + later * (page - 2)
            self._pages.next_page()
            top = self._pages.height - _MARGIN
            self._files(top, files[start : start + later], page=page, count=count)

    def _head(self) -> float:
        pages, slip = self._pages, self._slip
        width = self._width - _QR_SIDE - 24
        y = pages.height - _MARGIN - 12
        y = pages.paragraph(_MARGIN, y, _("Courier slip"), 12, width, colour=_GREY)
        y = pages.paragraph(
            _MARGIN, y - 8, _("Daksha sync file {number}").format(number=slip.number), 20, width,
            weight=Weight.SEMIBOLD,
        )  # fmt: skip
        for name, value in _facts(slip):
            pages.paragraph(_MARGIN, y, name, 9, _LABEL_WIDTH - 8, colour=_GREY)
            y = pages.paragraph(
                _MARGIN + _LABEL_WIDTH, y, value, 10.5, width - _LABEL_WIDTH, weight=Weight.SEMIBOLD
            )
            y -= 3
        top = pages.height - _MARGIN - _QR_SIDE
        right = pages.width - _MARGIN - _QR_SIDE
        if slip.sheets is not None:
            return y - 8
        pages.qr(right, top, _QR_SIDE, slip.code.text)
        about = _("For the receiver: scan it under Sync, Take in, Compare with the slip.")
        below = pages.paragraph(right, top - 14, about, 8, _QR_SIDE, colour=_GREY)
        return min(y, below) - 8

    def _hands(self, top: float) -> float:
        """Draw the lines on which whoever hands it on signs; return where they end."""
        pages = self._pages
        titles = (_("Through whose hands"), _("Name"), _("Day and time"), _("Signature"))
        roles = (_("Handed out"), _("Carried"), _("Carried"), _("Received"))
        wide = self._width / len(titles)
        pages.rule(_MARGIN, top + 12, self._width, colour=_HAIR)
        for place, title in enumerate(titles):
            pages.paragraph(_MARGIN + place * wide + 4, top, title, 8.5, wide - 8, colour=_GREY)
        y = top - 18
        for role in roles[:_HANDS]:
            box = Path().rectangle(_MARGIN, y - _HAND_HEIGHT + 8, self._width, _HAND_HEIGHT)
            for place in range(1, len(titles)):
                x = _MARGIN + place * wide
                box.move(x, y - _HAND_HEIGHT + 8).line((x, y + 8))
            pages.stroke(box, _HAIR, 0.5)
            pages.paragraph(_MARGIN + 6, y - 10, role, 9.5, wide - 12)
            y -= _HAND_HEIGHT
        return y - 10

    def _to_do(self, y: float) -> float:
        pages = self._pages
        y = pages.paragraph(_MARGIN, y, _("What to do"), 11, self._width, weight=Weight.SEMIBOLD)
        for place, words in enumerate(_steps(self._slip), start=1):
            pages.text(_MARGIN, y, f"{place}.", 9.5)
            y = pages.paragraph(_MARGIN + 16, y, words, 9.5, self._width - 16) - 2
        return y - 14

    def _files(self, top: float, files: Sequence[SlipFile], *, page: int, count: int) -> None:
        pages, right = self._pages, self._pages.width - _MARGIN
        y = top - 12
        pages.text(_MARGIN, y, _files_in_words(self._slip), 11, weight=Weight.SEMIBOLD)
        y -= 16
        for file in files:
            pages.rule(_MARGIN, y + 12, self._width, colour=_HAIR)
            pages.text(_MARGIN, y, file.name, 9, weight=Weight.SEMIBOLD)
            pages.text(right, y, _bytes(file.size), 9, align=Align.RIGHT)
            pages.text(_MARGIN, y - 11, _grouped(file.sha256), 7.5, colour=_GREY)
            y -= _FILE_HEIGHT
        pages.rule(_MARGIN, _FOOT - 16, self._width, colour=_HAIR)
        pages.text(
            _MARGIN, _FOOT - 28, f"{self._title} · {self._slip.bundle_id}", 7.5, colour=_GREY
        )
        words = _("Page {number} of {count}").format(number=page, count=count)
        pages.text(right, _FOOT - 28, words, 7.5, colour=_GREY, align=Align.RIGHT)


def _holds(slip: Slip) -> str:
    if not slip.entries and len(slip.files) > 1:
        return _("Files of courses, no records")
    return plural("{count} entry", "{count} entries", slip.entries)


def _facts(slip: Slip) -> Iterator[tuple[str, str]]:
    sender = " · ".join(filter(None, (slip.sender_site, slip.sender)))
    yield _("From whom"), sender
    yield _("For whom"), ", ".join(slip.recipients)
    yield _("Written on"), moment(slip.made_at)
    yield _("What it holds"), _holds(slip)
    if slip.sheets is not None:
        sheets = plural("{count} sheet of codes", "{count} sheets of codes", slip.sheets)
        yield _("On paper"), sheets
    if slip.prepared_by:
        yield _("Prepared by"), slip.prepared_by
    if slip.confirmed is not None:
        yield _("Signed by"), second_in_words(slip.confirmed)
    if slip.sender_words:
        yield _("Words of the sender's key"), slip.sender_words


def _steps(slip: Slip) -> tuple[str, ...]:
    names = ", ".join(slip.recipients)
    if slip.sheets is not None:
        return _steps_on_paper(names)
    return (
        _("Take the stick and this slip to {names}. Nobody else can read the files.").format(
            names=names
        ),
        _("There: compare with this slip first, then take the files in, at each PC named above."),
        _way_back(slip),
        _("If the stick is lost, say so where it was written. Nothing is lost: the next file carries "
          "the same again, and what was lost stays unreadable."),
    )  # fmt: skip


def _way_back(slip: Slip) -> str:
    if slip.is_one_way:
        return _("Nothing goes back by file: a receipt is printed there. Bring that paper back; until it "
                 "is scanned here, the files count as on their way.")  # fmt: skip
    return _("A receipt is written onto the stick. Bring the stick back: until it is taken in here, the "
             "files count as on their way.")  # fmt: skip


def _steps_on_paper(names: str) -> tuple[str, ...]:
    return (
        _("Take the sheets and this slip to {names}. Nobody else can read them.").format(names=names),
        _("There: count the sheets, then scan them under Sync, Take in, in any order."),
        _("A receipt is printed there. Bring that paper back: until it is scanned here, what the sheets "
          "hold counts as on its way."),
        _("If sheets are lost, say so where they were printed. Nothing is lost: the next ones carry the "
          "same again, and what was lost stays unreadable."),
    )  # fmt: skip


def _files_in_words(slip: Slip) -> str:
    files = plural("{count} file", "{count} files", len(slip.files))
    return _("{files}, {size}").format(files=files, size=size(slip.size))


def _bytes(count: int) -> str:
    return _("{count} bytes").format(count=number(count))


def _grouped(sha256: str) -> str:
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))
