"""Reading GIFT."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.formats import BankImport, BankLimits
from app.core.assessments.formats.gift import Gift
from app.core.assessments.question_types.choice_many import ChoiceCredit, ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.matching import MatchingBody
from app.core.assessments.question_types.numeric import NumericBody
from app.core.assessments.question_types.short_text import ShortTextBody
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.types import MediaKind, Question, TextFormat, plain
from app.core.base.progress import NoProgress


def read(text: str, limits: BankLimits | None = None) -> BankImport:
    return Gift().read(text.encode(), NoProgress(), limits or BankLimits())


def one(text: str) -> Question:
    bank = read(text)
    assert [problem for problem in bank.problems if problem.left_out] == []
    [found] = bank.questions
    return found.question


def reasons(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.question_name, one.reason) for one in read(text).problems]


def test_choices_with_a_right_one_ask_for_one() -> None:
    question = one("::Tomb::Who?{~%-50%Grant#No ~%25%Lee =no one#Yes}")
    assert question.name == "Tomb"
    assert isinstance(question.body, ChoiceOneBody)
    told = [(one.text.source, one.share, one.feedback.source) for one in question.body.options]
    assert told == [
        ("Grant", Fraction(-1, 2), "No"),
        ("Lee", Fraction(1, 4), ""),
        ("no one", Fraction(1), "Yes"),
    ]


@pytest.mark.parametrize("weight", ["33.33333", "33,333", "33.3", "33"])
def test_choices_with_weights_alone_ask_for_several(weight: str) -> None:
    question = one(f"Which?{{~%{weight}%a ~%{weight}%b ~%{weight}%c ~%-100%d ~e}}")
    assert isinstance(question.body, ChoiceManyBody)
    assert question.body.credit is ChoiceCredit.WEIGHTED
    third = Fraction(1, 3)
    assert [one.share for one in question.body.options] == [third, third, third, -1, 0]


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        ("T", True),
        ("TRUE", True),
        ("true", True),
        ("F", False),
        ("FALSE", False),
        (" False ", False),
    ],
)
def test_truth(answer: str, truth: bool) -> None:
    body = one(f"Is it?{{{answer}}}").body
    assert isinstance(body, TrueFalseBody)
    assert body.answer is truth


def test_the_first_feedback_of_a_truth_is_for_the_wrong_answer() -> None:
    question = one("Is it?{FALSE#wrong#right####general}")
    assert question.body == TrueFalseBody(
        answer=False, feedback_true=plain("wrong"), feedback_false=plain("right")
    )
    assert question.feedback == plain("general")


def test_general_feedback_follows_the_last_four_signs() -> None:
    question = one("Is it?{T#a####b####c}")
    assert question.feedback == plain("c")


def test_words_and_their_weights() -> None:
    body = one("Which?{=Frog#Good =%50%Cat =%0%*#Wrong}").body
    assert isinstance(body, ShortTextBody)
    assert [(one.pattern, one.share) for one in body.accepted] == [
        ("Frog", 1),
        ("Cat", Fraction(1, 2)),
        ("*", 0),
    ]
    assert not body.case_matters


def test_numbers_with_tolerance_range_and_catch_all() -> None:
    body = one("When?{#=1822:2#Yes =%50%1820..1830 =%0%*#No}").body
    assert isinstance(body, NumericBody)
    first, second = body.accepted
    assert first.near is not None
    assert (first.near.value, first.near.tolerance) == (Decimal(1822), Decimal(2))
    assert second.within is not None
    assert (second.within.low, second.within.high) == (Decimal(1820), Decimal(1830))
    assert second.share == Fraction(1, 2)
    assert body.other_feedback == plain("No")


def test_pairs_with_one_to_mislead_and_one_answer_for_two() -> None:
    body = one("Match{=a -> x =b -> y =c -> x = -> z}").body
    assert isinstance(body, MatchingBody)
    assert [(one.text.source, one.answer) for one in body.prompts] == [
        ("a", "1"),
        ("b", "2"),
        ("c", "1"),
    ]
    assert [one.text.source for one in body.answers] == ["x", "y", "z"]


def test_answers_within_the_sentence_leave_a_gap() -> None:
    assert one("Grant is {~buried =entombed} there.").stem == plain("Grant is _____ there.")
    assert one("Two plus two is {=four}.").stem == plain("Two plus two is _____.")


@pytest.mark.parametrize(
    ("text", "source", "format_"),
    [
        ("a\n  b", "a b", TextFormat.PLAIN),
        ("[plain]a <b>b</b>", "a <b>b</b>", TextFormat.PLAIN),
        ("[html]<b>a</b>\nb", "<b>a</b>\nb", TextFormat.HTML),
        ("[MARKDOWN]*a*", "*a*", TextFormat.MARKDOWN),
        ("[moodle]a <i>b</i>", "a <i>b</i>", TextFormat.HTML),
        ("a <i>b</i>\\nc", "a <i>b</i><br>c", TextFormat.HTML),
        ("[tex]a", "[tex]a", TextFormat.PLAIN),
        ("\\[ x \\] \\~\\=\\#\\{\\}\\:\\\\\\n.", "\\[ x \\] ~=#{}:\\\n.", TextFormat.PLAIN),
        ("\\\\neq", "\\neq", TextFormat.PLAIN),
    ],
)
def test_texts_have_formats_and_escapes(text: str, source: str, format_: TextFormat) -> None:
    stem = one(f"{text}{{T}}").stem
    assert (stem.source, stem.format) == (source, format_)


def test_categories_hold_until_the_next() -> None:
    bank = read(
        "a{T}\n\n$CATEGORY: $course$/top/Safety/Lock//Tag\n\nb{T}\n\n$CATEGORY: Empty\n\n"
        "$CATEGORY: top\nc{T}\n"
    )
    assert [(one.category, one.line) for one in bank.questions] == [
        ((), 1),
        (("Safety", "Lock/Tag"), 5),
        (("top",), 10),
    ]
    assert bank.categories == (("Safety", "Lock/Tag"), ("Empty",), ("top",))


def test_marks_in_comments_are_kept() -> None:
    [found] = read("// [id:a\\]1] [tag:loto]\n// [tag:valve, big]\nIs it?{T}").questions
    assert found.external_id == "a]1"
    assert found.question.tags == ("loto", "valve, big")
    assert found.line == 3


def test_comments_within_a_question_are_no_part_of_it() -> None:
    assert one("Is\n// {F}\nit?{\n  // no\n T}").stem == plain("Is it?")


def test_blank_lines_within_braces_are_borne() -> None:
    bank = read("Which?{\n~a\n\n=b\n\n}\n\nNext{T}")
    assert [one.question.stem.source for one in bank.questions] == ["Which?", "Next"]
    assert [one.line for one in bank.questions] == [1, 8]


def test_one_bad_question_does_not_cost_the_others() -> None:
    text = "Good{T}\n\n::Bad::Open{=a\n\nAnother{F}\n\nStray } brace\n\nNumber{#x}\n\nLast{T}"
    assert [one.question.stem.source for one in read(text).questions] == ["Good", "Another", "Last"]
    assert reasons(text) == [
        (3, "Bad", "A brace is missing: }"),
        (7, "Stray } brace", "A brace is missing: {"),
        (9, "Number{#x}", "Not a number: x"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just a text", "It is a text that asks nothing; put it on a page of the course."),
        ("Tell{}", "It is an essay, which a person must mark; this is not supported yet."),
        (
            "Tell{####general}",
            "It is an essay, which a person must mark; this is not supported yet.",
        ),
        ("{a} or {b}", "There is more than one pair of braces; write \\{ and \\} within a text."),
        ("Q{=a -> b =c}", "A pair has no arrow (->)."),
        ("Q{=a -> b}", "There must be at least two pairs."),
        ("Q{a ~b =c}", "There is text before the first answer; mark each with = or ~."),
        ("Q{~a ~b}", "No option is marked as right."),
        ("Q{=a ~}", "An option is empty."),
        ("Q{~%50%a ~b}", "The right options together do not earn 100%."),
        ("Q{~%500%a =b}", "A weight lies beyond 100%."),
        ("Q{#}", "No answer earns 100%."),
        ("Q{#3,14}", "Not a number: 3,14"),
        ("Q{#5..1}", "A range ends before it begins."),
        ("Q{#5:-1}", "A tolerance is below 0."),
        ("Q{#=*}", "An answer that fits any number may not earn anything."),
        ("Q{#1~%50%2}", "After ~ only what is said to any other number may stand."),
        ("Q{=%50%a}", "No answer earns 100%."),
        ("{T}", "The question has no words."),
    ],
)
def test_what_cannot_be_asked_is_told(text: str, reason: str) -> None:
    bank = read(f"\n\n{text}")
    assert bank.questions == ()
    assert [(one.line, one.reason, one.left_out) for one in bank.problems] == [(3, reason, True)]


def test_two_right_choices_are_asked_but_told() -> None:
    bank = read("Q{~a =2 + 2 = 4}")
    assert len(bank.questions) == 1
    assert [one.left_out for one in bank.problems] == [False]
    assert "write \\= there" in bank.problems[0].reason


def test_html_is_cleaned_and_its_media_named() -> None:
    bank = read(
        '[html]<p>Which?<img src\\="@@PLUGINFILE@@/v.png"><script>x()</script></p>'
        '{=<img src\\="http\\://e.example/a.png">a ~b}'
    )
    [found] = bank.questions
    assert found.question.stem.source == '<p>Which?<img src="media:v.png"></p>'
    assert [(one.name, one.kind) for one in found.question.stem.media] == [
        ("v.png", MediaKind.IMAGE)
    ]
    assert [one.reason for one in bank.problems] == [
        "A file does not come with the question: http://e.example/a.png"
    ]


def test_a_guessed_encoding_is_told() -> None:
    bank = Gift().read("Où est-ce ? {=à Genève}".encode("cp1252"), NoProgress())
    assert bank.encoding == "cp1252"
    assert bank.questions[0].question.stem == plain("Où est-ce ?")
    assert [(one.left_out, one.line) for one in bank.problems] == [(False, 0)]


def test_limits_of_one_question() -> None:
    long, many = "x" * 50 + "{T}", "Q{=a" + "~b" * 20 + "}"
    limits = BankLimits(question_characters=50, options=10)
    bank = read(f"{long}\n\n{many}\n\nfine{{T}}", limits)
    assert [one.reason for one in bank.problems] == [
        "The question is too long.",
        "There are too many answers.",
    ]
    assert len(bank.questions) == 1


@given(st.text(alphabet="::{}=~#%->.[]html\\\n/T1 5$a*", max_size=80))
def test_no_text_breaks_the_reader_and_every_block_is_told(text: str) -> None:
    bank = read(f"Before{{T}}\n\n{text}\n\n::After::Last{{F}}\n\n")
    assert bank.questions[0].question.stem.source.startswith("Before")
    assert all(one.line > 0 for one in bank.questions)
    assert all(one.reason for one in bank.problems)
    stems = " ".join(one.question.name for one in bank.questions)
    assert "After" in stems or any(one.left_out for one in bank.problems)


def test_a_long_file_is_read_in_time() -> None:
    open_braces = "Q{=a\n\ntext\n\n" * 3000
    assert len(read(open_braces).problems) == 6000


def test_a_question_tagged_critical_must_be_right() -> None:
    found = Gift().read(b"// [tag:loto] [tag:critical]\n::Q:: The lock stays on. {T}", NoProgress())

    (one,) = found.questions
    assert one.question.critical
    assert one.question.tags == ("loto",)
