"""Pages: the same bytes for the same input, only embedded fonts, codes that read back."""

import re
from datetime import UTC, datetime

import pypdfium2
import pytest

from app.core.documents import Pages, Paper, Path, read_codes

MADE_AT = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)


def drawn(*texts: str, qr: str = "") -> bytes:
    pages = Pages(
        Paper.A4_PORTRAIT,
        title="प्रमाणपत्र",
        author="Pune",
        made_at=MADE_AT,
        language="hi",
        keywords="KEY",
    )
    for index, text in enumerate(texts):
        pages.text(40, 700 - 40 * index, text, 20)
    pages.stroke(Path().rectangle(20, 20, 500, 700, 12), "#3346D3", 1)
    pages.fill(Path().circle(100, 100, 20), "#141A30")
    if qr:
        pages.qr(300, 100, 120, qr)
    return pages.finish()


def test_a_page_has_the_same_bytes_whatever_was_printed_before() -> None:
    first = drawn("क्षितिज्ञा", "Ravi", qr="DKSHA1:A")
    drawn("ज्ञानेश्वर ऱ्हासे श्रीकृष्ण द्विवेदी", "ಜ್ಞಾನೇಶ್ವರ")
    assert drawn("क्षितिज्ञा", "Ravi", qr="DKSHA1:A") == first


def test_every_font_is_embedded_and_none_is_listed_besides() -> None:
    pdf = drawn("क्षितिज्ञा", "Ravi")
    names = set(re.findall(rb"/BaseFont /(\S+)", pdf))
    assert names == {b"AAAAAA+NotoSansDevanagari-Regular", b"AAAAAA+Inter-Regular"}
    assert pdf.count(b"/FontFile2") == len(names)


def test_the_document_tells_its_title_date_language_and_keywords() -> None:
    document = pypdfium2.PdfDocument(drawn("Ravi"))
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"] == "प्रमाणपत्र"
    assert told["CreationDate"] == "D:20261123051200+00'00'"
    assert told["Keywords"] == "KEY"
    assert told["Producer"] == "Daksha"


@pytest.mark.parametrize("length", [20, 300, 540])
@pytest.mark.parametrize("scale", [2, 300 / 72])
def test_a_qr_code_reads_back_from_the_rendered_page(length: int, scale: float) -> None:
    text = "DKSHA1:" + "A7QZ2" * (length // 5)
    document = pypdfium2.PdfDocument(drawn(qr=text))
    picture = document[0].render(scale=scale, grayscale=True).to_pil()
    document.close()
    assert read_codes(picture) == (text,)
