"""Practicals on paper: the blank form to be filled by hand, and the record with its signatures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from app.core.base.figures import day, moment
from app.core.base.words import _, current_language
from app.core.documents import Pages, Paper, Path, SignatureBlock, Weight, draw_signature
from app.core.egress import Document, FileKind, Leaving
from app.core.signatures import SignatureLine, as_read, meaning_in_words
from app.core.training.practicals.deriving import ResultFact, RoundFact
from app.core.training.practicals.forms import FormContent, FormStep
from app.core.training.practicals.kinds import STAGES, AssessmentVerdict, Hand, Stage
from app.core.training.practicals.sheet_codes import FormCode
from app.core.training.practicals.sheets import (
    MARKS_IN_WORDS,
    STAGES_IN_WORDS,
    VERDICTS_IN_WORDS,
    form_in_words,
)
from app.core.training.practicals.types import PracticalRecord, PublishedForm

_EDGE, _GREY, _BLACK = 56.0, "#5B6270", "#000000"
_BOX, _GAP = 11.0, 6.0
_BLOCK_HIGH = 74.0
_COLUMN = 66.0
_CODE, _CODE_TOP = 58.0, 28.0
"""Side of the code on a page, and how far below its upper edge it is."""
_MOST_BOXES = 3
"""Rounds of a stage for which there are boxes beside one another."""
_Stages = Sequence[tuple[Stage, int]]


class _Sheet:
    """Pages that are written downward, a new one begun where there is no room."""

    def __init__(
        self,
        title: str,
        about: str,
        site_name: str,
        made_at: datetime,
        code: Callable[[int], str] | None = None,
    ) -> None:
        """`code` gives what the code on a page says, by its number; None: there is none."""
        self._code, self._page = code, 1
        self.pages = Pages(Paper.A4_PORTRAIT, title=title, author=site_name, made_at=made_at)
        self.width = self.pages.width - 2 * _EDGE
        self.y = self.pages.height - _EDGE
        self.pages.text(_EDGE, self.y, site_name, 9, colour=_GREY)
        self._draw_code()
        beside = self.width - (_CODE + 12 if code else 0)
        self.y = self.pages.paragraph(
            _EDGE, self.y - 22, title, 17, beside, weight=Weight.SEMIBOLD, colour=_BLACK
        )
        if about:
            self.write(about, 9.5, colour=_GREY)
        self.y -= 6

    def room(self, needed: float) -> None:
        """Begin another page unless so many points are left."""
        if self.y - needed < _EDGE:
            self.pages.next_page()
            self._page += 1
            self.y = self.pages.height - _EDGE - (_CODE if self._code else 0)
            self._draw_code()

    def _draw_code(self) -> None:
        """Draw the code into the upper right corner, by which a scan finds its form."""
        if self._code is not None:
            x, y = self.pages.width - _EDGE - _CODE, self.pages.height - _CODE - _CODE_TOP
            self.pages.qr(x, y, _CODE, self._code(self._page))

    def write(
        self,
        text: str,
        size: float,
        *,
        weight: Weight = Weight.REGULAR,
        colour: str = _BLACK,
        inset: float = 0.0,
        right: float = 0.0,
    ) -> float:
        """Write a paragraph; return where it began."""
        self.room(size * 3)
        top = self.y
        self.y = self.pages.paragraph(
            _EDGE + inset,
            self.y,
            text,
            size,
            self.width - inset - right,
            weight=weight,
            colour=colour,
        )
        return top

    def box(self, x: float, y: float) -> None:
        """Draw a box to tick, beside a line of text at `y`."""
        self.pages.stroke(Path().rectangle(x, y - 2, _BOX, _BOX), _GREY, 0.8)

    def blank_block(self, heading: str) -> None:
        """Draw a frame in which somebody signs by hand."""
        self.room(_BLOCK_HIGH + _GAP)
        top = self.y
        frame = Path().rectangle(_EDGE, top - _BLOCK_HIGH, self.width, _BLOCK_HIGH, 6)
        self.pages.stroke(frame, _GREY, 0.7)
        self.pages.text(_EDGE + 12, top - 16, heading, 8, colour=_GREY)
        half = self.width / 2
        for place, words in enumerate((_("Name and number"), _("Date, time and signature"))):
            x = _EDGE + 12 + place * half
            self.pages.text(x, top - _BLOCK_HIGH + 9, words, 7.5, colour=_GREY)
            self.pages.rule(x, top - _BLOCK_HIGH + 20, half - 28, colour=_GREY)
        self.y = top - _BLOCK_HIGH - _GAP - 6


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankFor:
    """For whom a form is printed."""

    person_id: UUID
    number: str
    name: str
    run: int = 1


def blank_form(
    code: str,
    form: PublishedForm,
    site_name: str,
    made_at: datetime,
    whose: BlankFor | None = None,
) -> Document:
    """Return a form to be filled by hand: a box for each step and round, and places to sign.

    The code on each page leads a scan back to the version, and to the person where there is one.
    """
    run = 1 if whose is None else whose.run
    content, language = form.content, current_language()
    title = content.title_in(language)
    about = _("{code} · form version {number} · ★ critical step").format(
        code=code, number=form.number
    )

    def says(page: int) -> str:
        person_id = None if whose is None else whose.person_id
        return FormCode(version_id=form.id, person_id=person_id, run=run, page=page).text

    sheet = _Sheet(title, about, site_name, made_at, says)
    if note := content.note_in(language):
        sheet.write(note, 9.5)
    sheet.write(_whose(whose), 10)
    sheet.y -= 8
    _blank_rounds(sheet, content, run)
    sheet.y -= 8
    sheet.room(_BLOCK_HIGH * 2 + 60)
    _blank_result(sheet)
    sheet.blank_block(_("Learner: I performed this"))
    sheet.blank_block(_("Assessor: I assessed this"))
    leaving = Leaving(kind=FileKind.PRACTICAL, title=_("Form: {title}").format(title=title))
    return Document(content=sheet.pages.finish(), leaving=leaving)


def _blank_rounds(sheet: _Sheet, content: FormContent, run: int) -> None:
    stages = [
        (stage, min(rounds, _MOST_BOXES))
        for stage in STAGES
        if (rounds := content.rounds_of(stage, run))
    ]
    _blank_head(sheet, stages)
    _blank_steps(sheet, content, stages)


def _blank_steps(sheet: _Sheet, content: FormContent, stages: _Stages) -> None:
    language, places = current_language(), count(1)
    for section in content.sections:
        if heading := section.title_in(language):
            sheet.write(heading, 10.5, weight=Weight.SEMIBOLD)
            sheet.y -= 2
        for step in section.steps:
            _blank_step(sheet, next(places), step.text_in(language), step.is_critical, stages)


def _whose(whose: BlankFor | None) -> str:
    if whose is None:
        return _(
            "Learner: ______________________________   Number: ______________   Date: ____________"
        )
    return _("Learner: {name}   Number: {number}   Date: ____________").format(
        name=whose.name, number=whose.number
    )


def _blank_result(sheet: _Sheet) -> None:
    for words in (_("Competent"), _("Not yet competent, next try on: ______________")):
        top = sheet.write(words, 10, inset=_BOX + 8)
        sheet.box(_EDGE, top)
        sheet.y -= 4
    sheet.y -= 6


def _blank_head(sheet: _Sheet, stages: _Stages) -> None:
    for place, (stage, _rounds) in enumerate(stages):
        x = _column_x(sheet, place, len(stages))
        sheet.pages.paragraph(x, sheet.y, _(STAGES_IN_WORDS[stage]), 7.5, _COLUMN - 4, colour=_GREY)
    sheet.y -= 22


def _blank_step(sheet: _Sheet, place: int, text: str, is_critical: bool, stages: _Stages) -> None:
    star = "★ " if is_critical else ""
    right = _COLUMN * len(stages)
    top = sheet.write(f"{place}. {star}{text}", 9.5, right=right + 8)
    for column, (_stage, rounds) in enumerate(stages):
        for box in range(rounds):
            sheet.box(_column_x(sheet, column, len(stages)) + box * (_BOX + 5), top)
    sheet.y -= 6


def _column_x(sheet: _Sheet, place: int, count: int) -> float:
    return _EDGE + sheet.width - _COLUMN * (count - place)


def filled_record(
    record: PracticalRecord,
    result: ResultFact | None,
    signed: Sequence[SignatureLine],
    site_name: str,
    made_at: datetime,
) -> Document:
    """Return one result, or how far somebody is, with every step, remark and signature.

    `signed` are the electronic signatures bound to the signings of the record.
    """
    about = f"{record.name} ({record.number}) · {record.org_unit}".rstrip(" ·")
    sheet = _Sheet(record.title, about, site_name, made_at)
    for line in _rounds_told(record):
        sheet.write(line, 9.5)
    sheet.y -= 8
    if result is not None:
        _write_result(sheet, record, result)
    leaving = Leaving(
        kind=FileKind.PRACTICAL,
        title=f"{record.title}: {record.name} ({record.number})",
        about=record.person_id,
    )
    for hand in Hand if result is not None else ():
        _write_hand(sheet, hand, result, signed)
    return Document(content=sheet.pages.finish(), leaving=leaving)


def _rounds_told(record: PracticalRecord) -> list[str]:
    return [
        _("{when}: {stage}, watched by {name}{counts}").format(
            when=moment(one.at),
            stage=_(STAGES_IN_WORDS[one.stage]),
            name=one.by_name,
            counts="" if record.facts.counts(one) else _(" (does not count)"),
        )
        for one in sorted(record.facts.rounds, key=lambda one: (one.at, one.id))
    ]


def _write_result(sheet: _Sheet, record: PracticalRecord, result: ResultFact) -> None:
    seen = record.round_of(result)
    said = _("Result: {verdict}, {when}").format(
        verdict=_(VERDICTS_IN_WORDS[result.verdict]), when=moment(result.at)
    )
    sheet.write(said, 12, weight=Weight.SEMIBOLD)
    if result.remark:
        sheet.write(_("Remark: {remark}").format(remark=result.remark), 9.5)
    if result.verdict is AssessmentVerdict.NOT_YET and result.retry_on is not None:
        sheet.write(_("Next try proposed: {day}").format(day=day(result.retry_on)), 9.5)
    sheet.write(form_in_words(record, seen), 8, colour=_GREY)
    sheet.y -= 6
    for place, step in enumerate(seen.steps, start=1):
        _write_step(sheet, place, step, seen)
    sheet.y -= 10


def _write_step(sheet: _Sheet, place: int, step: FormStep, seen: RoundFact) -> None:
    found = seen.newest.get(step.key)
    words = _("Not seen") if found is None else _(MARKS_IN_WORDS[found.mark])
    star = "★ " if step.is_critical else ""
    top = sheet.write(f"{place}. {star}{step.text_in(current_language())}", 9.5, right=110)
    sheet.pages.text(_EDGE + sheet.width - 100, top, words, 9.5, weight=Weight.SEMIBOLD)
    if found is not None and found.remark:
        sheet.write(found.remark, 8.5, colour=_GREY, inset=14, right=110)
    sheet.y -= 4


def _write_hand(
    sheet: _Sheet, hand: Hand, result: ResultFact | None, signed: Sequence[SignatureLine]
) -> None:
    ids = {one.id for one in result.signings if one.hand is hand} if result is not None else set()
    lines = [line for line in signed if line.record_id in ids]
    words = _("Learner") if hand is Hand.LEARNER else _("Assessor")
    if not lines:
        sheet.blank_block(_("{who}: not signed yet").format(who=words))
    for line in lines:
        sheet.room(_BLOCK_HIGH + 30)
        block = SignatureBlock(
            heading=_("{who}, signed electronically").format(who=words),
            name=f"{line.name} ({line.number})" if line.number else line.name,
            meaning=meaning_in_words(line.meaning),
            signed_at=as_read(line),
            reason=line.reason,
            proof=_("Signature {id}").format(id=line.id),
        )
        sheet.y = draw_signature(sheet.pages, block, _EDGE, sheet.y, sheet.width)
