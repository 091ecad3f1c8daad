"""Packages made for the tests: the smallest of each standard."""

from collections.abc import Mapping

PAGE = "<html><head><title>Fire safety</title></head><body><p>आग बुझाना</p></body></html>"
Files = dict[str, str | bytes]


def scorm12(**changes: str | bytes) -> Files:
    """Return SCORM 1.2 with one SCO."""
    return {"imsmanifest.xml": scorm_manifest(), "index.html": PAGE, **changes}


def scorm_manifest(
    items: str = '<item identifier="i1" identifierref="r1"><title>Rules</title></item>',
    resources: str = (
        '<resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="index.html">'
        '<file href="index.html"/></resource>'
    ),
    version: str = "1.2",
    *,
    head: str = "",
    organization: str = "",
) -> str:
    """Return a manifest of SCORM, with what is given in it."""
    is_old = version == "1.2"
    spaces = (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
        if is_old
        else 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
        'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
    )
    return (
        f'<?xml version="1.0"?><manifest identifier="fire" {spaces}>'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>{head}"
        f'</metadata><organizations default="o1"><organization identifier="o1" {organization}>'
        f"<title>Fire safety</title>{items}</organization></organizations>"
        f"<resources>{resources}</resources></manifest>"
    )


def cmi5(**changes: str | bytes) -> Files:
    """Return cmi5 with one assignable unit."""
    return {"cmi5.xml": cmi5_structure(), "index.html": PAGE, **changes}


def unit(
    identifier: str = "https://example.org/fire/1",
    url: str = "index.html?a=1",
    attributes: str = 'moveOn="Passed" masteryScore="0.8"',
    more: str = "",
) -> str:
    """Return an assignable unit."""
    return (
        f'<au id="{identifier}" {attributes}>{said("title", "Rules")}{said("description", "All")}'
        f"<url>{url}</url>{more}</au>"
    )


def said(name: str, text: str) -> str:
    """Return an element of cmi5 with a text in English and Hindi."""
    return (
        f'<{name}><langstring lang="en-US">{text}</langstring>'
        f'<langstring lang="hi">आग</langstring></{name}>'
    )


def cmi5_structure(parts: str = "", course: str = "https://example.org/fire") -> str:
    """Return a course structure of cmi5."""
    return (
        '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
        f'<course id="{course}">{said("title", "Fire safety")}{said("description", "What to do")}'
        f"</course>{parts or unit()}</courseStructure>"
    )


def xapi(**changes: str | bytes) -> Files:
    """Return an xAPI package."""
    manifest = (
        '\ufeff<?xml version="1.0"?><tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>'
        '<activity id="https://example.org/fire" type="http://adlnet.gov/expapi/activities/course">'
        '<name lang="en">Fire safety</name><description lang="en">What to do</description>'
        '<launch lang="en">index.html</launch></activity>'
        '<activity id="https://example.org/fire/q1"><name>A question</name></activity>'
        "</activities></tincan>"
    )
    return {"tincan.xml": manifest, "index.html": PAGE, **changes}


def h5p(**changes: str | bytes) -> Files:
    """Return H5P content with its one library."""
    return {
        "h5p.json": '{"title": "Fire safety", "language": "en", "mainLibrary": "H5P.Card", '
        '"preloadedDependencies": [{"machineName": "H5P.Card", "majorVersion": "1", '
        '"minorVersion": 2}], "license": "U"}',
        "content/content.json": '{"text": "<p>Leave by the stairs</p>"}',
        "H5P.Card-1.2/library.json": '{"title": "Card", "machineName": "H5P.Card", '
        '"majorVersion": 1, "minorVersion": 2, "patchVersion": 0, '
        '"preloadedJs": [{"path": "card.js"}], "coreApi": {"majorVersion": 1, "minorVersion": 19}}',
        "H5P.Card-1.2/card.js": "H5P.Card = 1;",
        "H5P.Card-1.2/language/hi.json": "{}",
        **changes,
    }


def html(**changes: str | bytes) -> Files:
    """Return plain web content."""
    return {"site/index.html": PAGE, "site/style.css": "p { color: red }", **changes}


SMALLEST: Mapping[str, Files] = {
    "scorm12": scorm12(),
    "scorm2004": scorm12(**{"imsmanifest.xml": scorm_manifest(version="2004 4th Edition")}),
    "cmi5": cmi5(),
    "xapi": xapi(),
    "h5p": h5p(),
    "html": html(),
}
"""The smallest package of each standard, by the standard's value."""
