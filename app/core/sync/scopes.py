"""What a log tells of, in words."""

from app.core.base.words import _, mark
from app.core.storage.tables import Scope

_SCOPES = {
    Scope.IDENTITY.value: mark("people, departments, keys"),
    Scope.CATALOGUE.value: mark("courses and questions"),
    Scope.RECORDS.value: mark("training records"),
}


def scope_in_words(scope: str) -> str:
    """Return what a log tells of; what a newer version may have, as it names it."""
    return _(_SCOPES[scope]) if scope in _SCOPES else scope
