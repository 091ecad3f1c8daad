"""Erasing people: asked by one, confirmed by another, held back by law and by retention (ADR 25)."""

from app.core.people.erasing.errors import (
    AlreadyAsked,
    ErasureHindered,
    NobodyMadeSure,
    NothingAsked,
    PersonErased,
    RetentionRefused,
    SecondPersonNeeded,
)
from app.core.people.erasing.outside import ErasedOutside
from app.core.people.erasing.queries import is_erased
from app.core.people.erasing.service import Erasures, require_not_erased
from app.core.people.erasing.types import (
    Counted,
    ErasedPerson,
    ErasureDesk,
    ErasurePlan,
    ErasureRequest,
    Hindrance,
    HindranceKind,
    Hold,
    NamedAs,
)
from app.core.people.erasing.words import (
    hindrance_in_words,
    open_entries_in_words,
    signed_texts_in_words,
)

__all__ = [
    "AlreadyAsked",
    "Counted",
    "ErasedOutside",
    "ErasedPerson",
    "ErasureDesk",
    "ErasureHindered",
    "ErasurePlan",
    "ErasureRequest",
    "Erasures",
    "Hindrance",
    "HindranceKind",
    "Hold",
    "NamedAs",
    "NobodyMadeSure",
    "NothingAsked",
    "PersonErased",
    "RetentionRefused",
    "SecondPersonNeeded",
    "hindrance_in_words",
    "is_erased",
    "open_entries_in_words",
    "require_not_erased",
    "signed_texts_in_words",
]
