"""Texts in several languages, as cmi5 and xAPI manifests write them."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from app.core.content.formats.xml import XML_LANG, children, text_of

UNKNOWN = "und"
"""The language of a text that names none (RFC 5646)."""
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def langstrings(element: Element | None) -> dict[str, str]:
    """Return the `langstring` children of an element by language, in their order."""
    return by_language(children(element, "langstring"))


def by_language(elements: Iterable[Element]) -> dict[str, str]:
    """Return the texts of elements by their language; empty ones are left out."""
    found: dict[str, str] = {}
    for element in elements:
        language = element.get("lang") or element.get(XML_LANG) or UNKNOWN
        text = text_of(element)
        if text and is_language(language):
            found.setdefault(language, text)
    return found


def any_of(texts: Mapping[str, str]) -> str:
    """Return the English text, else the first, else nothing."""
    english = (text for code, text in texts.items() if code.split("-")[0].casefold() == "en")
    return next(english, next(iter(texts.values()), ""))


def spoken(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts whose language is known."""
    return {language: text for language, text in texts.items() if language != UNKNOWN}


def is_language(untrusted_code: str) -> bool:
    """Tell whether a code has the form of a language tag (xs:language)."""
    return bool(_LANGUAGE.fullmatch(untrusted_code))
