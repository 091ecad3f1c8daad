"""Words in the reader's language, for screens, printed pages and errors alike (GNU gettext).

Both halves of the product use this module: Qt's own `tr` would pull Qt into the core (ADR 3).
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.core.base.resources import resource

DOMAIN = "daksha"
LANGUAGES: dict[str, str] = {
    "en": "English",
    "hi": "हिन्दी",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "mr": "मराठी",
    "bn": "বাংলা",
}
"""Languages the product can show, each under its own name, in the order they are offered."""

_LOCALES = resource("locale")


class _Current:
    """The catalogue in use. One per process: a window speaks one language at a time."""

    code = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def language_name(code: str) -> str:
    """Return a language under its own name, or its code where the product has none."""
    return LANGUAGES.get(code, code)


def offered_languages() -> dict[str, str]:
    """Return the languages that there are words in, English first; people may know further ones."""
    return {
        code: name
        for code, name in LANGUAGES.items()
        if code == "en" or gettext.find(DOMAIN, _LOCALES, [code]) is not None
    }


_here: ContextVar[gettext.NullTranslations | None] = ContextVar("words", default=None)


def use_language(code: str) -> None:
    """Word everything from now on in `code`; English words stand in where a catalogue has none."""
    _Current.catalogue = gettext.translation(DOMAIN, _LOCALES, [code], fallback=True)
    _Current.code = code


def current_language() -> str:
    """Return the code of the language in use."""
    return _Current.code


@contextmanager
def worded_in(code: str) -> Iterator[None]:
    """Word what this thread does inside in `code`: a certificate speaks its holder's language."""
    token = _here.set(gettext.translation(DOMAIN, _LOCALES, [code], fallback=True))
    try:
        yield
    finally:
        _here.reset(token)


def _(message: str) -> str:
    """Return `message` in the language in use."""
    return (_here.get() or _Current.catalogue).gettext(message)


def plural(one: str, many: str, count: int) -> str:
    """Return the form that fits `count`, with `{count}` filled in."""
    return (
        (_here.get() or _Current.catalogue).ngettext(one, many, count).format(count=grouped(count))
    )


def grouped(value: int) -> str:
    """Return `value` grouped the Indian way in Western digits: 12,34,567."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value))
    head, groups = digits[:-3], [digits[-3:]]
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return sign + ",".join(groups)


def mark(message: str) -> str:
    """Mark `message` for translation where it is declared; it is worded where it is shown."""
    return message
