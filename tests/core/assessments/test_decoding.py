"""Bytes of unknown origin made text."""

import pytest

from app.core.assessments.formats.base import BankFileTooLarge, NotText
from app.core.assessments.formats.decoding import decode

MANY = 1_000_000


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("Was gilt? {T}", "ascii", "utf-8"),
        ("वाल्व बंद है? {T}", "utf-8", "utf-8"),
        ("वाल्व बंद है? {T}", "utf-8-sig", "utf-8-sig"),
        ("வால்வு {T}", "utf-16", "utf-16"),
        ("वाल्व is shut? {T}", "utf-16-le", "utf-16-le"),
        ("वाल्व is shut? {T}", "utf-16-be", "utf-16-be"),
        ("Où est né l'élève ? {=à Genève =été}", "cp1252", "cp1252"),
        ("½ × 40 °C {T}", "cp1252", "cp1252"),
        ("Größe? {=groß}", "cp1252", "cp1252"),
        ("Wie heißt die Hauptstadt?\nA. Köln\nB. München\nANSWER: A", "cp1252", "cp1252"),
        ("::é::Café é?{T}", "cp1252", "cp1252"),
        ("Příliš žluťoučký kůň? {=úpěl ~ďábelské ódy}", "cp1250", "cp1250"),
        ("Закрыт ли клапан? {=да ~нет}", "cp1251", "cp1251"),
        ("Zażółć gęślą jaźń, które miasto? {=Łódź ~Kraków}", "cp1250", "cp1250"),
    ],
)
def test_text_comes_out_whatever_wrote_it(text: str, encoding: str, told: str) -> None:
    decoded = decode(text.encode(encoding), MANY)
    assert (decoded.text, decoded.encoding) == (text, told)
    assert decoded.guessed == told.startswith("cp")


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\n", MANY).text == "a\nb\nc\n"


@pytest.mark.parametrize(
    "untrusted", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", b"\xff\xfea", b"a\0\0\0b\0"]
)
def test_what_is_no_text_is_told(untrusted: bytes) -> None:
    with pytest.raises(NotText):
        decode(untrusted, MANY)


def test_a_file_too_large_is_not_looked_at() -> None:
    with pytest.raises(BankFileTooLarge):
        decode(b"x" * 11, 10)


def test_no_bytes_are_no_text() -> None:
    assert decode(b"", MANY).text == ""
