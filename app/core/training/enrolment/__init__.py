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
from app.core.training.enrolment.naming import NamedInVain
from app.core.training.enrolment.offering import OfferedValues
from app.core.training.enrolment.service import Enrolment
from app.core.training.enrolment.types import (
    Matched,
    Rule,
    RuleNamesNothing,
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
    "NamedInVain",
    "Not",
    "OfferedValues",
    "OneOf",
    "Rule",
    "RuleNamesNothing",
    "RuleReachesMany",
    "RuleTried",
    "RuleWords",
    "RunOfRules",
    "ValueKind",
    "from_json",
    "in_words",
    "to_json",
]
