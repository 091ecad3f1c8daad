"""How a test says which case of which suite it is, and what became of it."""

from collections import Counter
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name

from app.core.assessments.formats import BankImport


def of_suite(suite: str, name: str = "", expected: str = "") -> pytest.MarkDecorator:
    """Return the mark of a case; without a name it is called as the test is."""
    return pytest.mark.conformance(suite=suite, case=name, expected=expected)


def case(suite: str, name: str, *values: Any, expected: str) -> ParameterSet:
    """Return one case among the parameters of a test: its values, or else its name."""
    return pytest.param(*(values or (name,)), id=name, marks=of_suite(suite, name, expected))


def bank_words(key: str, bank: BankImport) -> str:
    """Return what the document says of a question bank."""
    types = Counter(one.question.type.replace("_", " ") for one in bank.questions)
    asked = ", ".join(f"{count} {type_}" for type_, count in sorted(types.items()))
    lost = [one for one in bank.problems if one.left_out]
    reasons = "; ".join(sorted({one.reason for one in lost}))
    left = f"; {len(lost)} left out and named: {reasons}" if lost else ""
    return f"{key}: {asked or 'no question'}{left}"
