"""SCORM manifests as they are found: what is read, what is said, what is let through."""

from pathlib import Path

import pytest

from app.core.base.progress import NoProgress
from app.core.content import (
    DataMap,
    LookedOver,
    PackageManifest,
    ScormActivity,
    ScormPackage,
    look_over,
)
from tests.support.archives import zip_at
from tests.support.packages import PAGE, Files, scorm_manifest

SCO = (
    '<resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="{href}">'
    '<file href="{href}"/></resource>'
)


def looked(folder: Path, manifest: str | bytes, **files: str | bytes) -> LookedOver:
    whole: Files = {"imsmanifest.xml": manifest, "index.html": PAGE, **files}
    return look_over(zip_at(folder / "course.zip", whole), NoProgress())


def manifest_of(seen: LookedOver) -> PackageManifest:
    assert seen.manifest is not None
    assert not seen.is_blocked, seen.remarks
    return seen.manifest


def launch_of(seen: LookedOver) -> str:
    (activity,) = manifest_of(seen).launchable
    return activity.launch


def texts(seen: LookedOver) -> str:
    return "\n".join(remark.text for remark in seen.remarks)


@pytest.mark.parametrize(
    ("version", "standard", "edition"),
    [
        ("1.2", "scorm12", "1.2"),
        ("CAM 1.3", "scorm2004", "2nd"),
        ("2004 3rd Edition", "scorm2004", "3rd"),
        ("2004 4th Edition", "scorm2004", "4th"),
        ("", "scorm2004", "3rd"),
    ],
)
def test_the_edition(tmp_path: Path, version: str, standard: str, edition: str) -> None:
    manifest = manifest_of(looked(tmp_path, scorm_manifest(version=version)))

    assert (manifest.standard.value, manifest.edition) == (standard, edition)


def test_what_scorm_12_says_of_an_item(tmp_path: Path) -> None:
    item = (
        '<item identifier="i1" identifierref="r1" isvisible="false" parameters="?a=1">'
        "<title>Rules</title><adlcp:prerequisites type='aicc_script'>i0</adlcp:prerequisites>"
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"
        "<adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
        "<adlcp:datafromlms> x=1 </adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore></item>"
    )
    (activity,) = manifest_of(looked(tmp_path, scorm_manifest(item))).launchable

    assert (activity.id, activity.is_visible) == ("i1", False)
    assert activity.launch == "index.html?a=1"
    assert activity.read(ScormActivity) == ScormActivity(
        resource="r1",
        is_sco=True,
        parameters="?a=1",
        prerequisites="i0",
        max_time_allowed="00:30:00",
        time_limit_action="exit,message",
        data_from_lms=" x=1 ",
        mastery_score="80",
    )


def test_what_scorm_2004_says_of_an_item(tmp_path: Path) -> None:
    item = (
        '<item identifier="i1" identifierref="r1"><title>Rules</title>'
        "<adlcp:timeLimitAction>exit,no message</adlcp:timeLimitAction>"
        "<adlcp:dataFromLMS>x</adlcp:dataFromLMS>"
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5" '
        'progressWeight="0.2"/><adlcp:data><adlcp:map targetID="bucket" writeSharedData="false"/>'
        "</adlcp:data><adlnav:presentation><adlnav:navigationInterface>"
        "<adlnav:hideLMSUI>continue</adlnav:hideLMSUI><adlnav:hideLMSUI>exit</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
        '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing></item>'
        '<imsss:sequencing IDRef="s1"/>'
    )
    collection = (
        '<imsss:sequencingCollection><imsss:sequencing ID="s1"/></imsss:sequencingCollection>'
    )
    whole = scorm_manifest(
        item, version="2004 4th Edition", organization='adlseq:objectivesGlobalToSystem="false"'
    ).replace("</manifest>", f"{collection}</manifest>")
    manifest = manifest_of(looked(tmp_path, whole))
    (activity,) = manifest.launchable
    told = activity.read(ScormActivity)

    assert told.time_limit_action == "exit,no message"
    assert told.data_from_lms == "x"
    assert (told.completion_threshold, told.completed_by_measure) == ("0.5", True)
    assert told.progress_weight == "0.2"
    assert told.hidden_controls == ("continue", "exit")
    assert activity.data["hidden_controls"] == ["continue", "exit"]  # as it is stored
    assert told.data_maps == (DataMap(target="bucket", can_write=False),)
    assert 'controlMode flow="true"' in told.sequencing
    assert 'IDRef="s1"' in manifest.root.read(ScormActivity).sequencing
    package = manifest.read(ScormPackage)
    assert package.organization == "o1"
    assert (package.objectives_global_to_system, package.shared_data_global_to_system) == (
        False,
        True,
    )
    assert 'sequencing ID="s1"' in package.sequencing_collection.replace("ns0:", "")


