"""A QTI item while it is read: its parts, and how its texts are taken."""

from collections.abc import Collection
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.core.assessments.formats.assembling import NotAsked
from app.core.assessments.formats.markup_xml import Rename, contents, taken
from app.core.assessments.formats.qti_declarations import Declaration
from app.core.assessments.formats.xml_reading import local, within
from app.core.assessments.types import NO_TEXT, RichText
from app.core.base.words import _


@dataclass(frozen=True, slots=True)
class Item:
    element: Element
    body: Element
    declared: dict[str, Declaration]
    by_mapping: bool
    rename: Rename

    def text(self, element: Element | None, *without: str) -> RichText:
        """Return the text of an element, leaving out parts of some names."""
        if element is None:
            return NO_TEXT
        return taken((one for one in contents(element) if not is_named(one, without)), self.rename)

    def declaration(self, interaction: Element) -> Declaration:
        found = self.declared.get(interaction.get("responseIdentifier", ""))
        if found is None:
            raise NotAsked(_("It does not say what is right."))
        return found


def has(element: Element, *names: str) -> bool:
    return next(within(element, *names), None) is not None


def is_named(part: str | Element, names: Collection[str]) -> bool:
    return isinstance(part, Element) and local(part) in names
