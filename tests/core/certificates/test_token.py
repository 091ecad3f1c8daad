"""The token: says what was claimed, fits a QR code, and no changed bit passes."""

import base64
from datetime import date
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.certificates.token import (
    PREFIX,
    TokenClaims,
    TokenTampered,
    TokenUnreadable,
    encode,
    read,
    short_code,
    verify,
)
from tests.core.certificates.paper import PUBLIC_KEY, SITE_KEY, claims

SAMPLE = encode(claims(), SITE_KEY.sign)
SHORT_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=18)
CLAIMS = st.builds(
    TokenClaims,
    site_id=st.uuids(),
    certificate_id=st.uuids(),
    number=st.text(st.characters(codec="ascii"), max_size=40),
    person_name=SHORT_TEXT,
    person_number=st.text(st.characters(codec="ascii"), max_size=40),
    course_title=SHORT_TEXT,
    completed_on=st.dates(),
    valid_until=st.none() | st.dates(),
)


@given(CLAIMS)
@settings(max_examples=60)
def test_claims_come_back_as_they_were_signed(told: TokenClaims) -> None:
    assert verify(encode(told, SITE_KEY.sign), PUBLIC_KEY) == told


@pytest.mark.parametrize(
    ("name", "course"),
    [
        ("Ravi Kumar Sharma", "Working at height, level 2"),
        ("கிருஷ்ணமூர்த்தி", "Fire safety"),
        ("श्रीमती क्षितिज्ञा द्विवेदी", "अग्नि सुरक्षा"),
    ],
)
def test_a_usual_token_has_at_most_300_characters_of_the_alphanumeric_mode(
    name: str, course: str
) -> None:
    token = encode(claims(name, course), SITE_KEY.sign)
    assert len(token) <= 300
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")


def test_the_longest_names_are_shortened_with_a_mark() -> None:
    token = encode(claims("नाम " * 60, "शीर्षक" * 60), SITE_KEY.sign)
    told = verify(token, PUBLIC_KEY)
    assert len(token) < 520
    assert told.person_name.startswith("नाम नाम ")
    assert told.person_name.endswith("…")
    assert told.course_title.endswith("…")


def test_every_flipped_bit_is_noticed() -> None:
    data = base64.b32decode(
        SAMPLE.removeprefix(PREFIX) + "=" * (-len(SAMPLE.removeprefix(PREFIX)) % 8)
    )
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((TokenTampered, TokenUnreadable)):
            verify(PREFIX + base64.b32encode(changed).decode().rstrip("="), PUBLIC_KEY)


@given(st.integers(0, len(SAMPLE) - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
@settings(max_examples=200)
def test_every_changed_letter_is_noticed(position: int, letter: str) -> None:
    if SAMPLE[position] == letter:
        return
    with pytest.raises((TokenTampered, TokenUnreadable)):
        verify(SAMPLE[:position] + letter + SAMPLE[position + 1 :], PUBLIC_KEY)


def test_another_sites_key_does_not_verify() -> None:
    with pytest.raises(TokenTampered):
        verify(SAMPLE, Ed25519PrivateKey.generate().public_key().public_bytes_raw())


def test_a_pasted_token_may_be_broken_over_lines_and_in_small_letters() -> None:
    pasted = "\n ".join([SAMPLE[:70], SAMPLE[70:150], SAMPLE[150:]]).lower()
    assert verify(pasted, PUBLIC_KEY) == claims()


@given(st.text(max_size=80) | st.text("ABCDEFGHIJ234567", max_size=400).map(PREFIX.__add__))
@settings(max_examples=150)
def test_anything_else_is_unreadable(text: str) -> None:
    with pytest.raises(TokenUnreadable) as told:
        read(text)
    assert told.value.sentence.count(".") == 1


@given(st.binary(max_size=200))
@settings(max_examples=150)
def test_signed_nonsense_is_unreadable(payload: bytes) -> None:
    data = b"\x01" + payload
    token = base64.b32encode(data + SITE_KEY.sign(PREFIX.encode() + data)).decode().rstrip("=")
    with pytest.raises(TokenUnreadable):
        verify(PREFIX + token, PUBLIC_KEY)


def test_the_site_and_the_certificate_are_named_before_anything_is_verified() -> None:
    told, signed, signature = read(SAMPLE)
    assert told.site_id == UUID("0198f1c2-7f00-7000-8000-00000000a001")
    assert told.completed_on == date(2026, 11, 23)
    assert signed.startswith(PREFIX.encode())
    assert len(signature) == 64


def test_the_short_code_is_two_groups_of_four_letters() -> None:
    code = short_code(SAMPLE)
    assert (len(code), code[4]) == (9, "-")
    assert code != short_code(SAMPLE + "A")
