"""Fingerprints as words: published vectors of BIP 39, and what counts as the same."""

import hashlib

import pytest
from mnemonic import Mnemonic

from app.core.keys import fingerprint_code, fingerprint_words, same_words
from app.core.keys.words import shown


def test_the_words_are_the_first_88_bits_of_the_hash() -> None:
    data = b"a public key"
    places = [Mnemonic("english").wordlist.index(word) for word in fingerprint_words(data).split()]
    bits = "".join(f"{place:011b}" for place in places)

    assert len(places) == 8
    assert bits == f"{int.from_bytes(hashlib.sha256(data).digest()):0256b}"[:88]


def test_the_qr_code_holds_the_whole_hash_in_letters_that_pack_well() -> None:
    code = fingerprint_code(b"a public key")

    assert code == f"DAKSHA:KEY:{hashlib.sha256(b'a public key').hexdigest().upper()}"


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Oak TREND rifle", True),
        (" 1. oak 2. trend,3. rifle\n", True),
        ("oak rifle trend", False),
        ("oak trend", False),
        ("", False),
    ],
)
def test_words_are_compared_as_people_type_them(typed: str, same: bool) -> None:
    assert same_words(typed, "oak trend rifle") is same


@pytest.mark.parametrize(
    ("untrusted", "seen"),
    [
        ("Press shop 2", "Press shop 2"),
        ("\x1b[31mred\x07 alert", "[31mred alert"),
        ("two\nlines\tof it", "two lines of it"),
        ("exe.\u202egnp", "exe. gnp"),
        ("प्रशिक्षण क\u094d\u200dष", "प्रशिक्षण क\u094d\u200dष"),
    ],
)
def test_a_name_from_elsewhere_steers_no_terminal_and_turns_no_letters(
    untrusted: str, seen: str
) -> None:
    assert shown(untrusted) == seen
