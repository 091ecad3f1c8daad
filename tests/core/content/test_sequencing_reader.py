"""Sequencing as a manifest writes it: defaults, every attribute, inheritance, and what is refused."""

from fractions import Fraction

import pytest

from app.core.content import (
    Action,
    ActivityTree,
    ChildSet,
    Combination,
    CompletionThreshold,
    Condition,
    DataStore,
    ObjectiveMap,
    Required,
    RollupAction,
    RuleCondition,
    ScormEdition,
    Sequencing,
    SequencingUnreadable,
    Timing,
    read_activity_tree,
)

NAMESPACES = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
    'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)


def manifest(
    item: str,
    *,
    version: str = "2004 4th Edition",
    organization: str = "",
    after: str = "",
) -> bytes:
    return f"""<manifest identifier="M" {NAMESPACES}>
      <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
      <organizations default="ORG"><organization identifier="ORG" {organization}>
        <title>Course</title>
        <item identifier="ONE" identifierref="R1"><title> One </title>{item}</item>
      </organization></organizations>
      <resources><resource identifier="R1" type="webcontent" adlcp:scormType="sco" href="a.htm"/></resources>
      {after}
    </manifest>""".encode()


def read(item: str, **more: str) -> ActivityTree:
    return read_activity_tree(manifest(item, **more))


def sequencing(inner: str, attributes: str = "", **more: str) -> Sequencing:
    element = f"<imsss:sequencing {attributes}>{inner}</imsss:sequencing>"
    return read(element, **more).root.children[0].sequencing


def test_what_nobody_said_has_the_books_defaults() -> None:
    tree = read("")

    assert tree.root.children[0].sequencing == Sequencing()
    assert tree.root.children[0].title == "One"
    assert tree.root.children[0].launch.is_sco
    assert tree.objectives_global_to_system
    assert tree.data_global_to_system


def test_scope_is_the_organizations() -> None:
    tree = read(
        "",
        organization='adlseq:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="0"',
    )

    assert not tree.objectives_global_to_system
    assert not tree.data_global_to_system


def test_control_modes_and_limits() -> None:
    found = sequencing(
        '<imsss:controlMode choice="false" choiceExit="false" flow="true" forwardOnly="1" '
        'useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="false"/>'
        '<imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H"/>'
        '<adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>'
        '<imsss:deliveryControls tracked="false" completionSetByContent="true" '
        'objectiveSetByContent="true"/>'
        '<imsss:randomizationControls randomizationTiming="once" selectCount="3" '
        'reorderChildren="true" selectionTiming="onEachNewAttempt"/>'
    )

    assert not found.control.choice
    assert not found.control.choice_exit
    assert found.control.flow
    assert found.control.forward_only
    assert not found.control.use_current_objective_info
    assert not found.control.use_current_progress_info
    assert found.limits.attempts == 2
    assert found.limits.attempt_duration == "PT1H"
    assert found.choice_limits.prevent_activation
    assert found.choice_limits.constrain_choice
    assert not found.delivery.is_tracked
    assert found.delivery.completion_set_by_content
    assert found.delivery.objective_set_by_content
    assert found.randomization.selection is Timing.ON_EACH_NEW_ATTEMPT
    assert found.randomization.randomization is Timing.ONCE
    assert found.randomization.select_count == 3
    assert found.randomization.reorders


def test_rules() -> None:
    found = sequencing(
        "<imsss:sequencingRules>"
        '<imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">'
        '<imsss:ruleCondition condition="objectiveMeasureLessThan" operator="not" '
        'referencedObjective="  a%20b " measureThreshold="-0.25"/>'
        '<imsss:ruleCondition condition="attempted"/>'
        '</imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
        '<imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/>'
        '</imsss:ruleConditions><imsss:ruleAction action="retryAll"/></imsss:postConditionRule>'
        '<imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/>'
        '</imsss:ruleConditions><imsss:ruleAction action="exit"/></imsss:exitConditionRule>'
        "</imsss:sequencingRules>"
    )

    rule = found.pre_rules[0]
    assert rule.action is Action.SKIP
    assert rule.combination is Combination.ANY
    assert rule.conditions[0] == RuleCondition(
        condition=Condition.OBJECTIVE_MEASURE_LESS_THAN,
        is_negated=True,
        objective="a b",
        threshold=Fraction(-1, 4),
    )
    assert found.post_rules[0].action is Action.RETRY_ALL
    assert found.post_rules[0].combination is Combination.ALL
    assert found.exit_rules[0].action is Action.EXIT