@pytest.mark.parametrize(
    ("href", "name", "launch"),
    [
        ("a/start.html", "a/start.html", "a/start.html"),
        ("a%20b.html", "a b.html", "a%20b.html"),
        ("a b.html", "a b.html", "a%20b.html"),
        ("a\\b.html", "a/b.html", "a/b.html"),
        ("A/START.html", "a/start.HTML", "a/start.HTML"),
        ("आग.html", "आग.html", "%E0%A4%86%E0%A4%97.html"),
        ("100%.html", "100%.html", "100%25.html"),
        ("./x/../a.html", "a.html", "a.html"),
        ("a.html?p=1&amp;q=2#top", "a.html", "a.html?p=1&q=2#top"),
    ],
)
def test_addresses_in_the_wild(tmp_path: Path, href: str, name: str, launch: str) -> None:
    manifest = scorm_manifest(resources=SCO.format(href=href))

    assert launch_of(looked(tmp_path, manifest, **{name: PAGE})) == launch


def test_an_address_never_leaves_the_package(tmp_path: Path) -> None:
    seen = looked(tmp_path, scorm_manifest(resources=SCO.format(href="../../etc/passwd")))

    assert seen.is_blocked


def test_xml_base_is_followed(tmp_path: Path) -> None:
    resources = SCO.format(href="start.html").replace("<resource ", '<resource xml:base="b/" ')
    manifest = scorm_manifest(resources=resources).replace(
        "<resources>", '<resources xml:base="a/">'
    )

    assert launch_of(looked(tmp_path, manifest, **{"a/b/start.html": PAGE})) == "a/b/start.html"


@pytest.mark.parametrize(
    ("href", "parameters", "launch"),
    [
        ("index.html", "?a=1", "index.html?a=1"),
        ("index.html?b=2", "&amp;a=1", "index.html?b=2&a=1"),
        ("index.html#top", "a=1", "index.html?a=1#top"),
        ("index.html", "#end", "index.html#end"),
        ("index.html#top", "#end", "index.html#top"),
        ("index.html", "??&amp;", "index.html"),
    ],
)
def test_parameters(tmp_path: Path, href: str, parameters: str, launch: str) -> None:
    item = f'<item identifier="i1" identifierref="r1" parameters="{parameters}"><title>x</title></item>'
    manifest = scorm_manifest(item, SCO.format(href=href))

    assert launch_of(looked(tmp_path, manifest)) == launch


def test_an_undeclared_prefix_is_forgiven(tmp_path: Path) -> None:
    manifest = scorm_manifest().replace("<manifest ", '<manifest xsi:schemaLocation="a b" ')

    assert launch_of(looked(tmp_path, manifest)) == "index.html"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    manifest = scorm_manifest(
        '<item identifier="i1" identifierref="r1"><title>Caf\u00e9</title></item>'
    )
    (activity,) = manifest_of(looked(tmp_path, manifest.encode(encoding))).launchable

    assert activity.title == "Caf\u00e9"


