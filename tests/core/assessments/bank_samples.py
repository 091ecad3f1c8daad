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
}
