"""Which authoring tool made a package, told by what it leaves behind. One line a tool."""

import re
from dataclasses import dataclass

from app.core.content.decoding import decode_text
from app.core.content.formats.xml import one_line
from app.core.content.packages import Archive, PackageManifest, path_of

_PAGE_BYTES = 65_536
_GENERATOR = re.compile(
    r"<meta\s+[^>]{0,200}?name\s*=\s*[\"']?generator[\"']?[^>]{0,200}?"
    r"content\s*=\s*[\"']([^\"']{1,80})[\"']",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AuthoringTool:
    """A tool, and the names of which one tells it."""

    name: str
    signs: tuple[str, ...]
    """Parts of file names, in small letters."""


AUTHORING_TOOLS: tuple[AuthoringTool, ...] = (
    AuthoringTool("Articulate Rise", ("lib/rise/", "scormcontent/lib/main.bundle.js")),
    AuthoringTool("Articulate Storyline", ("story_content/", "story.html", "story_html5.html")),
    AuthoringTool(
        "Adobe Captivate",
        ("assets/js/cpm.js", "assets/htmlimages/", "captivate.css", "/cpprjinit.js"),
    ),
    AuthoringTool("iSpring", ("data/browsersupport.js", "ispring", "res/data/player.js")),
    AuthoringTool("Adapt", ("adapt/js/adapt.min.js", "adapt/js/scriptloader.js")),
    AuthoringTool("Lectora", ("trivantis",)),
    AuthoringTool(
        "eXeLearning", ("exe_jquery.js", "libs/exe_export.js", "exe_powered_logo", "contentv3.xml")
    ),
    AuthoringTool("Camtasia", ("techsmith-smart-player",)),
    AuthoringTool("CourseLab", ("courselab",)),
    AuthoringTool("Elucidat", ("elucidat",)),
)


def tool_of(archive: Archive, manifest: PackageManifest) -> str:
    """Return the name of the tool that made a package; empty when it does not show."""
    names = [name.casefold() for name in archive.entries]
    for tool in AUTHORING_TOOLS:
        if any(sign in name for sign in tool.signs for name in names):
            return tool.name
    for activity in manifest.launchable[:1]:
        entry = archive.find(path_of(activity.launch))
        decoded = None if entry is None else decode_text(archive.head(entry, _PAGE_BYTES))
        match = None if decoded is None else _GENERATOR.search(decoded.text)
        return one_line(match[1]) if match else ""
    return ""
