"""Verifying: only what the issuer signed, unchanged and still holding, is ever valid."""

import random
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.certificates import (
    Certificates,
    CertificateSummary,
    Verification,
    VerificationStatus,
    verify_with,
)
from app.core.certificates.drawing import draw_certificate
from app.core.certificates.signing import sign_pdf
from app.core.certificates.templates import TEMPLATES
from app.core.journal import Site
from app.core.keys import KeyFolder, SigningKey, SiteAuthority, TrustedSite
from tests.core.certificates.paper import facts, signer
from tests.core.certificates.plants import Plant, a_plant
from tests.support.clock import SOME_MORNING, TurnedClock
from tests.support.sites import empty_database, open_site
from tests.support.teaching import ACTOR

VALID, TAMPERED = VerificationStatus.VALID, VerificationStatus.TAMPERED
REVOKED, EXPIRED = VerificationStatus.REVOKED, VerificationStatus.EXPIRED
UNKNOWN, UNREADABLE = VerificationStatus.UNKNOWN_ISSUER, VerificationStatus.UNREADABLE
TODAY = date(2026, 11, 23)


@pytest.fixture
def nashik(tmp_path: Path, clock: TurnedClock) -> Plant:
    """Another site, with other keys and records."""
    folder = tmp_path / "nashik"
    folder.mkdir()
    site: Site = open_site(empty_database(folder, None), clock)
    return a_plant(site, clock, folder, "Nashik works", has_keys=True)


def trust(plant: Plant) -> TrustedSite:
    return plant.authority.trusted()


def token_of(plant: Plant, certificate: CertificateSummary) -> str:
    return plant.certificates.detail(ACTOR, certificate.id).token


def both_ways(plant: Plant, untrusted: bytes | str) -> tuple[Verification, Verification]:
    """Verify on the site, and anywhere with its trust file."""
    return plant.certificates.verify(untrusted), verify_with([trust(plant)], untrusted, TODAY)


def test_a_document_and_its_code_are_valid_here_and_with_the_trust_file(plant: Plant) -> None:
    _asha, certificate = plant.certified()

    for outcome in both_ways(plant, plant.document(certificate)):
        assert (outcome.status, outcome.is_document) == (VALID, True)
        assert outcome.claims is not None
        assert outcome.claims.person_name == "Asha Kulkarni"
        assert (outcome.issuer, outcome.signed_at) == ("Bharat Forge, Pune", plant.clock.now())
    for outcome in both_ways(plant, f" {token_of(plant, certificate).lower()}\n"):
        assert (outcome.status, outcome.is_document) == (VALID, False)


def test_what_a_key_before_this_one_signed_stays_valid(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    known, fresh = trust(plant), SigningKey.make()
    after = replace(known, token_key=fresh.public_key, former_keys=(known.token_key,))
    forgetful = replace(known, token_key=fresh.public_key)
    document, code = plant.document(certificate), token_of(plant, certificate)

    for untrusted in (document, code):
        assert verify_with([after], untrusted, TODAY).status is VALID
        assert verify_with([forgetful], untrusted, TODAY).status is TAMPERED
    assert TrustedSite.from_json(after.to_json()) == after
    assert "former" not in known.to_json()


def flipped(pdf: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= 1 << bit
    return bytes(changed)


def test_one_changed_bit_anywhere_is_never_valid(plant: Plant) -> None:
    """A bit of the signature's own dictionary may hide it: then the code alone is genuine."""
    pdf = plant.document(plant.certified()[1])
    dice = random.Random(11)
    for place in (dice.randrange(len(pdf)) for _time in range(24)):
        for outcome in both_ways(plant, flipped(pdf, place, dice.randrange(8))):
            assert (place, outcome.status) == (place, TAMPERED)
            assert outcome.why.endswith("Do not rely on it.")


def test_a_hidden_signature_leaves_a_file_that_nobody_issued(plant: Plant) -> None:
    pdf = plant.document(plant.certified()[1])

    for outcome in both_ways(plant, pdf.replace(b"/FT /Sig", b"/FT /Sif")):
        assert outcome.status is TAMPERED
        assert "not the document that was issued" in outcome.why


@pytest.mark.parametrize("mark", [b"/ETSI.CAdES.detached", b"/ByteRange", b"/Adobe.PPKLite"])
def test_a_signature_that_no_longer_reads_is_a_changed_file(plant: Plant, mark: bytes) -> None:
    pdf = plant.document(plant.certified()[1])

    for outcome in both_ways(plant, pdf.replace(mark, mark[:-1] + b"~")):
        assert outcome.status is TAMPERED


def test_a_changed_bit_of_what_was_signed_is_named(plant: Plant) -> None:
    pdf = plant.document(plant.certified()[1])
    gap = pdf.index(b"/Contents <")
    places = [0, pdf.index(b"DKSHA1:") + 90, gap + 20, pdf.rindex(b"00>"), len(pdf) - 1]
    for place in places:
        for outcome in both_ways(plant, flipped(pdf, place, 0)):
            assert (place, outcome.status) == (place, TAMPERED)
            assert "changed after it was signed" in outcome.why


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.7, 0.95, 0.999])
def test_a_truncated_document_is_never_valid(plant: Plant, share: float) -> None:
    pdf = plant.document(plant.certified()[1])

    for outcome in both_ways(plant, pdf[: int(len(pdf) * share)]):
        assert outcome.status in {TAMPERED, UNREADABLE}
        is_pdf = share > 0
        assert ("damaged" in outcome.why or "changed" in outcome.why) is is_pdf


