"""A QTI item while it is written: declarations, text, scoring rules, in the order of the schema."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.markup_xml import put
from app.core.assessments.formats.xml_reading import add
from app.core.assessments.question_types.numbers import written
from app.core.assessments.question_types.numeric import AcceptedNumber
from app.core.assessments.types import Question
from app.core.base.words import _

RESPONSE = "RESPONSE"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_PERCENT = 100


class Out:
    """One item on its way: declarations first, then the score, the text, the scoring, the feedback."""

    def __init__(self, item: Element, question: Question) -> None:
        self._item = item
        self.question = question
        self._declared: list[Element] = []
        self.worth = question.points
        """What a share of 1 is mapped to."""
        self.body = Element("itemBody")
        self.processing = Element("responseProcessing")

    def declare(
        self,
        cardinality: str,
        base_type: str,
        correct: Iterable[str],
        mapped: dict[str, Fraction] | None = None,
        identifier: str = RESPONSE,
        *,
        exact_case: bool = True,
    ) -> None:
        """Declare a response with its right values, and what values earn."""
        made = Element(
            "responseDeclaration",
            {"identifier": identifier, "cardinality": cardinality, "baseType": base_type},
        )
        holder = add(made, "correctResponse")
        for value in correct:
            add(holder, "value", value)
        if mapped:
            entries = add(made, "mapping", defaultValue="0")
            for key, share in mapped.items():
                add(
                    entries,
                    "mapEntry",
                    mapKey=key,
                    mappedValue=_decimal(share * self.worth),
                    caseSensitive=str(exact_case).lower(),
                )
        self._declared.append(made)

    def score_right(self, *identifiers: str) -> None:
        """Give everything when every response is the right one, else nothing."""
        if self.question.points == 1 and identifiers == (RESPONSE,):
            self.processing.set("template", _TEMPLATES + "match_correct")
            return
        condition = add(add(self.processing, "responseCondition"), "responseIf")
        every = condition if len(identifiers) == 1 else add(condition, "and")
        for identifier in identifiers:
            match = add(every, "match")
            add(match, "variable", identifier=identifier)
            add(match, "correct", identifier=identifier)
        self._set_score(condition, str(self.question.points))

    def score_mapped(self) -> None:
        """Add up what the values chosen are mapped to."""
        self.processing.set("template", _TEMPLATES + "map_response")

    def score_sum(self, identifiers: Sequence[str], whole: int) -> None:
        """Add up what several responses are mapped to, of `whole` in all."""
        product = add(add(self.processing, "setOutcomeValue", identifier="SCORE"), "product")
        each = Fraction(self.question.points, whole)
        add(product, "baseValue", _decimal(each), baseType="float")
        total = add(product, "sum")
        for identifier in identifiers:
            add(total, "mapResponse", identifier=identifier)

    def score_numbers(self, accepted: Sequence[AcceptedNumber]) -> None:
        """Compare with numbers, one after the other."""
        condition = add(self.processing, "responseCondition")
        for index, one in enumerate(accepted):
            rule = add(condition, "responseElseIf" if index else "responseIf")
            _compare(rule, one)
            self._set_score(rule, _decimal(one.share * self.question.points))

    def _set_score(self, rule: Element, value: str) -> None:
        holder = add(rule, "setOutcomeValue", identifier="SCORE")
        add(holder, "baseValue", value, baseType="float")

    def interaction(self, name: str, **attributes: str) -> Element:
        """Add an interaction after the stem, which is its prompt."""
        made = add(self.body, name, responseIdentifier=RESPONSE, **attributes)
        put(add(made, "prompt"), self.question.stem, block=False)
        return made

    def finish(self) -> None:
        """Put the parts into the item in the order that the schema asks for."""
        self._item.extend(self._declared)
        score = add(
            self._item,
            "outcomeDeclaration",
            identifier="SCORE",
            cardinality="single",
            baseType="float",
            normalMaximum=str(self.question.points),
        )
        add(add(score, "defaultValue"), "value", "0")
        self._item.append(self.body)
        self._item.append(self.processing)
        if not self.question.feedback.is_blank:
            said = add(
                self._item,
                "modalFeedback",
                outcomeIdentifier="FEEDBACK",
                showHide="show",
                identifier="general",
            )
            put(said, self.question.feedback, block=True)


def _decimal(share: Fraction) -> str:
    value = Decimal(share.numerator) / Decimal(share.denominator)
    return format(round(value, 9).normalize(), "f")


def _compare(rule: Element, one: AcceptedNumber) -> None:
    if one.within is not None:
        both = add(rule, "and")
        for name, end in (("gte", one.within.low), ("lte", one.within.high)):
            side = add(both, name)
            add(side, "variable", identifier=RESPONSE)
            add(side, "baseValue", written(end), baseType="float")
        return
    if one.near is None:
        raise NotAsked(_("There is no number."))
    same = add(rule, "equal", toleranceMode="exact")
    if one.near.tolerance:
        reach = one.near.tolerance * (_PERCENT if one.near.relative else 1)
        same.set("toleranceMode", "relative" if one.near.relative else "absolute")
        same.set("tolerance", f"{written(reach)} {written(reach)}")
    add(same, "variable", identifier=RESPONSE)
    add(same, "baseValue", written(one.near.value), baseType="float")