def test_absent_and_unlisted_files_are_told_and_block_nothing(tmp_path: Path) -> None:
    resources = SCO.format(href="index.html").replace(
        "</resource>", '<file href="no.js"/></resource>'
    )
    seen = looked(tmp_path, scorm_manifest(resources=resources), **{"more.js": "1"})

    assert not seen.is_blocked
    assert "1 listed file is not in the package: no.js" in texts(seen)
    assert "1 file is in the package and not listed: more.js" in texts(seen)


def test_a_dangling_reference_blocks(tmp_path: Path) -> None:
    item = '<item identifier="i1" identifierref="r9"><title>Lost</title></item>'
    seen = looked(tmp_path, scorm_manifest(item))

    assert seen.is_blocked
    assert "Lost refers to a resource that is not there (r9)" in texts(seen)


def test_identifiers_given_twice_are_told_apart(tmp_path: Path) -> None:
    item = '<item identifier="i1" identifierref="r1"><title>x</title></item>'
    seen = looked(tmp_path, scorm_manifest(item * 2))

    assert [one.id for one in manifest_of(seen).launchable] == ["i1", "i1-2"]
    assert "same identifier" in texts(seen)


def test_a_mastery_score_that_is_none_is_left_out(tmp_path: Path) -> None:
    item = (
        '<item identifier="i1" identifierref="r1"><title>x</title>'
        "<adlcp:masteryscore>many</adlcp:masteryscore></item>"
    )
    seen = looked(tmp_path, scorm_manifest(item))

    assert manifest_of(seen).launchable[0].read(ScormActivity).mastery_score == ""
    assert "many is not a number" in texts(seen)


def test_what_lies_on_the_internet_is_told(tmp_path: Path) -> None:
    resources = SCO.format(href="https://cdn.example.net/a.html")
    seen = looked(tmp_path, scorm_manifest(resources=resources))

    assert manifest_of(seen).launchable[0].is_remote
    assert "will not open: https://cdn.example.net/a.html" in texts(seen)


def test_metadata_in_a_file_of_their_own_are_read(tmp_path: Path) -> None:
    lom = (
        '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string language="hi">आग</string>'
        "</title><description><string>What to do</string></description><language>hi</language>"
        "</general></lom>"
    )
    manifest = scorm_manifest(head="<adlcp:location>meta/lom.xml</adlcp:location>")
    found = manifest_of(looked(tmp_path, manifest, **{"meta/lom.xml": lom}))

    assert (found.title, found.description, found.language) == ("Fire safety", "What to do", "hi")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("<typicalLearningTime><duration>PT1H30M</duration></typicalLearningTime>", 5_400),
        ("<typicallearningtime><datetime>00:45:00</datetime></typicallearningtime>", 2_700),
        ("<typicallearningtime><datetime>PT20M5.5S</datetime></typicallearningtime>", 1_205),
        ("<typicallearningtime><datetime>an hour</datetime></typicallearningtime>", 0),
        ("", 0),
    ],
)
def test_how_long_it_takes(tmp_path: Path, written: str, seconds: int) -> None:
    head = f"<lom><educational>{written}</educational></lom>"

    assert manifest_of(looked(tmp_path, scorm_manifest(head=head))).seconds == seconds


def test_question_packages_are_no_courses(tmp_path: Path) -> None:
    resources = '<resource identifier="r1" type="imsqti_item_xmlv2p1" href="index.html"/>'
    seen = looked(tmp_path, scorm_manifest(resources=resources))

    assert seen.is_blocked
    assert "QTI" in texts(seen)


def test_items_nested_too_deeply_are_refused(tmp_path: Path) -> None:
    item = "<item identifier='i'>" * 50 + "</item>" * 50

    assert looked(tmp_path, scorm_manifest(item)).is_blocked


def test_a_package_without_a_table_of_contents_launches_its_resources(tmp_path: Path) -> None:
    manifest = scorm_manifest()
    start, end = manifest.index("<organizations"), manifest.index("<resources>")

    assert launch_of(looked(tmp_path, manifest[:start] + manifest[end:])) == "index.html"
