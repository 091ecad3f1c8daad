"""What the samples leave open: places that only the plant can fill in, asked for once and put wherever they stand.

A place stands in brackets, `[assembly point]`, in pages, papers, questions and `course.toml` alike: what is not
filled in is seen by everybody, and publishing asks about it.
"""

import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.resources import resource
from app.core.base.words import _
from app.core.courses.names import visible

MOST_LETTERS = 200
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
"""What Markdown may take for a sign of its own."""
_OF_GIFT = re.compile(r"([~=#{}:\\])")
_OF_TOML = re.compile(r'(["\\])')


class PlaceRefused(UserFacingError):
    """A value was given for what no sample leaves open, or one that cannot stand there."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was imported."), remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something that only the plant knows."""

    key: str
    words: Mapping[str, str]
    """What stands in the brackets, by language."""
    suggested: Mapping[str, str]
    """What plants usually put there, by language; often nothing."""
    is_worded: bool
    """Whether it is said in words, which differ by language; numbers and codes do not."""

    def called(self, language: str) -> str:
        """Return what it is called in a language, else in English."""
        words = self.words.get(language, self.words["en"])
        return words[:1].upper() + words[1:]

    def keys(self) -> dict[str, str]:
        """Return the key of its value in each language."""
        return {
            language: self.key if language == "en" else f"{self.key}_{language}"
            for language in self.words
        }


@cache
def sample_places() -> tuple[Place, ...]:
    """Return every place that a sample may leave open, in the order they are asked for."""
    with resource("samples", "places.toml").open("rb") as file:
        told = tomllib.load(file)
    return tuple(_place(key, said) for key, said in told.items())


@cache
def places_of(folder: Path) -> tuple[Place, ...]:
    """Return what a shipped folder leaves open."""
    said = "".join(file.read_text("utf-8") for file in _texts(folder))
    return tuple(one for one in sample_places() if any(mark in said for mark in _marks(one)))


def places_left(text: str) -> tuple[str, ...]:
    """Return the places of samples that are still open in a text, each once."""
    if "[" not in text:
        return ()
    marks = (mark for place in sample_places() for mark in _marks(place))
    return tuple(mark[1:-1] for mark in marks if mark in text)


@contextmanager
def filled_copy(folder: Path, untrusted_values: Mapping[str, str]) -> Iterator[Path]:
    """Lay a shipped folder out with its places filled in, for as long as it is read. Raises PlaceRefused."""
    values = _checked(untrusted_values)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, folder.name)
        shutil.copytree(folder, copy)
        for file in _texts(copy):
            file.write_text(_filled(file, values), "utf-8")
        yield copy


def _place(key: str, said: dict[str, str | bool]) -> Place:
    words = {language: text for language, text in said.items() if isinstance(text, str)}
    suggested = {
        "en" if name == "suggested" else name.removeprefix("suggested_"): words.pop(name)
        for name in tuple(words)
        if name.startswith("suggested")
    }
    worded = said.get("worded") is True
    return Place(key=key, words=words, suggested=suggested, is_worded=worded)


def _marks(place: Place) -> tuple[str, ...]:
    return tuple(f"[{words}]" for words in place.words.values())


def _texts(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix in _WRITTEN)


def _checked(untrusted_values: Mapping[str, str]) -> dict[str, str]:
    """Return what was given by key, on one line each, without what was left empty."""
    known = {key for place in sample_places() for key in place.keys().values()}
    values = {}
    for untrusted_key, untrusted_value in untrusted_values.items():
        if untrusted_key not in known:
            raise PlaceRefused(
                _("No sample leaves “{name}” open.").format(name=visible(untrusted_key)),
                _("Take one of these: {names}").format(names=", ".join(sorted(known))),
            )
        value = " ".join(visible(untrusted_value).split())
        if len(value) > MOST_LETTERS:
            raise PlaceRefused(
                _("What is given for “{name}” is too long.").format(name=untrusted_key),
                _("Use at most {most} letters.").format(most=MOST_LETTERS),
            )
        if value:
            values[untrusted_key] = value
    return values


def _filled(file: Path, values: Mapping[str, str]) -> str:
    text, written = file.read_text("utf-8"), _WRITTEN[file.suffix]
    for place in sample_places():
        for language, key in place.keys().items():
            value = values.get(key, values.get(place.key))
            if value is not None:
                text = text.replace(f"[{place.words[language]}]", written(value))
    return text


def _in_markdown(value: str) -> str:
    return _MARKUP.sub(r"\\\1", value)


def _in_gift(value: str) -> str:
    return _OF_GIFT.sub(r"\\\1", value)


def _in_toml(value: str) -> str:
    return _OF_TOML.sub(r"\\\1", value)


_WRITTEN: Mapping[str, Callable[[str], str]] = {
    ".md": _in_markdown,
    ".gift": _in_gift,
    ".toml": _in_toml,
}
"""How a value is written in a file, by its ending."""
