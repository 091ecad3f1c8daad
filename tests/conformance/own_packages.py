"""Packages made here, sound and broken, each with what has to come of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.content import Standard
from tests.support.archives import zip_bytes
from tests.support.packages import (
    SMALLEST,
    Files,
    cmi5,
    cmi5_structure,
    h5p,
    scorm12,
    scorm_manifest,
    unit,
    xapi,
)


@dataclass(frozen=True)
class Sound:
    """A package that must be taken."""

    files: Files
    standard: Standard
    edition: str = ""
    parts: int = 1


@dataclass(frozen=True)
class Broken:
    """An archive that must be refused, and what the refusal must name."""

    untrusted_archive: bytes
    named: str


def _scorm2004(version: str) -> Files:
    return scorm12(**{"imsmanifest.xml": scorm_manifest(version=version)})


_TWO_ITEMS = "".join(
    f'<item identifier="i{n}" identifierref="r1"><title>Part {n}</title></item>' for n in (1, 2)
)
_ENTITY = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "b">]><manifest>&a;</manifest>'

SOUND: Mapping[str, Sound] = {
    "SCORM 1.2": Sound(SMALLEST["scorm12"], Standard.SCORM12, "1.2"),
    "SCORM 1.2 of two parts": Sound(
        scorm12(**{"imsmanifest.xml": scorm_manifest(items=_TWO_ITEMS)}),
        Standard.SCORM12,
        "1.2",
        parts=2,
    ),
    "SCORM 2004 2nd Edition": Sound(_scorm2004("CAM 1.3"), Standard.SCORM2004, "2nd"),
    "SCORM 2004 3rd Edition": Sound(_scorm2004("2004 3rd Edition"), Standard.SCORM2004, "3rd"),
    "SCORM 2004 4th Edition": Sound(_scorm2004("2004 4th Edition"), Standard.SCORM2004, "4th"),
    "SCORM 1.2 zipped with its folder": Sound(
        {f"Fire safety/{name}": content for name, content in scorm12().items()},
        Standard.SCORM12,
        "1.2",
    ),
    "cmi5": Sound(SMALLEST["cmi5"], Standard.CMI5),
    "xAPI": Sound(SMALLEST["xapi"], Standard.XAPI),
    "H5P": Sound(SMALLEST["h5p"], Standard.H5P),
    "web pages": Sound(SMALLEST["html"], Standard.HTML),
}
"""One of each standard and edition, and two shapes that tools make of them."""

BROKEN: Mapping[str, Broken] = {
    "a zip cut short": Broken(zip_bytes(scorm12())[:-40], "not a zip file"),
    "no zip at all": Broken(b"# Fire safety\n", "not a zip file"),
    "an empty zip": Broken(zip_bytes({}), "empty"),
    "a zip with nothing to open": Broken(zip_bytes({"notes.txt": "Fire"}), "no course in it"),
    "a zip with a way out of its folder": Broken(
        zip_bytes(scorm12(**{"../../out.html": "x"})), "out.html"
    ),
    "AICC": Broken(zip_bytes({"fire.crs": "[Course]"}), "AICC is not supported"),
    "SCORM whose launch file is absent": Broken(
        zip_bytes({"imsmanifest.xml": scorm_manifest()}), "index.html"
    ),
    "SCORM whose manifest is no XML": Broken(
        zip_bytes(scorm12(**{"imsmanifest.xml": "<manifest>"})), "well-formed"
    ),
    "SCORM whose manifest has entities": Broken(
        zip_bytes(scorm12(**{"imsmanifest.xml": _ENTITY})), "entities"
    ),
    "SCORM whose item points nowhere": Broken(
        zip_bytes(
            scorm12(
                **{
                    "imsmanifest.xml": scorm_manifest(
                        items='<item identifier="i1" identifierref="r9"><title>Rules</title></item>'
                    )
                }
            )
        ),
        "r9",
    ),
    "cmi5 with a name that is no identifier": Broken(
        zip_bytes(cmi5(**{"cmi5.xml": cmi5_structure(course="fire")})), "not a full identifier"
    ),
    "cmi5 with a unit twice": Broken(
        zip_bytes(cmi5(**{"cmi5.xml": cmi5_structure(unit() + unit())})), "twice"
    ),
    "xAPI whose launch file is absent": Broken(
        zip_bytes({"tincan.xml": xapi()["tincan.xml"]}), "index.html"
    ),
    "H5P without the library it needs": Broken(
        zip_bytes({name: text for name, text in h5p().items() if not name.startswith("H5P.")}),
        "H5P.Card",
    ),
    "H5P whose content is no JSON": Broken(
        zip_bytes(h5p(**{"content/content.json": "{"})), "content/content.json"
    ),
}
"""Each by what is wrong with it."""
