"""Conformance: a test is one case of a suite, and what came of it is written into docs/conformance.md."""

from tests.support.conformance.cases import bank_words, case, of_suite
from tests.support.conformance.suites import SUITES, Suite

__all__ = ["SUITES", "Suite", "bank_words", "case", "of_suite"]
