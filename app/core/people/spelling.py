"""What is written of people in several spellings is one thing (ADR 88): a list has it once."""

from collections.abc import Iterable

from app.core.storage.folding import as_word


def spelt_once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return one spelling of each word, in order; of several the first by its letters, capitals first."""
    found: dict[str, str] = {}
    for text in sorted(texts):
        found.setdefault(as_word(text), text)
    return tuple(found[word] for word in sorted(found) if word)


def is_spelt_alike(one: str, other: str) -> bool:
    """Tell whether two texts are one word, spelt otherwise or not."""
    return as_word(one) == as_word(other)
