"""Numbers that a QTI item accepts: its right value, with the tolerance that its scoring rules name."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.building import decimal
from app.core.assessments.formats.qti_declarations import Declaration, number
from app.core.assessments.formats.xml_reading import child, local, within, words
from app.core.assessments.question_types.numeric import AcceptedNumber, NumberNear, NumberRange
from app.core.assessments.types import EVERYTHING
from app.core.base.words import _

_PERCENT = Decimal(100)


def accepted_numbers(item: Element, declared: Declaration) -> tuple[AcceptedNumber, ...]:
    """Return what is accepted, in the order in which it is tried. Raises NotAsked."""
    by_rules = tuple(_by_rules(item, declared))
    if by_rules:
        return by_rules
    shares = {key: value / declared.whole for key, value in declared.mapped.items()}
    shares |= dict.fromkeys(declared.correct, EVERYTHING)
    return tuple(
        AcceptedNumber(near=NumberNear(value=decimal(text)), share=min(share, EVERYTHING))
        for text, share in sorted(shares.items(), key=lambda one: -one[1])
    )


def _by_rules(item: Element, declared: Declaration) -> Iterator[AcceptedNumber]:
    """Yield what conditions about this response compare it with (QTI 2.x, 15.3)."""
    processing = child(item, "responseProcessing")
    if processing is None:
        return
    found: list[tuple[Fraction, NumberNear | None, NumberRange | None]] = []
    for rule in within(processing, "responseIf", "responseElseIf"):
        condition = next(iter(rule), None)
        if condition is None or not _is_about(condition, declared.identifier):
            continue
        target = _target(condition, declared)
        if target is not None:
            found.append((_value(rule), *target))
    whole = max((value for value, _near_, _range_ in found), default=EVERYTHING)
    for value, near, span in found:
        yield AcceptedNumber(
            near=near, within=span, share=value / whole if whole > 0 else EVERYTHING
        )


def _is_about(condition: Element, identifier: str) -> bool:
    names = (one.get("identifier") for one in within(condition, "variable"))
    return set(names) == {identifier}


def _target(
    condition: Element, declared: Declaration
) -> tuple[NumberNear | None, NumberRange | None] | None:
    if local(condition) == "equal":
        return _near(condition, declared), None
    if local(condition) == "and":
        low = next(within(condition, "gte"), None)
        high = next(within(condition, "lte"), None)
        if low is not None and high is not None and len(condition) == 2:  # noqa: PLR2004
            return None, NumberRange(low=_base(low, declared), high=_base(high, declared))
    return None


def _near(condition: Element, declared: Declaration) -> NumberNear:
    mode = condition.get("toleranceMode", "exact")
    first = (condition.get("tolerance", "") or "0").split()[0]
    reach = decimal(first) if mode != "exact" else Decimal(0)
    value = _base(condition, declared)
    if mode == "relative":  # in percent of the value (QTI 2.1, 15.4, equal)
        return NumberNear(value=value, tolerance=reach / _PERCENT, relative=True)
    return NumberNear(value=value, tolerance=reach)


def _base(condition: Element, declared: Declaration) -> Decimal:
    base = next(within(condition, "baseValue"), None)
    if base is not None:
        return decimal(words(base))
    if declared.correct and next(within(condition, "correct"), None) is not None:
        return decimal(declared.correct[0])
    raise NotAsked(_("Its scoring rules are not understood."))


def _value(rule: Element) -> Fraction:
    """Return the score that a rule sets."""
    for one in within(rule, "setOutcomeValue"):
        base = next(within(one, "baseValue"), None)
        if one.get("identifier") == "SCORE" and base is not None:
            return number(words(base))
    return EVERYTHING
