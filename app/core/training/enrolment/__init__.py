"""Enrolment rules: conditions on people that assign, tried before they are let loose."""

from app.core.training.enrolment.attributes import ATTRIBUTES, Attribute, ValueKind
from app.core.training.enrolment.conditions import (
    All,
    Between,
    Condition,
    Either,
    Not,
    OneOf,
    from_json,
    in_words,
    to_json,
)
from app.core.training.enrolment.service import Enrolment
from app.core.training.enrolment.types import (
    Matched,
    Rule,
    RuleReachesMany,
    RuleTried,
    RuleWords,
    RunOfRules,
)

__all__ = [
    "ATTRIBUTES",
    "All",
    "Attribute",
    "Between",
    "Condition",
    "Either",
    "Enrolment",
    "Matched",
    "Not",
    "OneOf",
    "Rule",
    "RuleReachesMany",
    "RuleTried",
    "RuleWords",
    "RunOfRules",
    "ValueKind",
    "from_json",
    "in_words",
    "to_json",
]
