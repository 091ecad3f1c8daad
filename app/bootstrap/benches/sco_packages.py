"""A SCO of each SCORM for the benches: it says on its console when it has begun and when it is done."""

import zipfile
from pathlib import Path
from typing import Final

BEGUN: Final = "BEGUN"
"""What the page says once its first Initialize is answered."""
PAGE: Final = "page.html"
_SCRIPT = """
const find = (w) => {
  for (let step = 0; step < 20; step += 1, w = w.parent) {
    if (w.API || w.API_1484_11) return w.API || w.API_1484_11;
    if (w === w.parent) return null;
  }
};
const api = find(window);
const call = (name, ...values) => (api["LMS" + name] || api[name]).call(api, ...values);
const isOld = api && "LMSCommit" in api;
const bookmarks = [isOld ? "cmi.core.lesson_location" : "cmi.location", "cmi.suspend_data"];
let answers = 0;
const ways = {
  bookmarks: (turn) => [bookmarks[turn % 2], "page " + turn],
  answers: () => ["cmi.interactions." + answers++ + ".id", "question-" + answers],
};
function setMany(way, count) {
  const began = performance.now();
  let right = 0;
  for (let turn = 0; turn < count; turn += 1) if (call("SetValue", ...ways[way](turn)) === "true") right += 1;
  const kept = call("Commit", "");
  console.log((right === count && kept === "true" ? "DONE " : "REFUSED ") + (performance.now() - began));
}
if (api) call("Initialize", "");
console.log("BEGUN");
"""
_TEXT = "<p>" + "Stop the press before you reach into it. " * 40 + "</p>"
_HTML = (
    f"<!doctype html><meta charset=utf-8><title>Press</title>{_TEXT * 20}<script>{_SCRIPT}</script>"
)
_SCORM_12 = (
    '<manifest identifier="bench" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>'
    "<schemaversion>1.2</schemaversion></metadata>{organization}"
    '<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="page.html">'
    '<file href="page.html"/></resource></resources></manifest>'
)
_SCORM_2004 = (
    '<manifest identifier="bench" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"><metadata><schema>ADL SCORM</schema>'
    "<schemaversion>2004 4th Edition</schemaversion></metadata>{organization}"
    '<resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="page.html">'
    '<file href="page.html"/></resource></resources></manifest>'
)
_ORGANIZATION = (
    '<organizations default="o"><organization identifier="o"><title>Press</title>'
    '<item identifier="i" identifierref="r"><title>Press</title></item></organization></organizations>'
)
MANIFESTS: Final = {"SCORM 1.2": _SCORM_12, "SCORM 2004": _SCORM_2004}


def write_package(path: Path, standard: str) -> Path:
    """Write the package of a standard named in MANIFESTS."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFESTS[standard].format(organization=_ORGANIZATION))
        archive.writestr(PAGE, _HTML)
    return path


def write_page(folder: Path) -> Path:
    """Write the page alone, for a web engine without a player around it."""
    page = folder / PAGE
    page.write_text(_HTML, "utf-8")
    return page