def test_a_document_without_its_end_or_with_a_broken_code_is_called_damaged(plant: Plant) -> None:
    pdf = plant.document(plant.certified()[1])
    place = pdf.index(b"DKSHA")
    half = pdf[: place + 200]
    for untrusted in (half, half[:-120], b"%PDF-1.7\n" + bytes(300)):
        for outcome in both_ways(plant, untrusted):
            assert outcome.status in {TAMPERED, UNREADABLE}
            assert "damaged" in outcome.why


def test_whatever_is_appended_is_noticed(plant: Plant) -> None:
    pdf = plant.document(plant.certified()[1])

    assert [one.status for one in both_ways(plant, pdf + b"\n% fine")] == [TAMPERED, TAMPERED]


def test_every_changed_letter_of_a_code_is_noticed(plant: Plant) -> None:
    token = token_of(plant, plant.certified()[1])
    for place in range(len(token)):
        changed = token[:place] + ("B" if token[place] == "A" else "A") + token[place + 1 :]
        for outcome in both_ways(plant, changed):
            assert outcome.status in {TAMPERED, UNREADABLE, UNKNOWN}


def test_another_certificates_code_in_a_document_is_noticed(plant: Plant) -> None:
    course = plant.course()
    asha, ravi = (
        plant.certified(number, name, course)[1]
        for number, name in (("E-1", "Asha Rao"), ("E-2", "Ravi Rao"))
    )
    own, other = (token_of(plant, one).encode() for one in (asha, ravi))
    assert len(own) == len(other)

    swapped = plant.document(asha).replace(own, other)

    assert [one.status for one in both_ways(plant, swapped)] == [TAMPERED, TAMPERED]


def forged(token: str, course: str = "Lock-out, tag-out") -> bytes:
    """Draw a page in another name around a code."""
    return draw_certificate(replace(facts("Somebody Else", course), token=token), TEMPLATES[0])


def signed(pdf: bytes, key: bytes, certificate: bytes) -> bytes:
    at = SOME_MORNING + timedelta(minutes=1)
    return sign_pdf(pdf, key=key, certificate=certificate, at=at, reason="", location="")


def test_a_forged_page_around_a_genuine_code_is_noticed(plant: Plant) -> None:
    page = forged(token_of(plant, plant.certified()[1]))

    for pdf, why in (
        (page, "not the document that was issued"),
        (signed(page, *signer("Bharat Forge, Pune")), "somebody else signed"),
    ):
        for outcome in both_ways(plant, pdf):
            assert (outcome.status, why in outcome.why) == (TAMPERED, True)
            assert outcome.claims is not None
            assert outcome.claims.person_name == "Asha Kulkarni"


