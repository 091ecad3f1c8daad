"""Reads one <imsss:sequencing> element with ADL's extensions.

An element that names another of the sequencingCollection by `IDRef` takes over whatever it does not
say itself, element by element (IMS SS, XML binding).
"""

from collections.abc import Mapping
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.core.content.sequencing.definition import (
    ChoiceLimits,
    ControlMode,
    DeliveryControls,
    LimitConditions,
    Randomization,
    RollupRule,
    RollupSettings,
    RuleCondition,
    Sequencing,
    SequencingRule,
)
from app.core.content.sequencing.errors import SequencingUnreadable
from app.core.content.sequencing.objectives_reader import read_objectives
from app.core.content.sequencing.vocabulary import (
    EXIT_ACTIONS,
    POST_ACTIONS,
    PRE_ACTIONS,
    Action,
    ChildSet,
    Combination,
    Condition,
    Required,
    RollupAction,
    Timing,
)
from app.core.content.sequencing.xml_values import (
    Attributes,
    child,
    children,
    local_name,
    namespace,
)

MOST_RULES = 500

Parts = Mapping[str, Element]
Collection = Mapping[str, Element]


def read_sequencing(element: Element | None, collection: Collection, where: str) -> Sequencing:
    """Return what an element says; the defaults for None. Raises SequencingUnreadable."""
    if element is None:
        return Sequencing()
    parts = _parts(element, collection, where)
    primary, others = read_objectives(parts.get("objectives"), parts.get("adl:objectives"), where)
    return Sequencing(
        control=_control(parts, where),
        choice_limits=_choice_limits(parts, where),
        pre_rules=_rules(parts, "preConditionRule", PRE_ACTIONS, where),
        exit_rules=_rules(parts, "exitConditionRule", EXIT_ACTIONS, where),
        post_rules=_rules(parts, "postConditionRule", POST_ACTIONS, where),
        limits=_limits(parts, where),
        rollup=_rollup(parts, where),
        primary=primary,
        objectives=others,
        randomization=_randomization(parts, where),
        delivery=_delivery(parts, where),
    )


def _parts(element: Element, collection: Collection, where: str) -> Parts:
    reference = Attributes.of(element, where).text("IDRef")
    inherited: list[Element] = []
    if reference:
        if reference not in collection:
            raise SequencingUnreadable(where, f"IDRef={reference}")
        inherited = list(collection[reference])
    parts: dict[str, Element] = {}
    for part in (*inherited, *element):
        is_adl = "adlseq" in namespace(part) and local_name(part) == "objectives"
        parts["adl:objectives" if is_adl else local_name(part)] = part
    return parts


def _control(parts: Parts, where: str) -> ControlMode:
    said = Attributes.of(parts.get("controlMode"), where)
    return ControlMode(
        choice=said.truth("choice", otherwise=True),
        choice_exit=said.truth("choiceExit", otherwise=True),
        flow=said.truth("flow", otherwise=False),
        forward_only=said.truth("forwardOnly", otherwise=False),
        use_current_objective_info=said.truth("useCurrentAttemptObjectiveInfo", otherwise=True),
        use_current_progress_info=said.truth("useCurrentAttemptProgressInfo", otherwise=True),
    )


def _choice_limits(parts: Parts, where: str) -> ChoiceLimits:
    said = Attributes.of(parts.get("constrainedChoiceConsiderations"), where)
    return ChoiceLimits(
        prevent_activation=said.truth("preventActivation", otherwise=False),
        constrain_choice=said.truth("constrainChoice", otherwise=False),
    )


def _rules(
    parts: Parts, name: str, allowed: frozenset[Action], where: str
) -> tuple[SequencingRule, ...]:
    found = list(children(parts.get("sequencingRules"), name))
    if len(found) > MOST_RULES:
        raise SequencingUnreadable(where, f"{len(found)} {name}")
    return tuple(_rule(element, allowed, where) for element in found)


