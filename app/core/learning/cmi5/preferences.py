"""The learner's preferences as units read and write them (cmi5 1.0, section 11)."""

import re

from app.core.learning.cmi5.errors import Cmi5Refused
from app.core.learning.statements.errors import StatementInvalid
from app.core.learning.statements.exact_json import Json, read_json, to_text

_JSON = "application/json"
_LANGUAGES = re.compile(r"[A-Za-z0-9-]+(,[A-Za-z0-9-]+)*")
_AUDIO = frozenset({"on", "off"})


def preferences(language: str) -> bytes:
    """Return what a learner prefers who never said so: the product's language, with sound."""
    return to_text({"languagePreference": language, "audioPreference": "on"}).encode()


def check_preferences(untrusted_content: bytes, media_type: str) -> None:
    """Refuse what are no preferences. Raises Cmi5Refused."""
    if media_type.partition(";")[0].strip().lower() != _JSON:
        raise Cmi5Refused("11.0", "preferences are a JSON object")
    try:
        found: Json = read_json(untrusted_content, "document")
    except StatementInvalid as error:
        raise Cmi5Refused("11.0", "preferences are a JSON object") from error
    if not isinstance(found, dict):
        raise Cmi5Refused("11.0", "preferences are a JSON object")
    languages, audio = found.get("languagePreference"), found.get("audioPreference")
    if not isinstance(languages, str) or not _LANGUAGES.fullmatch(languages):
        raise Cmi5Refused("11.1", "languagePreference is a list of languages with commas")
    if audio not in _AUDIO:
        raise Cmi5Refused("11.2", "audioPreference is on or off")
