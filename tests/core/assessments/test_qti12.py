"""QTI 1.2 as others write it: conditions that add or name whole sets, lists that pair, files beside."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from app.core.assessments.formats import BankImport, recognised_format
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.matching import MatchingBody
from app.core.assessments.question_types.numeric import NumberNear, NumberRange, NumericBody
from app.core.assessments.question_types.short_text import ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.types import Body, plain
from app.core.base.progress import NoProgress
from tests.support.archives import zip_bytes

STEM = "<material><mattext>What is it?</mattext></material>"
FOUR = {"a": "one", "b": "two", "c": "three", "d": "four"}


def read(content: bytes, name: str = "items.xml") -> BankImport:
    format_ = recognised_format(content, name)
    assert format_ is not None
    return format_.read(content, NoProgress())


def item(presentation: str, processing: str, said: str = "") -> bytes:
    return (
        f'<questestinterop><item ident="q1" title="Q"><presentation>{STEM}{presentation}</presentation>'
        f"<resprocessing>{processing}</resprocessing>{said}</item></questestinterop>"
    ).encode()


def listed(
    ident: str, labels: Mapping[str, str], cardinality: str = "Single", asked: str = ""
) -> str:
    shown = "".join(
        f'<response_label ident="{key}"><material><mattext>{text}</mattext></material></response_label>'
        for key, text in labels.items()
    )
    return (
        f'<response_lid ident="{ident}" rcardinality="{cardinality}">'
        f"<material><mattext>{asked}</mattext></material>"
        f"<render_choice>{shown}</render_choice></response_lid>"
    )


def when(condition: str, score: str, action: str = "Set", said: str = "") -> str:
    return (
        f"<respcondition><conditionvar>{condition}</conditionvar>"
        f'<setvar action="{action}">{score}</setvar>{said}</respcondition>'
    )


def equal(response: str, value: str, case: str = "No") -> str:
    return f'<varequal respident="{response}" case="{case}">{value}</varequal>'


def body_of(content: bytes) -> Body:
    found = read(content)
    assert [problem.reason for problem in found.problems] == []
    (one,) = found.questions
    assert one.question.stem == plain("What is it?")
    return one.question.body


def test_conditions_that_add_are_weights() -> None:
    scores = when(equal("r", "a"), "50", "Add") + when(equal("r", "b"), "50", "Add")
    body = body_of(
        item(listed("r", FOUR, "Multiple"), scores + when(equal("r", "c"), "-50", "Add"))
    )

    assert isinstance(body, ChoiceManyBody)
    assert body.credit is ChoiceCredit.WEIGHTED
    assert [one.share for one in body.options] == [
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(-1, 2),
        0,
    ]


def test_a_condition_that_names_a_whole_set_is_all_or_nothing() -> None:
    both = (
        f"<and>{equal('r', 'a')}{equal('r', 'b')}<not>{equal('r', 'c')}</not>"
        f"<not>{equal('r', 'd')}</not></and>"
    )
    body = body_of(item(listed("r", FOUR, "Multiple"), when(both, "100")))

    assert isinstance(body, ChoiceManyBody)
    assert body.credit is ChoiceCredit.ALL_OR_NOTHING
    assert [one.share for one in body.options] == [1, 1, 0, 0]


def test_options_named_true_and_false_are_a_statement() -> None:
    said = '<displayfeedback linkrefid="well"/>'
    texts = '<itemfeedback ident="well"><material><mattext>So it is.</mattext></material></itemfeedback>'
    labels = {"t": "True", "f": "False"}
    body = body_of(item(listed("r", labels), when(equal("r", "t"), "100", said=said), texts))

    assert body == TrueFalseBody(answer=True, feedback_true=plain("So it is."))


def test_lists_with_the_same_entries_are_pairs() -> None:
    lists = listed("r1", FOUR, asked="A") + listed("r2", FOUR, asked="B")
    scores = when(equal("r1", "c"), "50", "Add") + when(equal("r2", "a"), "50", "Add")
    body = body_of(item(lists, scores))

    assert isinstance(body, MatchingBody)
    assert [(one.text.source, one.answer) for one in body.prompts] == [("A", "3"), ("B", "1")]
    assert [one.text.source for one in body.answers] == list(FOUR.values())


def test_words_are_taken_as_they_stand() -> None:
    body = body_of(
        item('<response_str ident="r"/>', when(equal("r", "2*3", "Yes"), "100")),
    )

    assert isinstance(body, ShortTextBody)
    assert body.case_matters
    assert [one.pattern for one in body.accepted] == [r"2\*3"]


def test_bounds_are_a_range_and_values_are_numbers() -> None:
    span = '<vargte respident="r">10</vargte><varlte respident="r">14</varlte>'
    body = body_of(
        item('<response_num ident="r"/>', when(equal("r", "12"), "100") + when(span, "50"))
    )

    assert isinstance(body, NumericBody)
    assert [(one.near, one.within, one.share) for one in body.accepted] == [
        (NumberNear(value=Decimal(12)), None, 1),
        (None, NumberRange(low=Decimal(10), high=Decimal(14)), Fraction(1, 2)),
    ]


@pytest.mark.parametrize(
    ("presentation", "processing", "reason"),
    [
        ("", "", "asks nothing"),
        ('<response_str ident="r"/><response_str ident="s"/>', "", "several things"),
        ('<response_xy ident="r"/>', "", "response_xy"),
        ('<response_num ident="r"/>', when(equal("r", "twelve"), "100"), "Not a number: twelve"),
        (listed("r", {"t": "True", "f": "False"}), "", "whether the statement is true"),
        (listed("r", FOUR) + listed("s", FOUR), "", "no right partner"),
    ],
)
def test_what_cannot_be_asked_is_named(presentation: str, processing: str, reason: str) -> None:
    found = read(item(presentation, processing))

    assert not found.questions
    assert reason in found.problems[0].reason


@pytest.mark.parametrize("address", ["pictures/plug.png", "../pool/pictures/plug.png"])
def test_a_picture_is_found_from_where_the_document_lies(address: str) -> None:
    picture = f'<material><matimage uri="{address}"/></material>'
    content = item(picture + listed("r", FOUR), when(equal("r", "a"), "100"))
    found = read(
        zip_bytes({"pool/items.xml": content, "pool/pictures/plug.png": b"a picture"}), "pool.zip"
    )

    assert [(one.name, one.content) for one in found.files] == [("plug.png", b"a picture")]
    (one,) = found.questions
    assert [media.name for media in one.question.stem.media] == ["plug.png"]
