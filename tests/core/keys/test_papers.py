"""Signed papers: what is written is read again, and anything else is refused with a sentence."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.clock import to_microseconds
from app.core.keys import (
    KeyCertificate,
    KeyKind,
    KeyRevocation,
    LogHead,
    PaperForged,
    PaperNotWritten,
    PaperRefused,
    PaperTooNew,
    PaperUnreadable,
    SigningKey,
    SlotCost,
    WrongPaper,
    fingerprint,
    open_document,
    read_answer,
    read_file,
    read_request,
    read_unverified,
    sign_document,
    write_whole,
)
from app.core.keys.certificates import certify, read_certificate, read_revocation, revoke
from app.core.keys.pairing import (
    ANSWER,
    REGISTER,
    PairAnswer,
    PairRequest,
    SiteRegisterPaper,
    ask,
    read_register,
)
from app.core.keys.site_file import make_site_file, open_enrolment, read_enrolment

NOW = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
SITE_ID = UUID(int=7)
SITE, STATION, ENROLMENT = (SigningKey(bytes([number] * 32)) for number in (1, 2, 3))
QUICK = SlotCost(memory=8, passes=1, lanes=1)
PASSPHRASE = "four words that differ"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    version: int = 1
    text: str = ""


class LongerNote(msgspec.Struct, frozen=True, kw_only=True):
    version: int = 1
    text: str = ""
    added_later: str = ""


def a_certificate(kind: KeyKind = KeyKind.STATION, subject: SigningKey = STATION) -> bytes:
    return certify(
        KeyCertificate(
            organisation=bytes(32),
            kind=kind,
            site_id=SITE_ID.bytes,
            subject=subject.public_key,
            label="Press shop 2",
            scopes=("records",),
            issued_at=to_microseconds(NOW),
            valid_until=to_microseconds(NOW + timedelta(days=30)),
            issuer=SITE.fingerprint,
            stations=2,
        ),
        SITE,
    )


def a_revocation() -> bytes:
    head = LogHead(bytes(8), "records", 12, bytes(32))
    return revoke(
        KeyRevocation(
            subject=STATION.fingerprint,
            up_to=(head,),
            reason="lost",
            revoked_at=to_microseconds(NOW),
            issuer=SITE.fingerprint,
        ),
        SITE,
    )


def a_request() -> bytes:
    request = PairRequest(
        kind=KeyKind.STATION,
        subject=STATION.public_key,
        sealing="age1nobody",
        label="Press shop 2",
        made_at=to_microseconds(NOW),
    )
    return ask(request, STATION)


def a_register() -> bytes:
    paper = SiteRegisterPaper(
        site_id=SITE_ID.bytes,
        name="Pune plant",
        code="PUN",
        language="hi",
        pdf_certificate=b"PEM",
        certificates=(a_certificate(),),
        revocations=(a_revocation(),),
        made_at=to_microseconds(NOW),
    )
    return sign_document(REGISTER, paper, SITE)


def an_answer() -> bytes:
    answer = PairAnswer(
        subject=STATION.fingerprint,
        certificates=(a_certificate(),),
        register=a_register(),
        made_at=to_microseconds(NOW),
    )
    return sign_document(ANSWER, answer, SITE)


def a_site_file() -> bytes:
    enrolment = a_certificate(KeyKind.ENROLMENT, ENROLMENT)
    return make_site_file(enrolment, ENROLMENT, a_register(), PASSPHRASE, NOW, SITE, QUICK)


PAPERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "certificate": (a_certificate(), read_certificate),
    "revocation": (a_revocation(), read_revocation),
    "request": (a_request(), read_request),
    "register": (a_register(), read_register),
    "answer": (an_answer(), read_answer),
    "site file": (a_site_file(), lambda paper: read_enrolment(paper, NOW)),
}

kinds = pytest.mark.parametrize("kind", PAPERS)


@kinds
def test_a_paper_is_read_as_it_was_written(kind: str) -> None:
    paper, read = PAPERS[kind]

    assert read(paper) == read(bytes(paper))


@kinds
def test_a_paper_cut_short_anywhere_is_refused(kind: str) -> None:
    paper, read = PAPERS[kind]
    for length in range(len(paper)):
        with pytest.raises(PaperRefused):
            read(paper[:length])
    with pytest.raises(PaperRefused):
        read(paper + b"\0")


@kinds
def test_a_paper_with_a_bit_flipped_anywhere_is_refused(kind: str) -> None:
    paper, read = PAPERS[kind]
    for place in range(len(paper)):
        for bit in (1, 0x80):
            changed = bytearray(paper)
            changed[place] ^= bit
            with pytest.raises(PaperRefused):
                read(bytes(changed))


@given(kind=st.sampled_from(sorted(PAPERS)), data=st.data())
def test_a_paper_with_any_byte_changed_is_refused(kind: str, data: st.DataObject) -> None:
    paper, read = PAPERS[kind]
    place = data.draw(st.integers(0, len(paper) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != paper[place]))
    with pytest.raises(PaperRefused):
        read(paper[:place] + bytes([byte]) + paper[place + 1 :])


@given(untrusted=st.binary(max_size=200))
def test_what_is_no_paper_is_refused(untrusted: bytes) -> None:
    for _paper, read in PAPERS.values():
        with pytest.raises(PaperRefused):
            read(untrusted)


@pytest.mark.parametrize("untrusted", [b"\x95" * 50_000, b"\xdd\xff\xff\xff\xff", b"\x81" * 9_000])
def test_what_would_cost_memory_or_stack_is_refused(untrusted: bytes) -> None:
    for _paper, read in PAPERS.values():
        with pytest.raises(PaperUnreadable):
            read(untrusted)


def test_a_paper_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_whole(tmp_path / "paper", b"before")
    write_whole(tmp_path / "paper", b"after")
    assert (tmp_path / "paper").read_bytes() == b"after"
    for place in (tmp_path, tmp_path / "gone" / "paper"):
        with pytest.raises(PaperNotWritten, match="Nothing half-written"):
            write_whole(place, b"paper")

    assert [one.name for one in tmp_path.iterdir()] == ["paper"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "gone"):
        with pytest.raises(PaperRefused, match="could not be read"):
            read_file(place)
    (tmp_path / "huge").write_bytes(bytes(8 * 1024 * 1024 + 1))
    with pytest.raises(PaperUnreadable):
        read_file(tmp_path / "huge")


def test_a_signature_for_one_kind_does_not_pass_for_another() -> None:
    mark, _label, payload, key, signature = msgspec.msgpack.decode(sign_document("a", Note(), SITE))
    moved = msgspec.msgpack.encode([mark, "b", payload, key, signature])
    with pytest.raises(PaperForged):
        read_unverified("b", Note, moved)


def test_a_paper_signed_by_somebody_else_is_refused() -> None:
    paper = sign_document("a", Note(text="x"), STATION)

    assert open_document("a", Note, paper, STATION.public_key) == Note(text="x")
    with pytest.raises(PaperForged):
        open_document("a", Note, paper, SITE.public_key)


def test_another_kind_of_paper_is_named() -> None:
    with pytest.raises(WrongPaper, match=r"a request .* wanted is an answer"):
        read_answer(a_request())


def test_fields_added_later_are_left_out_and_a_newer_version_is_told() -> None:
    later = sign_document("a", LongerNote(text="x", added_later="y"), SITE)

    assert open_document("a", Note, later, SITE.public_key) == Note(text="x")
    with pytest.raises(PaperTooNew):
        open_document("a", Note, sign_document("a", Note(version=2), SITE), SITE.public_key)
    with pytest.raises(PaperTooNew):
        read_request(sign_document("request-v2", Note(), SITE))


def test_a_request_speaks_for_the_key_that_signed_it_alone() -> None:
    request, _key = read_unverified("request-v1", PairRequest, a_request())
    with pytest.raises(PaperForged):
        read_request(ask(request, SITE))


def test_a_certificate_names_the_key_that_signed_it() -> None:
    certificate = read_certificate(a_certificate()).says
    with pytest.raises(ValueError, match="signed by the issuer"):
        certify(certificate, STATION)
    forged = sign_document("key-certificate-v1", certificate, STATION)
    with pytest.raises(PaperForged):
        read_certificate(forged)


def test_a_site_file_opens_by_its_passphrase_for_its_own_enrolment_key() -> None:
    paper, told = read_enrolment(a_site_file(), NOW)

    assert open_enrolment(paper, f" {PASSPHRASE} ").private == ENROLMENT.private
    assert told.token_key == SITE.public_key
    assert fingerprint(told.token_key) == SITE.fingerprint


def test_a_site_file_that_asks_for_all_memory_is_refused() -> None:
    paper, _told = read_enrolment(a_site_file(), NOW)
    greedy = msgspec.structs.replace(
        paper, wrapped=msgspec.structs.replace(paper.wrapped, memory=2**30)
    )
    with pytest.raises(PaperUnreadable):
        read_enrolment(sign_document("site-file-v1", greedy, SITE), NOW)