def test_a_second_document_for_a_certificate_is_not_the_one_in_the_register(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    plant.document(certificate)
    page = forged(token_of(plant, certificate))

    again = signed(page, *plant.authority.pdf_signing_material())

    assert plant.certificates.verify(again).status is TAMPERED


def test_a_document_with_two_codes_is_noticed(plant: Plant) -> None:
    asha, ravi = (token_of(plant, plant.certified(number)[1]) for number in ("E-1", "E-2"))
    page = forged(asha, course=ravi)

    two = signed(page, *plant.authority.pdf_signing_material())

    assert verify_with([trust(plant)], two, TODAY).status is TAMPERED


def test_an_unknown_issuer_is_called_so(plant: Plant, nashik: Plant) -> None:
    _asha, certificate = plant.certified()
    for untrusted in (plant.document(certificate), token_of(plant, certificate)):
        assert nashik.certificates.verify(untrusted).status is UNKNOWN
        assert verify_with([trust(nashik)], untrusted, TODAY).status is UNKNOWN
        assert verify_with([], untrusted, TODAY).status is UNKNOWN
        assert nashik.certificates.verify(untrusted, trust(plant)).status is VALID
        assert verify_with([trust(nashik), trust(plant)], untrusted, TODAY).status is VALID


def test_keys_that_only_pretend_to_be_the_sites_do_not_verify(plant: Plant, tmp_path: Path) -> None:
    _asha, certificate = plant.certified()
    site_id = plant.authority.site_id
    impostor = SiteAuthority(KeyFolder(tmp_path / "impostor", site_id), site_id, "Pune")
    impostor.create(plant.clock.now())

    for untrusted in (plant.document(certificate), token_of(plant, certificate)):
        assert verify_with([impostor.trusted()], untrusted, TODAY).status is TAMPERED
        assert plant.certificates.verify(untrusted, impostor.trusted()).status is VALID


def test_a_revoked_certificate_says_when_and_why(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    pdf = plant.document(certificate)
    plant.certificates.revoke(ACTOR, certificate.number, "the exam was repeated")
    plant.clock.turn(timedelta(days=900))

    for untrusted in (pdf, token_of(plant, certificate)):
        outcome = plant.certificates.verify(untrusted)
        assert outcome.status is REVOKED
        assert "23 Nov 2026: the exam was repeated" in outcome.why


def test_the_last_day_counts_whole(plant: Plant) -> None:
    _asha, certificate = plant.certified(course_id=plant.course(valid_months=1))
    pdf, last = plant.document(certificate), certificate.valid_until
    assert last is not None

    assert verify_with([trust(plant)], pdf, last).status is VALID
    assert verify_with([trust(plant)], pdf, last + timedelta(days=1)).status is EXPIRED


def test_a_clock_set_back_does_not_bring_it_back(plant: Plant) -> None:
    course = plant.course(valid_months=1)
    _asha, certificate = plant.certified(course_id=course)
    plant.clock.turn(timedelta(days=40))
    plant.certified("E-2", course_id=course)

    plant.clock.set_wall(plant.clock.now() - timedelta(days=30))

    assert plant.certificates.verify(token_of(plant, certificate)).status is EXPIRED


def test_the_register_verifies_where_the_keys_are_not(plant: Plant, tmp_path: Path) -> None:
    _asha, certificate = plant.certified()
    pdf, token = plant.document(certificate), token_of(plant, certificate)
    site_id = plant.authority.site_id
    without_keys = SiteAuthority(KeyFolder(tmp_path / "second PC", site_id), site_id, "Pune")
    second = Certificates(plant.site, plant.assets, without_keys, "PUN")

    assert second.verify(pdf).status is second.verify(token).status is VALID
    assert second.verify(pdf.replace(b"Asha", b"Usha")).status is TAMPERED
    assert second.verify(pdf, trust(plant)).status is VALID


def test_a_picture_or_a_text_file_shows_its_code(plant: Plant) -> None:
    _asha, certificate = plant.certified()
    picture = BytesIO()
    with pypdfium2.PdfDocument(plant.document(certificate)) as document:
        document[0].render(scale=3).to_pil().save(picture, "PNG")

    for shown in (picture.getvalue(), token_of(plant, certificate).encode()):
        for outcome in both_ways(plant, shown):
            assert (outcome.status, outcome.is_document) == (VALID, False)


@pytest.mark.parametrize("junk", ["", "DKSHA1:", "hello", b"", b"hello", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_certificate_is_unreadable(plant: Plant, junk: bytes | str) -> None:
    assert [one.status for one in both_ways(plant, junk)] == [UNREADABLE, UNREADABLE]


def test_a_file_beyond_all_measure_is_not_read() -> None:
    assert verify_with([], b"%PDF-" + bytes(20_000_001), TODAY).status is UNREADABLE


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_whatever_comes_there_is_an_answer(untrusted: bytes | str) -> None:
    assert verify_with([], untrusted, TODAY).status is not VALID
