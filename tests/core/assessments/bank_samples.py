"""A file of two questions in each format that is only read; the others write their own."""

SAMPLES: dict[str, bytes] = {
    "aiken": b"""The lock stays on until
A) lunch
B) the work is done
ANSWER: B

Who removes it?
A. Whoever put it on
B. The shift leader
ANSWER: A
""",
    "cloze": b"Lock at {1:SHORTANSWER:=the source~%50%source}, then {2:MULTICHOICE:=try~wait}.",
    "qti-1.2": b"""<questestinterop><assessment ident="a"><section ident="s">
<item ident="q1" title="Lock"><presentation><material><mattext>The lock stays on until</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="a"><material><mattext>lunch</mattext></material></response_label>
<response_label ident="b"><material><mattext>the work is done</mattext></material></response_label>
</render_choice></response_lid></presentation><resprocessing><respcondition>
<conditionvar><varequal respident="r">b</varequal></conditionvar><setvar action="Set">100</setvar>
</respcondition></resprocessing></item>
<item ident="q2"><presentation><material><mattext>How many volts are left?</mattext></material>
<response_str ident="r"><render_fib fibtype="Decimal"/></response_str></presentation><resprocessing>
<respcondition><conditionvar><vargte respident="r">0</vargte><varlte respident="r">0.5</varlte></conditionvar>
<setvar action="Set">100</setvar></respcondition></resprocessing></item>
</section></assessment></questestinterop>""",
}