def test_rollup() -> None:
    found = sequencing(
        '<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false" '
        'objectiveMeasureWeight="0.5"><imsss:rollupRule childActivitySet="atLeastPercent" '
        'minimumPercent="0.4" minimumCount="2"><imsss:rollupConditions>'
        '<imsss:rollupCondition condition="completed" operator="not"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="notSatisfied"/></imsss:rollupRule></imsss:rollupRules>'
        '<adlseq:rollupConsiderations requiredForSatisfied="ifAttempted" '
        'requiredForNotSatisfied="ifNotSuspended" requiredForCompleted="ifNotSkipped" '
        'requiredForIncomplete="always" measureSatisfactionIfActive="false"/>'
    ).rollup

    assert not found.satisfies
    assert not found.completes
    assert found.measure_weight == Fraction(1, 2)
    assert found.rules[0].children is ChildSet.AT_LEAST_PERCENT
    assert found.rules[0].minimum_share == Fraction(2, 5)
    assert found.rules[0].minimum_count == 2
    assert found.rules[0].action is RollupAction.NOT_SATISFIED
    assert found.rules[0].combination is Combination.ANY
    assert found.rules[0].conditions[0].is_negated
    assert found.required_for_satisfied is Required.IF_ATTEMPTED
    assert found.required_for_not_satisfied is Required.IF_NOT_SUSPENDED
    assert found.required_for_completed is Required.IF_NOT_SKIPPED
    assert not found.measure_satisfaction_if_active


OBJECTIVES = """
<imsss:objectives>
  <imsss:primaryObjective objectiveID="P" satisfiedByMeasure="true">
    <imsss:minNormalizedMeasure> 0.8 </imsss:minNormalizedMeasure>
    <imsss:mapInfo targetObjectiveID="g1" readNormalizedMeasure="false" writeSatisfiedStatus="true"/>
  </imsss:primaryObjective>
  <imsss:objective objectiveID="O"/>
</imsss:objectives>
"""


def test_objectives_take_the_4th_editions_maps() -> None:
    found = sequencing(
        OBJECTIVES + '<adlseq:objectives><adlseq:objective objectiveID="P">'
        '<adlseq:mapInfo targetObjectiveID="g1" readRawScore="false" writeProgressMeasure="true"/>'
        "</adlseq:objective>"
        '<adlseq:objective objectiveID="O"><adlseq:mapInfo targetObjectiveID="g2"/>'
        "</adlseq:objective></adlseq:objectives>"
    )

    assert found.primary.objective_id == "P"
    assert found.primary.is_satisfied_by_measure
    assert found.primary.minimum_measure == Fraction(4, 5)
    reads_all = {"read_min": True, "read_max": True, "read_completion": True, "read_progress": True}
    assert found.primary.maps == (
        ObjectiveMap(
            target="g1",
            read_measure=False,
            write_satisfied=True,
            write_progress=True,
            **reads_all,
        ),
    )
    assert found.objectives[0].maps == (
        ObjectiveMap(
            target="g2", read_satisfied=False, read_measure=False, read_raw=True, **reads_all
        ),
    )


def test_before_the_4th_edition_maps_share_two_values() -> None:
    found = sequencing(OBJECTIVES, version="2004 3rd Edition").primary.maps[0]

    assert found.write_satisfied
    assert found == ObjectiveMap(target="g1", read_measure=False, write_satisfied=True)


