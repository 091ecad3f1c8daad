"""Reading GIFT, Moodle's dialect, as its importer does; where that would guess, the question is reported.

Rules: https://docs.moodle.org/en/GIFT_format and question/format/gift/format.php.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.base import DEFAULT_LIMITS, BankLimits
from app.core.assessments.formats.building import not_a_number
from app.core.assessments.formats.gift_blocks import Block, reveal
from app.core.assessments.formats.gift_items import (
    GiftAnswer,
    GiftAsked,
    GiftCategory,
    GiftChoice,
    GiftDescription,
    GiftEssay,
    GiftFormat,
    GiftItem,
    GiftNumber,
    GiftNumbers,
    GiftPair,
    GiftPairs,
    GiftText,
    GiftTruth,
    GiftWords,
)
from app.core.assessments.question_types.numbers import read_number
from app.core.base.words import _

GAP = "_____"
ARROW = "->"
GENERAL = "####"
CATEGORY = "$CATEGORY:"
ANY_NUMBER = "*"

_FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_WEIGHT = re.compile(r"%\s*(-?\d{1,3}(?:[.,]\d{0,10})?)\s*%")
_ANSWER_STARTS = re.compile(r"(?=[=~])")
_ID = re.compile(r"\[id:((?:\\\]|[^\x00-\x1f\x7f\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\x00-\x1f\x7f\]])+)\]")
_CONTEXT = re.compile(r"\$[a-z0-9]+\$")
_SINGLE_SLASH = re.compile(r"(?<!/)/(?!/)")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_FULL = Decimal(100)
_SHORTEST_TRUTH_WORD = 4


def split_category(block: Block) -> tuple[GiftCategory | None, Block | None]:
    """Return the category that a block begins with, and the question that is left of it."""
    first, _break, rest = block.text.lstrip().partition("\n")
    if not first.startswith(CATEGORY):
        return None, block
    title = reveal(first.removeprefix(CATEGORY)).strip()
    category = GiftCategory(line=block.line, title=title, path=category_path(title))
    left = Block(line=block.line + 1, text=rest, comments=()) if rest.strip() else None
    return category, left


def category_path(title: str) -> tuple[str, ...]:
    """Return the names in a category's title, without the context Moodle puts before them."""
    parts = [part.replace("//", "/").strip() for part in _SINGLE_SLASH.split(title)]
    if parts and _CONTEXT.fullmatch(parts[0]):
        parts = parts[1:]
        if parts and parts[0] == "top":
            parts = parts[1:]
    return tuple(part for part in parts if part)


def read_item(block: Block, limits: BankLimits = DEFAULT_LIMITS) -> GiftItem:
    """Return the question that a block holds. Raises NotAsked."""
    if len(block.text) > limits.question_characters:
        raise NotAsked(_("The question is too long."))
    name, text = _split_name(block.text.strip())
    before, answers, after = _split_answers(text)
    has_gap = answers is not None and bool(after.strip())
    stem = read_text(before + GAP + after if has_gap else before, GiftFormat.MOODLE)
    general: str | None = None
    if answers is not None and GENERAL in answers:
        answers, _mark, general = answers.rpartition(GENERAL)
    asked = _read_asked(answers, stem.format, limits)
    return GiftItem(
        line=block.line,
        name=name,
        stem=stem,
        has_gap=has_gap,
        general_feedback=_feedback(general, stem.format),
        asked=asked,
        external_id=next(iter(_marks(_ID, block)), ""),
        tags=tuple(_marks(_TAG, block)),
    )


def name_of(block: Block) -> str:
    """Return what a reader of a report would call the block: its name, or how it begins."""
    name, text = _split_name(block.text.strip())
    return name or _BLANKS.sub(" ", reveal(text)).strip()[:60]


def read_text(raw: str, default: GiftFormat) -> GiftText:
    """Return a text with its format; line breaks count only where the format gives them a meaning."""
    found = _FORMAT.match(raw)
    format_ = GiftFormat(found[1].lower()) if found else default
    body = raw[found.end() :] if found else raw
    if format_ is GiftFormat.MOODLE:
        body = _BLANKS.sub(" ", body)
    return GiftText(source=reveal(body.strip()).strip(), format=format_)


