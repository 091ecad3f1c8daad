"""The printed certificate: says everything in every script, in every template."""

from dataclasses import replace

import pypdfium2
import pytest

from app.core.certificates.drawing import draw_certificate
from app.core.certificates.finding import find_token, find_token_in_picture
from app.core.certificates.page import CertificateFacts, CertificateTemplate, SignedRoom
from app.core.certificates.templates import TEMPLATES, template
from app.core.certificates.token import short_code
from app.core.documents import Align, Pages, Path
from tests.core.certificates.paper import facts, signature

NAMES = (
    "Ravi Kumar Sharma",
    "श्रीमती क्षितिज्ञा द्विवेदी",
    "ज्ञानेश्वर ऱ्हासे",
    "ஸ்ரீனிவாசன்",
    "శ్రీకృష్ణ క్షేత్రయ్య",
    "চট্টোপাধ্যায়",
    "ક્ષત્રિય",
    "ಜ್ಞಾನೇಶ್ವರ",
    "കൊച്ചുത്രേസ്യ",
    "ਸ਼੍ਰੀਵਾਸਤਵ",
    "ପଟ୍ଟନାୟକ",
)
EVERY_TEMPLATE = pytest.mark.parametrize("look", TEMPLATES, ids=[look.key for look in TEMPLATES])


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        (page,) = document
        return page.get_textpage().get_text_range()
    finally:
        document.close()


def picture_of(pdf: bytes, scale: float) -> bytes:
    from io import BytesIO

    document = pypdfium2.PdfDocument(pdf)
    target = BytesIO()
    document[0].render(scale=scale).to_pil().save(target, "PNG")
    document.close()
    return target.getvalue()


def darkest_of(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        darkest, _lightest = document[0].render().to_pil().convert("L").getextrema()
        return int(darkest)
    finally:
        document.close()


@EVERY_TEMPLATE
@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_says_everything(look: CertificateTemplate, name: str) -> None:
    told = facts(name)
    text = text_of(draw_certificate(told, look))
    for words in (
        name, told.site_name, told.course_title, told.number, "E-10442", "92.4%", "23 Nov 2026", "23 Nov 2027",
        "Meera Deshpande (E-9)", "Assessed competent", "23 Nov 2026 11:30:00 UTC+05:30", short_code(told.token), "Daksha, Verify certificate",
    ):  # fmt: skip
        assert words in text


def draws_over_everything(pages: Pages, _facts: CertificateFacts) -> None:
    pages.fill(Path().rectangle(0, 0, pages.width, pages.height), "#FFFFFF")


def test_p11_14_a_template_can_neither_leave_out_nor_cover_who_signed() -> None:
    room = SignedRoom(x=60, top=200, width=200, align=Align.LEFT)
    bare = CertificateTemplate(
        key="bare", name="Bare", draw=draws_over_everything, signed=lambda _facts: room
    )

    pdf = draw_certificate(facts(), bare)

    for words in ("Meera Deshpande (E-9)", "Assessed competent", "23 Nov 2026 11:30:00 UTC+05:30"):
        assert words in text_of(pdf)
    assert darkest_of(pdf) < 100  # drawn over what covers the page


@pytest.mark.parametrize("moved", [{"x": 900}, {"x": -1}, {"top": 20}, {"top": 900}, {"width": 40}])
def test_p11_14_a_template_that_leaves_no_room_for_who_signed_draws_no_certificate(
    moved: dict[str, float],
) -> None:
    room = replace(SignedRoom(x=60, top=200, width=200, align=Align.LEFT), **moved)  # type: ignore[arg-type]  # sides of a test
    hidden = CertificateTemplate(
        key="hidden", name="Hidden", draw=draws_over_everything, signed=lambda _facts: room
    )
    with pytest.raises(ValueError, match="room for who signed"):
        draw_certificate(facts(), hidden)


@EVERY_TEMPLATE
def test_very_long_names_and_titles_are_printed_whole_and_on_the_page(
    look: CertificateTemplate,
) -> None:
    name = " ".join(("Venkata", "सत्यनारायण", "ஸ்ரீனிவாசன்") * 6)
    course = "Safe isolation of electrical and hydraulic energy before maintenance " * 3
    told = replace(
        facts(name, course.strip()),
        site_name="Hindustan Speciality Chemicals " * 4,
        signatures=(signature("Meera Deshpande"), signature(name)),
    )
    document = pypdfium2.PdfDocument(draw_certificate(told, look))
    page = document[0].get_textpage()
    text = " ".join(page.get_text_range().split())
    boxes = [page.get_charbox(index) for index in range(page.count_chars())]
    width, height = document[0].get_size()
    document.close()
    assert " ".join(name.split()) in text
    assert " ".join(course.split()) in text
    assert all(
        left >= 0 and right <= width and low >= 0 and top <= height
        for left, low, right, top in boxes
    )


@EVERY_TEMPLATE
def test_what_is_not_known_is_left_out(look: CertificateTemplate) -> None:
    told = replace(facts(), score=None, valid_until=None, person_number="", signatures=())
    text = text_of(draw_certificate(told, look))
    assert "No expiry" in text
    assert "Score" not in text
    assert "Signed electronically" not in text
    assert "Person number" not in text


@EVERY_TEMPLATE
def test_the_same_facts_give_the_same_bytes(look: CertificateTemplate) -> None:
    first = draw_certificate(facts(NAMES[1]), look)
    for name in NAMES:
        draw_certificate(facts(name), look)
    assert draw_certificate(facts(NAMES[1]), look) == first


@EVERY_TEMPLATE
def test_the_token_is_found_in_the_file_in_a_rewritten_one_and_in_a_picture(
    look: CertificateTemplate,
) -> None:
    told = facts(NAMES[1], "अग्नि सुरक्षा एवं आपातकालीन निकासी प्रशिक्षण")
    pdf = draw_certificate(told, look)
    assert find_token(pdf) == told.token
    assert find_token(pdf.replace(b"DKSHA1:", b"_______")) == told.token
    assert find_token_in_picture(picture_of(pdf, scale=2)) == told.token


@pytest.mark.parametrize(
    "junk", [b"", b"hello", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"DKSHA1:SHORT"]
)
def test_no_token_is_found_in_junk(junk: bytes) -> None:
    assert find_token(junk) is None
    assert find_token_in_picture(junk) is None


def test_templates_have_keys_of_their_own_and_an_unknown_key_gives_the_first() -> None:
    assert len({look.key for look in TEMPLATES}) == len(TEMPLATES) >= 2
    assert all(template(look.key) is look for look in TEMPLATES)
    assert template("gone") is TEMPLATES[0]


def test_facts_are_values() -> None:
    assert facts() == facts()
    assert isinstance(facts(), CertificateFacts)
