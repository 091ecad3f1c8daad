"""How names and numbers are compared where two may be one person, or one number may mean two."""

from app.core.storage.folding import fold


def number_key(number: str) -> str:
    """Return a number as it is compared: without signs between, and without zeros before it."""
    bare = "".join(sign for sign in fold(number) if sign.isalnum())
    return bare.lstrip("0") or bare


def name_key(name: str) -> tuple[str, ...]:
    """Return a name as it is compared: folded, without dots, words in any order; () for none."""
    spaced = "".join(" " if sign in ".,-'’" else sign for sign in fold(name))
    return tuple(sorted(spaced.split()))