COLLECTION = """<imsss:sequencingCollection>
  <imsss:sequencing ID="S"><imsss:controlMode flow="true" choice="false"/>
    <imsss:limitConditions attemptLimit="7"/></imsss:sequencing>
</imsss:sequencingCollection>"""


def test_a_reference_takes_over_what_is_not_said_element_by_element() -> None:
    found = sequencing('<imsss:controlMode flow="true"/>', 'IDRef="S"', after=COLLECTION)

    assert found.limits.attempts == 7
    assert found.control.flow
    assert found.control.choice, "the whole element is replaced, not one attribute"


def test_a_reference_to_nothing_is_refused() -> None:
    with pytest.raises(SequencingUnreadable, match="IDRef=missing"):
        sequencing("", 'IDRef="missing"', after=COLLECTION)


@pytest.mark.parametrize(
    ("element", "expected", "shown"),
    [
        (
            (
                '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.6" '
                'progressWeight="0.3"/>'
            ),
            CompletionThreshold(by_measure=True, minimum=Fraction(3, 5), weight=Fraction(3, 10)),
            Fraction(3, 5),
        ),
        (
            '<adlcp:completionThreshold minProgressMeasure="0.6"/>',
            CompletionThreshold(minimum=Fraction(3, 5)),
            None,
        ),
        (
            "<adlcp:completionThreshold>0.75</adlcp:completionThreshold>",
            CompletionThreshold(by_measure=True, minimum=Fraction(3, 4)),
            Fraction(3, 4),
        ),
    ],
    ids=["4th edition", "4th edition, not by measure", "3rd edition"],
)
def test_the_completion_threshold_of_each_edition(
    element: str, expected: CompletionThreshold, shown: Fraction | None
) -> None:
    activity = read(element).root.children[0]

    assert activity.sequencing.completion == expected
    assert activity.launch.completion_threshold == shown


def test_what_the_run_time_is_told() -> None:
    activity = read(
        "<adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction>"
        "<adlcp:dataFromLMS>level=3</adlcp:dataFromLMS>"
        '<adlcp:data><adlcp:map targetID="t1"/><adlcp:map targetID="t2" readSharedData="false" '
        'writeSharedData="false"/></adlcp:data>'
        "<adlnav:presentation><adlnav:navigationInterface>"
        "<adlnav:hideLMSUI>continue</adlnav:hideLMSUI><adlnav:hideLMSUI>exitAll</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
    ).root.children[0]

    assert activity.launch.time_limit_action == "exit,message"
    assert activity.launch.launch_data == "level=3"
    assert activity.launch.stores == (
        DataStore(target="t1"),
        DataStore(target="t2", may_read=False, may_write=False),
    )
    assert activity.hidden_controls == {"continue", "exitAll"}


def test_scorm_1_2_flows_freely_and_has_its_own_settings() -> None:
    tree = read(
        "<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:prerequisites type='aicc_script'>A&amp;B"
        "</adlcp:prerequisites><adlcp:maxtimeallowed>01:00:00</adlcp:maxtimeallowed>",
        version="1.2",
    )
    launch = tree.root.children[0].launch

    assert tree.edition is ScormEdition.SCORM_1_2
    assert tree.root.sequencing.control.flow
    assert launch.mastery_score == 80
    assert launch.prerequisites == "A&B"
    assert launch.maximum_time == "01:00:00"


SECTION = '<item identifier="IN" identifierref="R1"><title>Inner</title></item>'


def test_content_on_a_section_of_1_2_is_the_sections_first_lesson() -> None:
    section = read(SECTION, version="1.2").root.children[0]

    assert section.launch.resource == ""
    assert [one.activity_id for one in section.children] == ["ONE#content", "IN"]
    assert section.children[0].title == "One"
    assert section.children[0].launch.is_sco


def test_content_on_a_section_of_2004_is_not_delivered_so_it_stays_where_it_is() -> None:
    section = read(SECTION).root.children[0]

    assert [one.activity_id for one in section.children] == ["IN"]


