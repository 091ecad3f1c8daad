"""The signature in the PDF: verifies offline, names its signer, and no changed byte passes."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from app.core.certificates.drawing import draw_certificate
from app.core.certificates.finding import find_token
from app.core.certificates.signing import SignatureState, check_pdf_signature, sign_pdf
from app.core.certificates.templates import TEMPLATES
from tests.core.certificates.paper import ISSUED_AT, Signer, facts, signer


@pytest.fixture(scope="module")
def pune() -> Signer:
    return signer("Bharat Forge, Pune")


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return draw_certificate(facts(), TEMPLATES[0])


@pytest.fixture(scope="module")
def signed(unsigned: bytes, pune: Signer) -> bytes:
    return sign_pdf(
        unsigned,
        key=pune.key,
        certificate=pune.certificate,
        at=ISSUED_AT,
        reason="Certificate issued",
        location="पुणे",
    )


def test_a_signed_certificate_is_valid_for_who_trusts_the_site(signed: bytes, pune: Signer) -> None:
    check = check_pdf_signature(signed, [signer("Other").certificate, pune.certificate])
    assert check.state is SignatureState.VALID
    assert (check.intact, check.trusted) == (True, True)
    assert (check.signer, check.signed_at) == ("Bharat Forge, Pune", ISSUED_AT)


@pytest.mark.parametrize("trusts_another", [True, False])
def test_it_is_intact_but_not_trusted_by_others(signed: bytes, trusts_another: bool) -> None:
    check = check_pdf_signature(signed, [signer("Other").certificate] if trusts_another else [])
    assert check.state is SignatureState.UNKNOWN_SIGNER
    assert (check.intact, check.trusted) == (True, False)


def test_a_flipped_bit_anywhere_is_noticed(signed: bytes, pune: Signer) -> None:
    dice = random.Random(7)
    gap = signed.index(b"/Contents <")
    places = [dice.randrange(len(signed)) for _time in range(60)] + [gap + 11, gap + 1500]
    places += [signed.rindex(b"00>"), signed.rindex(b"%%EOF"), len(signed) - 1, 0]
    for place in places:
        changed = bytearray(signed)
        changed[place] ^= 1 << dice.randrange(8)
        check = check_pdf_signature(bytes(changed), [pune.certificate])
        assert (place, check.intact, check.trusted) == (place, False, False)


def test_whatever_is_appended_is_a_change(signed: bytes, pune: Signer) -> None:
    assert check_pdf_signature(signed + b"\n", [pune.certificate]).state is SignatureState.CHANGED


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_certificate_is_not_intact(signed: bytes, pune: Signer, share: float) -> None:
    check = check_pdf_signature(signed[: int(len(signed) * share)], [pune.certificate])
    assert not check.intact


def test_an_unsigned_certificate_is_called_so(unsigned: bytes, pune: Signer) -> None:
    assert check_pdf_signature(unsigned, [pune.certificate]).state is SignatureState.UNSIGNED


@pytest.mark.parametrize("junk", [b"", b"hello", b"%PDF-1.7\n%%EOF\n", b"\x00" * 5000])
def test_what_is_no_pdf_is_called_unreadable(junk: bytes, pune: Signer) -> None:
    assert check_pdf_signature(junk, [pune.certificate]).state is SignatureState.UNREADABLE


def test_signing_keeps_what_was_drawn_and_the_token(signed: bytes, unsigned: bytes) -> None:
    assert signed.startswith(unsigned.rstrip())
    assert find_token(signed) == facts().token


def test_another_program_finds_the_signature_valid(signed: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("pdfsig is not installed")
    path = tmp_path / "certificate.pdf"
    path.write_bytes(signed)
    told = subprocess.run([program, "-nocert", path], capture_output=True, check=False, text=True)
    assert "Signature is Valid" in told.stdout
    assert "ETSI.CAdES.detached" in told.stdout
    assert "Total document signed" in told.stdout
