"""QTI as others write it: version 3's spelling, tolerances, weights, and what cannot be asked."""

from decimal import Decimal
from fractions import Fraction

import pytest

from app.core.assessments.formats import BankImport, recognised_format
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.gaps import GapsBody
from app.core.assessments.question_types.numeric import NumberNear, NumericBody
from app.core.assessments.types import Question, TextFormat, plain
from app.core.base.progress import NoProgress


def read(text: str, name: str = "item.xml") -> BankImport:
    format_ = recognised_format(text.encode(), name)
    assert format_ is not None
    return format_.read(text.encode(), NoProgress())


def only(found: BankImport) -> Question:
    assert [problem.reason for problem in found.problems] == []
    (one,) = found.questions
    return one.question


CHOICE_3 = """<?xml version="1.0"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q" title="Lock" xml:lang="en-GB">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
<qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="3"/>
<qti-item-body><p>The lock stays on <strong>until</strong></p>
<qti-choice-interaction response-identifier="RESPONSE" max-choices="1" shuffle="true">
<qti-simple-choice identifier="a">lunch</qti-simple-choice>
<qti-simple-choice identifier="b" fixed="true">the work is done</qti-simple-choice>
</qti-choice-interaction></qti-item-body></qti-assessment-item>"""


def test_version_3_says_the_same_in_other_words() -> None:
    question = only(read(CHOICE_3))

    assert isinstance(question.body, ChoiceOneBody)
    assert (question.name, question.language, question.points) == ("Lock", "en", 3)
    assert question.stem.format is TextFormat.HTML
    assert "<strong>until</strong>" in question.stem.source
    assert [(one.share, one.pinned) for one in question.body.options] == [
        (Fraction(0), False),
        (Fraction(1), True),
    ]


def item(declarations: str, body: str, processing: str = "") -> str:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="Q">'
        f"{declarations}<itemBody>{body}</itemBody>{processing}</assessmentItem>"
    )


NUMBER = """<responseDeclaration identifier="R" cardinality="single" baseType="float">
<correctResponse><value>4.136</value></correctResponse></responseDeclaration>"""
WITHIN_FIVE_PERCENT = """<responseProcessing><responseCondition><responseIf>
<equal toleranceMode="relative" tolerance="5.0 5.0"><variable identifier="R"/><correct identifier="R"/></equal>
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
</responseIf></responseCondition></responseProcessing>"""


def test_a_number_keeps_the_tolerance_of_the_scoring_rules() -> None:
    text = item(
        NUMBER,
        '<p>How many?</p><p><textEntryInteraction responseIdentifier="R"/></p>',
        WITHIN_FIVE_PERCENT,
    )
    question = only(read(text))

    assert isinstance(question.body, NumericBody)
    assert question.stem == plain("How many?")
    assert question.body.accepted[0].near == NumberNear(
        value=Decimal("4.136"), tolerance=Decimal("0.05"), relative=True
    )


def test_an_entry_within_a_sentence_is_a_gap() -> None:
    text = item(
        NUMBER,
        '<p>It is <textEntryInteraction responseIdentifier="R"/> metres.</p>',
        WITHIN_FIVE_PERCENT,
    )
    question = only(read(text))

    assert isinstance(question.body, GapsBody)
    assert question.body.text == plain("It is [[1]] metres.")


MAPPED = """<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier">
<correctResponse><value>a</value></correctResponse>
<mapping upperBound="2"><mapEntry mapKey="a" mappedValue="2"/><mapEntry mapKey="b" mappedValue="-1"/></mapping>
</responseDeclaration>"""


def test_a_mapping_becomes_weights_of_the_whole() -> None:
    body = (
        '<choiceInteraction responseIdentifier="R" maxChoices="0"><prompt>Which?</prompt>'
        '<simpleChoice identifier="a">A</simpleChoice><simpleChoice identifier="b">B</simpleChoice>'
        '<simpleChoice identifier="c">C</simpleChoice></choiceInteraction>'
    )
    processing = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'
    question = only(read(item(MAPPED, body, processing)))

    assert isinstance(question.body, ChoiceManyBody)
    assert question.body.credit is ChoiceCredit.WEIGHTED
    assert [one.share for one in question.body.options] == [1, Fraction(-1, 2), 0]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Read this.</p>", "asks nothing"),
        ('<extendedTextInteraction responseIdentifier="R"/>', "extendedTextInteraction"),
        (
            '<choiceInteraction responseIdentifier="R"/><orderInteraction responseIdentifier="R"/>',
            "several things",
        ),
        ('<p><textEntryInteraction responseIdentifier="unknown"/></p>', "what is right"),
    ],
)
def test_what_cannot_be_asked_is_named(body: str, reason: str) -> None:
    found = read(item(NUMBER, body))

    assert found.questions == ()
    assert reason in found.problems[0].reason
    assert found.problems[0].question_name == "Q"
