"""Decisions that need no database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.people import CredentialKind, WeakSecret
from app.core.people.models import search_text
from app.core.people.rules import (
    check_password,
    check_pin,
    normal_secret,
    search_words,
    secret_kind,
    wait_after,
)
from app.core.spreadsheets import clean

ANY_TEXT = st.text(st.characters(), max_size=60)


@given(ANY_TEXT)
def test_clean_text_stays_clean_and_can_be_stored(text: str) -> None:
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not {"\n", "\u202e", "\u200b", "\x00"} & set(cleaned)


def test_joiners_of_indic_scripts_are_kept() -> None:
    assert clean("क्‍ष") == "क्‍ष"
    assert clean("E‍-1‌") != ""


@given(ANY_TEXT, ANY_TEXT)
def test_whoever_is_kept_is_found_by_each_word(name: str, number: str) -> None:
    kept = search_text(clean(number), clean(name), "")

    assert all(word in kept for word in search_words(clean(name)))


@given(st.integers(0, 99_999_999).map(str))
def test_digits_of_every_script_are_one_pin(pin: str) -> None:
    devanagari = "".join(chr(0x0966 + int(digit)) for digit in pin)

    assert normal_secret(devanagari) == pin
    assert secret_kind(pin) is CredentialKind.PIN


@given(ANY_TEXT)
def test_a_password_that_is_taken_is_never_mistaken_for_a_pin(password: str) -> None:
    try:
        check_password(password, ())
    except WeakSecret:
        return
    assert secret_kind(normal_secret(password)) is CredentialKind.PASSWORD


@given(st.text(st.sampled_from("0123456789"), max_size=10), ANY_TEXT)
def test_a_pin_that_is_taken_is_never_mistaken_for_a_password(pin: str, number: str) -> None:
    try:
        check_pin(pin, number)
    except WeakSecret:
        return
    assert secret_kind(pin) is CredentialKind.PIN
    assert len(set(pin)) > 1


def test_the_fewest_digits_can_be_raised() -> None:
    check_pin("7392", "")
    with pytest.raises(WeakSecret):
        check_pin("7392", "", fewest=6)


def test_composed_and_decomposed_passwords_are_the_same() -> None:
    password = "café au lait noir"

    assert normal_secret(unicodedata.normalize("NFD", password)) == normal_secret(password)


@given(st.integers(0, 60), st.booleans())
def test_no_wait_is_shorter_than_the_one_before(failures: int, can_lock: bool) -> None:
    wait = wait_after(failures, can_lock=can_lock)
    after = wait_after(failures + 1, can_lock=can_lock)

    assert after is None or (wait is not None and wait <= after)
