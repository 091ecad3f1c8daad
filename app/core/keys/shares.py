"""Paper shares of the data key: any two of three open it, one alone says nothing (SLIP-39)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.core.base.errors import UserFacingError
from app.core.base.words import _

if TYPE_CHECKING:
    from shamir_mnemonic import Share

SHARES, NEEDED = 3, 2
_KEY_BYTES = 32


class ShareRefused(UserFacingError):
    """What was typed is no share of a recovery kit."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing was changed."), remedy=remedy)


class ShareUnreadable(ShareRefused):
    """A word is wrong, missing or too many: the checksum does not fit."""

    def __init__(self, place: int) -> None:
        super().__init__(
            _("Share {number} has a wrong, missing or additional word.").format(number=place),
            _("Compare it with the paper word by word, or read the QR code."),
        )


class SameShareTwice(ShareRefused):
    """Two shares are one."""

    def __init__(self) -> None:
        super().__init__(
            _("These are the words of one share, twice."),
            _("Take the paper of another keeper for the second one."),
        )


class SharesOfTwoKits(ShareRefused):
    """The shares do not belong together."""

    def __init__(self) -> None:
        super().__init__(
            _("These shares are of two different recovery kits."),
            _("Take two papers with the same kit number."),
        )


class SharesTooFew(ShareRefused):
    """There are not as many shares as it takes."""

    def __init__(self) -> None:
        super().__init__(
            _("It takes {count} shares to open the records.").format(count=NEEDED),
            _("Take the paper of another keeper as well."),
        )


def split_key(key: bytes) -> tuple[str, ...]:
    """Return three shares as words; two of them, and no fewer, give the key again."""
    from shamir_mnemonic import generate_mnemonics  # reads its word list on import

    (shares,) = generate_mnemonics(1, [(NEEDED, SHARES)], key, iteration_exponent=0)
    return tuple(shares)


def kit_number(share: str) -> int:
    """Return the number that all shares of one kit carry."""
    from shamir_mnemonic import Share  # likewise

    return int(Share.from_mnemonic(share).identifier)


def join_shares(untrusted_shares: Sequence[str]) -> bytes:
    """Return what two shares give: a key, of this site or another. Raises a ShareRefused."""
    from shamir_mnemonic import MnemonicError, combine_mnemonics  # likewise

    shares = [_read(untrusted, place) for place, untrusted in enumerate(untrusted_shares, start=1)]
    kinds = {(share.identifier, share.extendable, share.iteration_exponent) for share in shares}
    if len(shares) < NEEDED:
        raise SharesTooFew
    if len(kinds) > 1:
        raise SharesOfTwoKits
    by_place = {share.index: share for share in shares}
    if len(by_place) < NEEDED:
        same = len({share.value for share in shares}) == 1
        raise SameShareTwice if same else SharesOfTwoKits
    try:
        key: bytes = combine_mnemonics(
            [share.mnemonic() for share in list(by_place.values())[:NEEDED]]
        )
    except MnemonicError:  # numbers that agree by chance; the digest inside does not
        raise SharesOfTwoKits from None
    if len(key) != _KEY_BYTES:
        raise SharesOfTwoKits
    return key


def _read(untrusted: str, place: int) -> "Share":
    from shamir_mnemonic import MnemonicError, Share  # likewise

    words = "".join(letter if letter.isalpha() else " " for letter in untrusted.casefold())
    try:
        share = Share.from_mnemonic(" ".join(words.split()[:64]))
    except (MnemonicError, ValueError, IndexError):
        raise ShareUnreadable(place) from None
    of_ours = (share.group_count, share.group_threshold, share.member_threshold)
    if of_ours != (1, 1, NEEDED) or share.iteration_exponent > 1:
        raise ShareUnreadable(place)
    return share
