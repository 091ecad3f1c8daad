"""The recovery kit: three printed shares of the data key, of which two open the records.

No share is kept anywhere: they are in the memory of the program that makes the kit, on three papers,
and nowhere else. That the papers are right is proved by words typed from them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.base.actor import Actor, Capability
from app.core.base.clock import to_microseconds
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.egress import Document, FileKind, Leaving
from app.core.keys import SHARES, Kit, kit_number, split_key
from app.core.operations.kit_paper import kit_document
from app.core.operations.open_site import OpenSite
from app.core.people import note_confirmed

_ASKED = 2
"""Words of each share that somebody types to prove that the paper is right."""


class KeepersNeeded(UserFacingError):
    """A kit without three different keepers."""

    def __init__(self) -> None:
        super().__init__(
            _("A recovery kit needs {count} different people, who keep a share each.").format(
                count=SHARES
            ),
            safe=_("No share was made."),
            remedy=_("Name the keepers, for example the plant head, HR and the training lead."),
        )


class WordsNotAsPrinted(UserFacingError):
    """Words that were typed do not stand on the paper."""

    def __init__(self, share: int) -> None:
        super().__init__(
            _("These are not the words of share {number}.").format(number=share),
            safe=_("The kit does not count yet."),
            remedy=_("Read them again from the printed page, by their numbers."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KitInHand:
    """A kit that was made and is not proved yet. It lives in memory alone."""

    number: int
    keepers: tuple[str, ...]
    shares: tuple[str, ...] = field(repr=False)
    asked: tuple[tuple[int, ...], ...]
    """By share: numbers of the words to type, from 1."""

    def proves(self, share: int, untrusted_words: Sequence[str]) -> bool:
        """Tell whether these are the words that are asked of a share, which is counted from 0."""
        words = self.shares[share].split()
        wanted = [words[number - 1] for number in self.asked[share]]
        return [word.strip().casefold() for word in untrusted_words] == wanted


class RecoveryKits:
    """Makes kits for the records of an open site. Raises NoDataKey for a server's."""

    def __init__(self, opened: OpenSite) -> None:
        self._opened = opened

    def make(self, actor: Actor, keepers: Sequence[str]) -> KitInHand:
        """Split the key anew. Raises KeepersNeeded.

        Papers of kits before go on to open the records, until the key itself is changed.
        """
        actor.require(Capability.MANAGE_SITE)
        names = tuple(" ".join(keeper.split()) for keeper in keepers)
        if len(names) != SHARES or len({name.casefold() for name in names if name}) != SHARES:
            raise KeepersNeeded
        shares = split_key(self._opened.data_key)
        return KitInHand(
            number=kit_number(shares[0]),
            keepers=names,
            shares=shares,
            asked=tuple(_some_places(len(share.split())) for share in shares),
        )

    def document(self, kit: KitInHand) -> Document:
        """Return the papers as PDF, one page a share."""
        now = self._opened.site.clock.now()
        leaving = Leaving(
            kind=FileKind.RECOVERY_KIT,
            title=_("Recovery kit {number}").format(number=kit.number),
            records=SHARES,
        )
        return Document(
            content=kit_document(self._opened.name, kit.number, kit.shares, kit.keepers, now),
            leaving=leaving,
        )

    def confirm(
        self, actor: Actor, kit: KitInHand, untrusted_words: Sequence[Sequence[str]]
    ) -> None:
        """Keep that the kit is printed: words of each paper prove it. Raises WordsNotAsPrinted."""
        actor.require(Capability.MANAGE_SITE)
        for share in range(SHARES):
            if share >= len(untrusted_words) or not kit.proves(share, untrusted_words[share]):
                raise WordsNotAsPrinted(share + 1)
        opened = self._opened
        now = opened.site.clock.now()
        kept = Kit(number=kit.number, made_at=to_microseconds(now), keepers=kit.keepers)
        opened.data_key_file.slots.set_kit(kept, opened.data_key)
        opened.data_key_file.note()
        reason = f"{kit.number}: {', '.join(kit.keepers)}"
        with opened.site.transaction(actor, "data-key.kit", reason=reason) as unit:
            note_confirmed(unit, actor, "data key", now)


def _some_places(words: int) -> tuple[int, ...]:
    """Return which words are asked, in the paper's order; the first four are alike on all papers."""
    return tuple(sorted(secrets.SystemRandom().sample(range(5, words + 1), _ASKED)))
