"""cmi5: what is read of a course structure, and every rule of it that refuses one."""

from pathlib import Path

import pytest

from app.core.base.progress import NoProgress
from app.core.content import (
    Cmi5Activity,
    Cmi5Course,
    Cmi5Objective,
    LaunchMethod,
    LookedOver,
    MoveOn,
    look_over,
)
from tests.support.archives import zip_at
from tests.support.packages import cmi5, cmi5_structure, said, unit

OBJECTIVE = f'<objective id="https://example.org/o1">{said("title", "T")}{said("description", "D")}</objective>'


def looked(folder: Path, structure: str) -> LookedOver:
    return look_over(zip_at(folder / "course.zip", cmi5(**{"cmi5.xml": structure})), NoProgress())


def alone(folder: Path, structure: str) -> LookedOver:
    path = folder / "cmi5.xml"
    path.write_text(structure, encoding="utf-8")
    return look_over(path, NoProgress())


def reasons(seen: LookedOver) -> str:
    return "\n".join(remark.text for remark in seen.remarks if remark.blocks)


def block(parts: str, identifier: str = "https://example.org/b1") -> str:
    return (
        f'<block id="{identifier}">{said("title", "Part")}{said("description", "D")}{parts}</block>'
    )


def test_everything_is_read(tmp_path: Path) -> None:
    attributes = (
        'moveOn="CompletedAndPassed" masteryScore="0.75" launchMethod="OwnWindow" '
        'activityType="http://adlnet.gov/expapi/activities/module"'
    )
    more = "<launchParameters> a=b </launchParameters><entitlementKey>key</entitlementKey>"
    refers = '<objectives><objective idref="https://example.org/o1"/></objectives>'
    part = unit(attributes=attributes, more=more).replace("<url>", f"{refers}<url>")
    structure = cmi5_structure(block(part)).replace(
        "</course>", f"</course><objectives>{OBJECTIVE}</objectives>"
    )
    manifest = looked(tmp_path, structure).manifest
    assert manifest is not None
    (inner,) = manifest.root.children
    (leaf,) = inner.children

    assert (manifest.identifier, manifest.language) == ("https://example.org/fire", "en-US")
    assert manifest.titles == {"en-US": "Fire safety", "hi": "आग"}
    assert manifest.description == "What to do"
    objective = Cmi5Objective(
        id="https://example.org/o1",
        titles={"en-US": "T", "hi": "आग"},
        descriptions={"en-US": "D", "hi": "आग"},
    )
    assert manifest.read(Cmi5Course).objectives == (objective,)
    assert inner.read(Cmi5Activity).is_block
    assert inner.children
    assert leaf.launch == "index.html?a=1"
    assert leaf.read(Cmi5Activity) == Cmi5Activity(
        descriptions={"en-US": "All", "hi": "आग"},
        objectives=("https://example.org/o1",),
        move_on=MoveOn.COMPLETED_AND_PASSED,
        mastery_score="0.75",
        launch_method=LaunchMethod.OWN_WINDOW,
        launch_parameters=" a=b ",
        entitlement_key="key",
        activity_type="http://adlnet.gov/expapi/activities/module",
    )


def test_what_is_not_stated_is_as_the_standard_says(tmp_path: Path) -> None:
    manifest = looked(tmp_path, cmi5_structure(unit(attributes=""))).manifest
    assert manifest is not None
    data = manifest.launchable[0].read(Cmi5Activity)

    assert (data.move_on, data.launch_method) == (MoveOn.NOT_APPLICABLE, LaunchMethod.ANY_WINDOW)


@pytest.mark.parametrize(
    ("structure", "said_of_it"),
    [
        (cmi5_structure(course="example.org/fire"), "not a full identifier"),
        (cmi5_structure(course=""), "not a full identifier"),
        (cmi5_structure(unit("fire/1")), "not a full identifier"),
        (cmi5_structure(unit("https:///")), "not a full identifier"),
        (cmi5_structure(unit() * 2), "given twice"),
        (cmi5_structure(block(unit()) + block(unit("https://example.org/2"))), "given twice"),
        (cmi5_structure(unit(url="gone.html")), "gone.html"),
        (cmi5_structure(unit(url="../index.html")), "not in the package"),
        (cmi5_structure(unit(url="")), "not an address"),
        (cmi5_structure(unit(url="http://a.org/ b")), "not an address"),
        (cmi5_structure(unit(url="index.html?endpoint=http://a.org/lrs")), "endpoint in its query"),
        (cmi5_structure(unit(url="https://a.org/?a=1&amp;fetch#b")), "fetch in its query"),
        (cmi5_structure(unit(attributes='moveOn="Always"')), "no way to move on"),
        (cmi5_structure(unit(attributes='launchMethod="Tab"')), "no way to launch"),
        (cmi5_structure(unit(attributes='masteryScore="80"')), "not from 0 to 1"),
        (cmi5_structure(unit(attributes='masteryScore="nan"')), "not from 0 to 1"),
        (cmi5_structure(unit(attributes='activityType="module"')), "not a full identifier"),
        (cmi5_structure(unit() + "<lesson/>"), "may not hold lesson"),
        (cmi5_structure(block("")), "is empty"),
        (cmi5_structure(" "), "no unit"),
        (cmi5_structure(unit(more=said("title", "Again"))), "not where it belongs"),
        (cmi5_structure(unit().replace(said("title", "Rules"), "")), "lacks title"),
        (cmi5_structure(unit().replace(said("title", "Rules"), "<title>x</title>")), "language"),
        (
            cmi5_structure(
                unit().replace("<url>", '<objectives><objective idref="urn:o9"/></objectives><url>')
            ),
            "objective urn:o9 is not there",
        ),
        (cmi5_structure().replace("/v1/", "/v9/"), "another version"),
    ],
)
def test_a_broken_rule_refuses_it(tmp_path: Path, structure: str, said_of_it: str) -> None:
    assert said_of_it in reasons(looked(tmp_path, structure))


def test_extensions_of_a_vendor_are_let_through(tmp_path: Path) -> None:
    extension = '<v:more xmlns:v="urn:vendor"><v:deep/></v:more>'

    assert not reasons(looked(tmp_path, cmi5_structure(unit(more=extension) + extension)))


def test_a_structure_that_comes_alone_needs_network_addresses(tmp_path: Path) -> None:
    assert "without files" in reasons(alone(tmp_path, cmi5_structure()))

    seen = alone(tmp_path, cmi5_structure(unit(url="https://lms.example.net/a.html")))
    assert not reasons(seen)
    assert any("lie on the internet" in remark.text for remark in seen.remarks)
    assert seen.manifest is not None
    assert seen.manifest.launchable[0].is_remote


def test_names_like_those_of_a_launch_may_be_in_a_query(tmp_path: Path) -> None:
    own = cmi5_structure(unit(url="index.html?Endpoint=1&amp;a=actor#?fetch=1"))

    assert reasons(looked(tmp_path, own)) == ""