def _split_name(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    name, mark, rest = text[2:].partition("::")
    if not mark:
        return "", text
    return _BLANKS.sub(" ", reveal(name)).strip(), rest


def _split_answers(text: str) -> tuple[str, str | None, str]:
    """Return what stands before, within and after the braces; None within when there are none."""
    opened, closed = text.find("{"), text.find("}")
    if opened < 0 and closed < 0:
        return text, None, ""
    if opened < 0 or closed < opened:
        raise NotAsked(
            _("A brace is missing: {brace}").format(brace="{" if opened < 0 or closed >= 0 else "}")
        )
    within, after = text[opened + 1 : closed], text[closed + 1 :]
    if "{" in within or "{" in after or "}" in after:
        raise NotAsked(_("There is more than one pair of braces; write \\{ and \\} within a text."))
    return text[:opened], within.strip(), after


def _read_asked(answers: str | None, default: GiftFormat, limits: BankLimits) -> GiftAsked:
    if answers is None:
        return GiftDescription()
    text = answers.strip()
    if len(_ANSWER_STARTS.split(text)) > limits.options + 1:
        raise NotAsked(_("There are too many answers."))
    for fits, read in _READERS:
        if fits(text):
            return read(text, default)
    return _read_words(text, default)


def _is_truth(text: str) -> bool:
    return _truth(text.partition("#")[0].strip()) is not None


def _truth(word: str) -> bool | None:
    return _TRUTHS.get(word.upper() if len(word) >= _SHORTEST_TRUTH_WORD else word)


def _read_essay(_text: str, _default: GiftFormat) -> GiftEssay:
    return GiftEssay()


def _read_truth(text: str, default: GiftFormat) -> GiftTruth:
    word, *said = text.split("#", 2)
    answer = _truth(word.strip())
    wrong, right = (*said, None, None)[:2]
    return GiftTruth(
        answer=bool(answer),
        wrong_feedback=_feedback(wrong, default),
        right_feedback=_feedback(right, default),
    )


def _read_choice(text: str, default: GiftFormat) -> GiftChoice:
    first, *entries = _ANSWER_STARTS.split(text)
    if first.strip():
        raise NotAsked(_("There is text before the first answer; mark each with = or ~."))
    return GiftChoice(
        answers=tuple(_answer(entry[1:], default, entry[0] == "=") for entry in entries)
    )


def _entries(text: str) -> list[str]:
    return [entry for entry in _ANSWER_STARTS.split(text) if entry]


def _answer(raw: str, default: GiftFormat, right: bool) -> GiftAnswer:
    weight, rest = _split_weight(raw)
    text, _mark, said = rest.partition("#")
    return GiftAnswer(
        right=right, weight=weight, text=read_text(text, default), feedback=_feedback(said, default)
    )


def _read_words(text: str, default: GiftFormat) -> GiftWords:
    entries = [entry.removeprefix("=") for entry in _entries(text)]
    return GiftWords(answers=tuple(_answer(entry, default, right=True) for entry in entries))


def _read_pairs(text: str, default: GiftFormat) -> GiftPairs:
    pairs = []
    for entry in _entries(text):
        prompt, arrow, answer = entry.removeprefix("=").partition(ARROW)
        if not arrow:
            raise NotAsked(_("A pair has no arrow (->)."))
        pairs.append(
            GiftPair(
                prompt=read_text(prompt, default),
                answer=_BLANKS.sub(" ", reveal(answer.strip())).strip(),
            )
        )
    return GiftPairs(pairs=tuple(pairs))


def _read_numbers(text: str, default: GiftFormat) -> GiftNumbers:
    accepted, tilde, rest = text[1:].partition("~")
    other: GiftText | None = None
    if tilde:
        target, _mark, said = _split_weight(rest)[1].partition("#")
        if target.strip() not in {"", ANY_NUMBER}:
            raise NotAsked(_("After ~ only what is said to any other number may stand."))
        other = _feedback(said, default)
    numbers = []
    for entry in _entries(accepted.strip()):
        weight, body = _split_weight(entry.removeprefix("="))
        target, _mark, said = body.partition("#")
        if target.strip() == ANY_NUMBER:
            other = _any_number(weight, _feedback(said, default))
        else:
            numbers.append(_number(target.strip(), weight, _feedback(said, default)))
    return GiftNumbers(numbers=tuple(numbers), other_feedback=other)


def _any_number(weight: Decimal | None, feedback: GiftText | None) -> GiftText | None:
    if weight != 0:
        raise NotAsked(_("An answer that fits any number may not earn anything."))
    return feedback


def _number(target: str, weight: Decimal | None, feedback: GiftText | None) -> GiftNumber:
    if ".." in target:
        low, _dots, high = target.partition("..")
        return GiftNumber(low=_value(low), high=_value(high), weight=weight, feedback=feedback)
    value, colon, tolerance = target.partition(":")
    return GiftNumber(
        value=_value(value),
        tolerance=_value(tolerance) if colon else None,
        weight=weight,
        feedback=feedback,
    )


def _value(raw: str) -> Decimal:
    text = reveal(raw).strip()
    value = None if "," in text else read_number(text)
    if value is None:
        raise not_a_number(text)
    return value


def _split_weight(raw: str) -> tuple[Decimal | None, str]:
    text = raw.lstrip()
    found = _WEIGHT.match(text)
    if not found:
        return None, text
    weight = Decimal(found[1].replace(",", "."))
    if abs(weight) > _FULL:
        raise NotAsked(_("A weight lies beyond 100%."))
    return weight, text[found.end() :]


def _feedback(raw: str | None, default: GiftFormat) -> GiftText | None:
    text = read_text(raw, default) if raw else None
    return text if text and text.source else None


def _marks(pattern: re.Pattern[str], block: Block) -> list[str]:
    found = (match for comment in block.comments for match in pattern.findall(comment))
    return [mark.replace("\\]", "]").strip() for mark in found]


_READERS: tuple[tuple[Callable[[str], bool], Callable[[str, GiftFormat], GiftAsked]], ...] = (
    (lambda text: not text, _read_essay),
    (lambda text: text.startswith("#"), _read_numbers),
    (lambda text: "~" in text, _read_choice),
    (lambda text: "=" in text and ARROW in text, _read_pairs),
    (_is_truth, _read_truth),
)
"""How each kind of answer is told, in Moodle's order; what is left is words."""