@pytest.mark.parametrize(
    ("version", "edition"),
    [
        ("2004 4th Edition", ScormEdition.SCORM_2004_4TH),
        ("2004 3rd Edition", ScormEdition.SCORM_2004_3RD),
        ("CAM 1.3", ScormEdition.SCORM_2004_2ND),
        ("2004 2nd Edition", ScormEdition.SCORM_2004_2ND),
        ("1.2", ScormEdition.SCORM_1_2),
        ("", ScormEdition.SCORM_1_2),
    ],
)
def test_editions(version: str, edition: ScormEdition) -> None:
    assert read("", version=version).edition is edition


RULE = (
    "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>{}</imsss:ruleConditions>"
    '<imsss:ruleAction action="{}"/></imsss:preConditionRule></imsss:sequencingRules>'
)
ALWAYS = '<imsss:ruleCondition condition="always"/>'


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ('<imsss:controlMode flow="perhaps"/>', "flow=perhaps"),
        ('<imsss:limitConditions attemptLimit="-1"/>', "attemptLimit=-1"),
        ('<imsss:limitConditions attemptLimit="1e9"/>', "attemptLimit=1e9"),
        ('<imsss:rollupRules objectiveMeasureWeight="1.5"/>', "1.5"),
        ('<imsss:rollupRules objectiveMeasureWeight="nan"/>', "nan"),
        (RULE.format(ALWAYS, "explode"), "action=explode"),
        (RULE.format(ALWAYS, "exit"), "action=exit"),
        (RULE.format("", "skip"), "0 ruleCondition"),
        (RULE.format('<imsss:ruleCondition condition="maybe"/>', "skip"), "condition=maybe"),
        (RULE.format("<imsss:ruleCondition/>", "skip"), "condition is missing"),
        (
            RULE.format('<imsss:ruleCondition condition="always" operator="xor"/>', "skip"),
            "operator=xor",
        ),
        ("<imsss:objectives><imsss:objective/></imsss:objectives>", "objectiveID is missing"),
        (
            (
                '<imsss:objectives><imsss:primaryObjective objectiveID="a"/>'
                '<imsss:objective objectiveID="a"/></imsss:objectives>'
            ),
            "two objectives",
        ),
        (
            (
                "<imsss:objectives><imsss:primaryObjective><imsss:mapInfo targetObjectiveID='g'/>"
                "</imsss:primaryObjective></imsss:objectives>"
            ),
            "needs an objectiveID",
        ),
        (
            (
                "<imsss:objectives><imsss:primaryObjective objectiveID='a'><imsss:mapInfo/>"
                "</imsss:primaryObjective></imsss:objectives>"
            ),
            "targetObjectiveID is missing",
        ),
    ],
)
def test_what_breaks_the_rules_is_told_by_name_and_place(inner: str, told: str) -> None:
    with pytest.raises(SequencingUnreadable) as refused:
        sequencing(inner)

    assert told in refused.value.what
    assert refused.value.where.startswith("ONE")
    assert told in refused.value.sentence


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"<manifest",
        b"\x00\xff\xfe",
        b"<manifest/>",
        b"<manifest><organizations/></manifest>",
        b"<manifest><organizations><organization/></organizations></manifest>",
        b'<!DOCTYPE m [<!ENTITY a "aaaa">]><manifest>&a;</manifest>',
        b'<!DOCTYPE m SYSTEM "file:///etc/passwd"><manifest/>',
        b'<?xml version="1.0" encoding="no-such"?><manifest/>',
    ],
)
def test_what_is_no_manifest_is_refused(untrusted: bytes) -> None:
    with pytest.raises(SequencingUnreadable):
        read_activity_tree(untrusted)


def test_two_items_of_one_name_are_refused() -> None:
    with pytest.raises(SequencingUnreadable, match="two items"):
        read('<item identifier="ONE"><title>x</title></item>')


def test_items_nested_without_end_are_refused() -> None:
    nested = "".join(f'<item identifier="I{n}">' for n in range(100)) + "</item>" * 100

    with pytest.raises(SequencingUnreadable, match="too deep"):
        read(nested)
