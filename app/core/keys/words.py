"""Fingerprints as people compare them: eight words read out, or a QR code held beside another."""

import hashlib

_WORD_BITS = 11
_WORDS = 8
_PREFIX = "DAKSHA:KEY:"
_JOINERS = "\u200c\u200d"


def fingerprint_words(data: bytes) -> str:
    """Return the first 88 bits of SHA-256(data) as eight words of BIP 39's English list."""
    from mnemonic import Mnemonic  # reads its word list on import

    bits = int.from_bytes(hashlib.sha256(data).digest(), "big") >> (256 - _WORD_BITS * _WORDS)
    words = Mnemonic("english").wordlist
    places = range(_WORDS - 1, -1, -1)
    return " ".join(words[bits >> place * _WORD_BITS & 0x7FF] for place in places)


def same_words(typed: str, words: str) -> bool:
    """Tell whether somebody typed these words, in whatever case and with whatever between them."""
    plain = "".join(letter if letter.isalpha() else " " for letter in typed.casefold())
    return plain.split() == words.split()


def fingerprint_code(data: bytes) -> str:
    """Return what the QR code of a fingerprint holds: SHA-256(data), in capitals and digits alone."""
    return _PREFIX + hashlib.sha256(data).hexdigest().upper()


def shown(untrusted_name: str) -> str:
    """Return a name on one line without what would steer a terminal or turn letters round.

    The two joiners stay: Indian scripts are written with them.
    """
    kept = (
        letter if letter.isprintable() or letter in _JOINERS else " " for letter in untrusted_name
    )
    return " ".join("".join(kept).split())
