"""What is personal in an entry: sealed under a key of each person, so that erasure can destroy it (ADR 25)."""

from app.core.journal.personal.columns import PersonalTable, erasing_tables, personal_tables
from app.core.journal.personal.keyring import (
    Keyring,
    LentKeyring,
    PersonKey,
    keys_of,
    take_keys,
    wanted_keys,
)
from app.core.journal.personal.opening import Opening, opened_changes

__all__ = [
    "Keyring",
    "LentKeyring",
    "Opening",
    "PersonKey",
    "PersonalTable",
    "erasing_tables",
    "keys_of",
    "opened_changes",
    "personal_tables",
    "take_keys",
    "wanted_keys",
]
