r"""Cloze: gaps written into a text as {weight:TYPE:answers}, Moodle's embedded answers.

Answers are parted by ~; = or a weight in percent marks the right ones, # what is said to them; a
backslash takes a sign as it stands. https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.building import (
    GAPS_IN_TEXT,
    Offered,
    TypedNumber,
    one_choice,
    typed_numbers,
)
from app.core.assessments.formats.shares import percent_of, share_of
from app.core.assessments.question_types.base import number_key
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import GAP, Gap, GapsBody
from app.core.assessments.question_types.numbers import written
from app.core.assessments.question_types.numeric import AcceptedNumber, NumericBody
from app.core.assessments.question_types.short_text import AcceptedText, ShortTextBody
from app.core.assessments.types import (
    EVERYTHING,
    NO_TEXT,
    NOTHING,
    Credit,
    RichText,
    TextFormat,
)
from app.core.base.words import _

_WORDS = {
    "SHORTANSWER": False,
    "SA": False,
    "MW": False,
    "SHORTANSWER_C": True,
    "SAC": True,
    "MWC": True,
}
_NUMBERS = {"NUMERICAL", "NM"}
_CHOICES = {
    "MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH",
    "MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS",
}  # fmt: skip
_SEVERAL = {"MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MRHS"}
_GAP = re.compile(r"\{(\d{0,4}):([A-Za-z_]{2,20}):((?:\\.|[^\\{}]|<[^>]*>)*)\}", re.DOTALL)
_LOOSE = re.compile(r"\{\d{0,4}:[A-Za-z_]{2,20}:")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:[.,]\d{1,7})?)%")
_SIGNS = re.compile(r"([\\~#}{=%\"/])")


def has_gaps(text: str) -> bool:
    """Tell whether something in a text begins as a gap does."""
    return _LOOSE.search(text) is not None


def read_cloze(text: RichText) -> GapsBody:
    """Return the text with its gaps. Raises NotAsked."""
    gaps: list[Gap] = []

    def taken(found: re.Match[str]) -> str:
        gap = _gap(number_key(len(gaps)), found, text.format)
        gaps.append(gap)
        return f"[[{gap.key}]]"

    if GAP.search(text.source):
        raise NotAsked(_(GAPS_IN_TEXT))
    source = _GAP.sub(taken, text.source)
    if not gaps or _LOOSE.search(source):
        raise NotAsked(_("A gap is not written as {1:SHORTANSWER:=answer}."))
    filled = RichText(source=source, format=text.format, media=text.media)
    return GapsBody(text=filled, gaps=tuple(gaps), credit=Credit.PARTIAL)


def write_cloze(body: GapsBody) -> RichText:
    """Return the text with its gaps written into it. Raises NotAsked."""
    gaps = {gap.key: gap for gap in body.gaps}
    fmt = body.text.format

    def put(found: re.Match[str]) -> str:
        return _written(gaps[found[1]], fmt)

    return RichText(source=GAP.sub(put, body.text.source), format=fmt, media=body.text.media)


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    share: Fraction
    feedback: RichText


def _gap(key: str, found: re.Match[str], fmt: TextFormat) -> Gap:
    weight, kind = int(found[1] or 1) or 1, found[2].upper()
    answers = [_answer(part, fmt) for part in _split(found[3], "~") if part.strip()]
    if not answers:
        raise NotAsked(_("A gap has no answers."))
    if kind in _WORDS:
        return Gap(key=key, weight=weight, words=_words(answers, fmt, case_matters=_WORDS[kind]))
    if kind in _NUMBERS:
        return Gap(key=key, weight=weight, number=_number(answers, fmt))
    if kind in _CHOICES:
        return Gap(key=key, weight=weight, choice=_choice(answers, fmt))
    if kind in _SEVERAL:
        raise NotAsked(_("A gap in which several options are to be ticked is not supported."))
    raise NotAsked(_("A gap of the kind {kind} is not known.").format(kind=kind[:20]))


def _split(text: str, sign: str) -> Iterator[str]:
    """Yield the parts between unescaped signs, escapes kept."""
    part = ""
    escaped = False
    for letter in text:
        if letter == sign and not escaped:
            yield part
            part = ""
            continue
        part += letter
        escaped = letter == "\\" and not escaped
    yield part


def _answer(part: str, fmt: TextFormat) -> _Answer:
    head, *rest = _split(part.strip(), "#")
    share = NOTHING
    if head.startswith("="):
        share, head = EVERYTHING, head[1:]
    elif weight := _WEIGHT.match(head):
        share, head = share_of(Decimal(weight[1].replace(",", "."))), head[weight.end() :]
    if abs(share) > 1:
        raise NotAsked(_("A weight lies beyond 100%."))
    said = _plain_signs("#".join(rest)).strip()
    return _Answer(_plain_signs(head).strip(), share, _rich(said, fmt))


def _plain_signs(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _rich(text: str, fmt: TextFormat) -> RichText:
    return RichText(source=text, format=fmt) if text else NO_TEXT


def _typed(text: str, fmt: TextFormat) -> str:
    return html.unescape(text) if fmt is TextFormat.HTML else text


def _words(answers: Sequence[_Answer], fmt: TextFormat, *, case_matters: bool) -> ShortTextBody:
    accepted = tuple(
        AcceptedText(pattern=_typed(one.text, fmt), share=one.share, feedback=one.feedback)
        for one in answers
    )
    return ShortTextBody(accepted=accepted, case_matters=case_matters)


def _number(answers: Sequence[_Answer], fmt: TextFormat) -> NumericBody:
    typed = ((one, _typed(one.text, fmt).partition(":")) for one in answers)
    return typed_numbers(
        TypedNumber(value=value, tolerance=tolerance, share=one.share, feedback=one.feedback)
        for one, (value, _colon, tolerance) in typed
    )


def _choice(answers: Sequence[_Answer], fmt: TextFormat) -> ChoiceOneBody:
    return one_choice(
        Offered(text=_rich(one.text, fmt), share=one.share, feedback=one.feedback)
        for one in answers
    )


def _written(gap: Gap, fmt: TextFormat) -> str:
    if gap.words:
        kind = "SHORTANSWER_C" if gap.words.case_matters else "SHORTANSWER"
        answers = [
            _out(_shown(one.pattern, fmt), one.share, one.feedback, fmt)
            for one in gap.words.accepted
        ]
    elif gap.number:
        kind = "NUMERICAL"
        answers = [_out(_target(one), one.share, one.feedback, fmt) for one in gap.number.accepted]
        if not gap.number.other_feedback.is_blank:
            answers.append(_out("*", NOTHING, gap.number.other_feedback, fmt))
    elif gap.choice:
        kind = "MULTICHOICE"
        answers = [
            _out(_same(one.text, fmt), one.share, one.feedback, fmt) for one in gap.choice.options
        ]
    else:
        raise NotAsked(_("A gap has no answers."))
    return f"{{{gap.weight}:{kind}:{'~'.join(answers)}}}"


def _out(text: str, share: Fraction, feedback: RichText, fmt: TextFormat) -> str:
    sign = "=" if share == EVERYTHING else f"%{percent_of(share)}%" if share else ""
    said = "" if feedback.is_blank else "#" + _escaped(_same(feedback, fmt))
    return sign + _escaped(text) + said


def _same(text: RichText, fmt: TextFormat) -> str:
    """Return a text in the format of the whole. Raises NotAsked for one that it cannot be in."""
    if text.format is fmt or text.is_blank:
        return text.source
    if fmt is TextFormat.HTML and text.format is TextFormat.PLAIN:
        return html.escape(text.source, quote=False)
    if text.format is TextFormat.PLAIN:
        return text.source
    raise NotAsked(_("Its texts are in different formats, which gaps cannot be."))


def _shown(pattern: str, fmt: TextFormat) -> str:
    return html.escape(pattern, quote=False) if fmt is TextFormat.HTML else pattern


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)


def _target(one: AcceptedNumber) -> str:
    if one.within is not None:
        middle = (one.within.low + one.within.high) / 2
        return f"{written(middle)}:{written(one.within.high - middle)}"
    if one.near is None:
        raise NotAsked(_("There is no number."))
    reach = one.near.tolerance * (abs(one.near.value) if one.near.relative else Decimal(1))
    return f"{written(one.near.value)}:{written(reach)}"
