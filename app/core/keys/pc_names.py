"""What PCs are called: a name that somebody gives, and words of the key where two have the same."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys.certificates import KeyCertificate, KeyKind
from app.core.keys.words import fingerprint_words, shown

LONGEST_PC_NAME = 40
_SHORT = 2
"""So many words tell some dozens of keys apart."""

_TookPlace = Callable[[bytes, bytes], bool]


class PcNameRefused(UserFacingError):
    """A name is empty or too long."""

    def __init__(self) -> None:
        super().__init__(
            _("The name of a PC has 1 to {count} characters.").format(count=LONGEST_PC_NAME),
            safe=_("Nothing was changed."),
            remedy=_("Give a name that people of the site know it by, such as Press shop 2."),
        )


class PcNameTaken(UserFacingError):
    """Another PC of the site has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Another PC of this site is called {name}.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Choose another name."),
        )


def clean_pc_name(text: str) -> str:
    """Return the name of a PC as it is kept. Raises PcNameRefused."""
    name = shown(text)
    if not 0 < len(name) <= LONGEST_PC_NAME:
        raise PcNameRefused
    return name


def short_words(words: str) -> str:
    """Return as much of the words of a key as stands behind a name."""
    return " ".join(words.split()[:_SHORT])


def begins_with_words(typed: str, words: str) -> bool:
    """Tell whether somebody typed the first words of a key, two at least, whatever is between them."""
    plain = "".join(letter if letter.isalpha() else " " for letter in typed.casefold()).split()
    return len(plain) >= _SHORT and words.split()[: len(plain)] == plain


class Called(Protocol):
    """What goes by a name, told apart from others of it, and by the words of its key."""

    @property
    def label(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def words(self) -> str: ...


_Meant = TypeVar("_Meant", bound=Called)


def meant_by(
    untrusted_name: str, ones: Sequence[_Meant], key_of: Callable[[_Meant], str], least: int
) -> list[_Meant]:
    """Return which of some a name means: by its label, by its name, by the first words of its key, or by how
    the key begins, as `key_of` writes it, if that many letters were typed. None, one or several.
    """
    wanted = untrusted_name.strip().casefold()
    ways: tuple[Callable[[_Meant], bool], ...] = (
        lambda one: one.label.casefold() == wanted,
        lambda one: one.name.casefold() == wanted,
        lambda one: begins_with_words(wanted, one.words),
        lambda one: len(wanted) >= least and key_of(one).startswith(wanted),
    )
    for way in ways:
        if found := [one for one in ones if way(one)]:
            return found
    return []


def told_apart(
    papers: Iterable[KeyCertificate], took_place_of: _TookPlace
) -> Iterator[tuple[bytes, str]]:
    """Yield what keys are called, by fingerprint, of those whose name another PC or site has too.

    A key that took the place of another is the same PC's still: its words stand behind both.
    """
    alike: dict[tuple[object, ...], list[KeyCertificate]] = {}
    for paper in papers:
        if paper.kind in {KeyKind.STATION, KeyKind.SITE}:
            where = paper.site_id if paper.kind is KeyKind.STATION else None
            alike.setdefault((paper.kind, where, shown(paper.label).casefold()), []).append(paper)
    for group in alike.values():
        newest = {one.fingerprint: _newest(one, group, took_place_of) for one in group}
        if len(set(newest.values())) > 1:
            for one in group:
                words = short_words(fingerprint_words(newest[one.fingerprint]))
                yield one.fingerprint, f"{one.label} ({words})"


def _newest(paper: KeyCertificate, group: list[KeyCertificate], took_place_of: _TookPlace) -> bytes:
    """Return the key that is used now by the owner of a key."""
    heirs = [one for one in group if took_place_of(one.fingerprint, paper.fingerprint)]
    if paper.kind is KeyKind.SITE:
        heirs += [one for one in group if one.site_id == paper.site_id]
    return max(heirs or [paper], key=lambda one: (one.issued_at, one.subject)).subject