def _rule(element: Element, allowed: frozenset[Action], where: str) -> SequencingRule:
    said = Attributes.of(child(element, "ruleAction"), where)
    action = said.word("action", Action, None)
    if action not in allowed:
        raise SequencingUnreadable(said.where, f"{local_name(element)} action={action}")
    holder = child(element, "ruleConditions")
    combined = Attributes.of(holder, where)
    return SequencingRule(
        action=action,
        conditions=_conditions(holder, "ruleCondition", where),
        combination=combined.word("conditionCombination", Combination, Combination.ALL),
    )


def _conditions(holder: Element | None, name: str, where: str) -> tuple[RuleCondition, ...]:
    found = list(children(holder, name))
    if not found or len(found) > MOST_RULES:
        raise SequencingUnreadable(where, f"{len(found)} {name}")
    return tuple(_condition(element, where) for element in found)


def _condition(element: Element, where: str) -> RuleCondition:
    said = Attributes.of(element, where)
    operator = said.text("operator", "noOp").lower()
    if operator not in {"noop", "not"}:
        raise SequencingUnreadable(said.where, f"operator={operator}")
    return RuleCondition(
        condition=said.word("condition", Condition, None),
        is_negated=operator == "not",
        objective=said.objective("referencedObjective"),
        threshold=said.number("measureThreshold", Fraction(0), -1, 1),
    )


def _limits(parts: Parts, where: str) -> LimitConditions:
    said = Attributes.of(parts.get("limitConditions"), where)
    return LimitConditions(
        attempts=said.count("attemptLimit", None),
        attempt_duration=said.text("attemptAbsoluteDurationLimit"),
    )


def _rollup(parts: Parts, where: str) -> RollupSettings:
    holder = parts.get("rollupRules")
    said = Attributes.of(holder, where)
    considered = Attributes.of(parts.get("rollupConsiderations"), where)
    found = list(children(holder, "rollupRule"))
    if len(found) > MOST_RULES:
        raise SequencingUnreadable(where, f"{len(found)} rollupRule")
    return RollupSettings(
        rules=tuple(_rollup_rule(element, where) for element in found),
        satisfies=said.truth("rollupObjectiveSatisfied", otherwise=True),
        completes=said.truth("rollupProgressCompletion", otherwise=True),
        measure_weight=said.number("objectiveMeasureWeight", Fraction(1), 0, 1),
        required_for_satisfied=considered.word("requiredForSatisfied", Required, Required.ALWAYS),
        required_for_not_satisfied=considered.word(
            "requiredForNotSatisfied", Required, Required.ALWAYS
        ),
        required_for_completed=considered.word("requiredForCompleted", Required, Required.ALWAYS),
        required_for_incomplete=considered.word("requiredForIncomplete", Required, Required.ALWAYS),
        measure_satisfaction_if_active=considered.truth(
            "measureSatisfactionIfActive", otherwise=True
        ),
    )


def _rollup_rule(element: Element, where: str) -> RollupRule:
    said = Attributes.of(element, where)
    holder = child(element, "rollupConditions")
    combined = Attributes.of(holder, where)
    action = Attributes.of(child(element, "rollupAction"), where)
    return RollupRule(
        action=action.word("action", RollupAction, None),
        conditions=_conditions(holder, "rollupCondition", where),
        combination=combined.word("conditionCombination", Combination, Combination.ANY),
        children=said.word("childActivitySet", ChildSet, ChildSet.ALL),
        minimum_count=said.count("minimumCount", 0) or 0,
        minimum_share=said.number("minimumPercent", Fraction(0), 0, 1),
    )


def _randomization(parts: Parts, where: str) -> Randomization:
    said = Attributes.of(parts.get("randomizationControls"), where)
    return Randomization(
        selection=said.word("selectionTiming", Timing, Timing.NEVER),
        select_count=said.count("selectCount", None),
        randomization=said.word("randomizationTiming", Timing, Timing.NEVER),
        reorders=said.truth("reorderChildren", otherwise=False),
    )


def _delivery(parts: Parts, where: str) -> DeliveryControls:
    said = Attributes.of(parts.get("deliveryControls"), where)
    return DeliveryControls(
        is_tracked=said.truth("tracked", otherwise=True),
        completion_set_by_content=said.truth("completionSetByContent", otherwise=False),
        objective_set_by_content=said.truth("objectiveSetByContent", otherwise=False),
    )
