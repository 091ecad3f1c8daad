"""SCORM 1.2's prerequisites: an aicc_script over the statuses of other lessons (CAM 1.2, 2.3.2.5.1.1).

`A1 & ~A2`, `A1 | (A2 & A3)`, `A1 = "passed"`, `A1 <> failed`, `2*{A1, A2, A3}`. A name alone asks
whether that lesson is passed or completed.
"""

import re
from collections.abc import Callable, Mapping

LONGEST = 4_000
_DEEPEST = 50
_TOKEN = re.compile(r'\s*(<>|[&|~=(){},*]|"[^"]*"|[^\s&|~=(){},*<>"]+)')
_SIGNS = frozenset([*"&|~=(){},*", "<>"])
_DONE = frozenset({"passed", "completed"})
_INITIALS = {
    "p": "passed",
    "c": "completed",
    "f": "failed",
    "i": "incomplete",
    "b": "browsed",
    "n": "not attempted",
}

Statuses = Mapping[str, str]
Test = Callable[[Statuses], bool]
"""Tells from the statuses of lessons whether a prerequisite is met."""


class PrerequisiteUnreadable(ValueError):
    """The text is no aicc_script."""


def prerequisite(untrusted: str) -> Test:
    """Return a test over lesson statuses by identifier. Raises PrerequisiteUnreadable.

    A lesson whose status is not given counts as not attempted. No text at all is always met.
    """
    if not untrusted.strip():
        return lambda _statuses: True
    if len(untrusted) > LONGEST:
        raise PrerequisiteUnreadable("too long")
    return _Reading(untrusted).whole()


class _Reading:
    """One pass over a script: or, over and, over not, over one question."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._place = 0
        self._depth = 0

    def whole(self) -> Test:
        """Return the test that the whole text is."""
        test = self._either()
        if self._place != len(self._tokens):
            raise PrerequisiteUnreadable(f"unexpected {self._tokens[self._place]!r}")
        return test

    def _next(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _take(self, expected: str = "") -> str:
        token = self._next()
        if not token or (expected and token != expected):
            raise PrerequisiteUnreadable(f"expected {expected or 'a name'!r}, found {token!r}")
        self._place += 1
        return token

    def _either(self) -> Test:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PrerequisiteUnreadable("too deep")
        tests = [self._both()]
        while self._next() == "|":
            self._take()
            tests.append(self._both())
        self._depth -= 1
        return tests[0] if len(tests) == 1 else lambda known: any(test(known) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._next() == "&":
            self._take()
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda known: all(test(known) for test in tests)

    def _one(self) -> Test:
        negations = 0
        while self._next() == "~":
            self._take()
            negations += 1
        test = self._question()
        return test if negations % 2 == 0 else lambda known: not test(known)

    def _question(self) -> Test:
        if self._next() == "(":
            self._take()
            test = self._either()
            self._take(")")
            return test
        name = self._name()
        if self._next() == "*":
            return self._so_many(name)
        if self._next() in {"=", "<>"}:
            return self._compared(name)
        return lambda known: known.get(name, "") in _DONE

    def _name(self) -> str:
        token = self._take()
        if not token.strip('"') or token in _SIGNS:
            raise PrerequisiteUnreadable(f"expected a name, found {token!r}")
        return token.strip('"')

    def _so_many(self, count: str) -> Test:
        if not re.fullmatch(r"\d{1,6}", count, re.ASCII):
            raise PrerequisiteUnreadable(f"{count!r} is no number")
        self._take("*")
        self._take("{")
        tests = [self._either()]
        while self._next() == ",":
            self._take()
            tests.append(self._either())
        self._take("}")
        return lambda known: sum(test(known) for test in tests) >= int(count)

    def _compared(self, name: str) -> Test:
        is_same = self._take() == "="
        written = self._name().lower()
        wanted = _INITIALS.get(written, written)
        return lambda known: (known.get(name, "not attempted") == wanted) is is_same


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise PrerequisiteUnreadable(f"unexpected {text[place]!r}")
        tokens.append(found[1])
        place = found.end()
    return tokens
