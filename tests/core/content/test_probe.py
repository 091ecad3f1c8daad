"""Files that a lesson could be made of, whole and broken."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from app.core.content.probe import MediaKind, probe_image, probe_media, probe_pdf

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"


def cut(source: str, folder: Path, share: float = 0.5) -> Path:
    content = (MEDIA / source).read_bytes()
    path = folder / source
    path.write_bytes(content[: int(len(content) * share)])
    return path


def without_index(folder: Path) -> Path:
    """Return an MP4 whose recording was never finished: media data, and no `moov` box."""
    content = (MEDIA / "clip.mp4").read_bytes()
    path = folder / "unfinished.mp4"
    path.write_bytes(content.replace(b"moov", b"free", 1))
    return path


@pytest.mark.parametrize(
    ("name", "kind", "container", "video_codec", "audio_codec", "size"),
    [
        ("clip.mp4", MediaKind.VIDEO, "MPEG-4", "AVC", "AAC", (160, 120)),
        ("clip.webm", MediaKind.VIDEO, "WebM", "VP9", "Opus", (160, 120)),
        ("clip.mp3", MediaKind.AUDIO, "MPEG Audio", "", "MPEG Audio", (0, 0)),
    ],
)
def test_a_whole_recording_is_described(name, kind, container, video_codec, audio_codec, size):
    facts = probe_media(MEDIA / name)
    assert facts.problems == ()
    assert (facts.kind, facts.container, facts.video_codec, facts.audio_codec) == (
        kind, container, video_codec, audio_codec,
    )  # fmt: skip
    assert (facts.width, facts.height) == size
    assert facts.duration_ms == pytest.approx(3_000, abs=50)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.webm", "clip.mp3"])
def test_a_recording_that_is_cut_short_is_refused(tmp_path, name):
    (problem,) = probe_media(cut(name, tmp_path)).problems
    assert name in problem
    assert "cut short" in problem


def test_a_recording_without_its_index_is_refused(tmp_path):
    (problem,) = probe_media(without_index(tmp_path)).problems
    assert "not a recording that can be played" in problem


@pytest.mark.parametrize("content", [b"hello" * 500, b"%PDF-1.4\n%%EOF", b"\x00" * 4_000])
def test_what_is_no_recording_is_refused(tmp_path, content):
    path = tmp_path / "talk.mp4"
    path.write_bytes(content)
    (problem,) = probe_media(path).problems
    assert "talk.mp4 is not a recording" in problem


@pytest.mark.parametrize("name", ["picture.png", "three_pages.pdf"])
def test_a_picture_or_a_document_is_no_recording(name):
    assert "not a recording" in probe_media(MEDIA / name).problems[0]


def test_a_wrong_suffix_is_named_with_the_right_one(tmp_path):
    path = tmp_path / "clip.mp4"
    shutil.copy(MEDIA / "clip.webm", path)
    assert probe_media(path).problems == ("clip.mp4 is really WebM. Rename it to end in .webm.",)


@pytest.mark.parametrize("probe", [probe_media, probe_pdf, probe_image])
def test_an_empty_or_missing_file_is_told_as_such(tmp_path, probe):
    path = tmp_path / "nothing.png"
    assert probe(path).problems == ("nothing.png is not there any more.",)
    path.touch()
    assert probe(path).problems == ("nothing.png is empty. Copy it again.",)


def test_a_pdf_tells_its_pages_and_title():
    facts = probe_pdf(MEDIA / "three_pages.pdf")
    assert (facts.pages, facts.title, facts.is_encrypted) == (3, "Lockout in three pages", False)
    assert facts.problems == ()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.97])
def test_a_pdf_that_is_cut_short_is_refused(tmp_path, share):
    (problem,) = probe_pdf(cut("three_pages.pdf", tmp_path, share)).problems
    assert "damaged or cut short" in problem


def encrypted_pdf(folder: Path, password: str) -> Path:
    path = folder / "secret.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption(password, ownerPassword="owner"))
    canvas.drawString(72, 72, "secret")
    canvas.save()
    return path


def test_a_pdf_that_asks_for_a_password_is_refused(tmp_path):
    facts = probe_pdf(encrypted_pdf(tmp_path, "open sesame"))
    assert facts.is_encrypted
    assert facts.problems == ("secret.pdf asks for a password. Save it without one.",)


def test_a_pdf_that_is_encrypted_but_opens_is_fine(tmp_path):
    facts = probe_pdf(encrypted_pdf(tmp_path, ""))
    assert facts.is_encrypted
    assert (facts.pages, facts.problems) == (1, ())


def test_what_is_no_pdf_is_refused(tmp_path):
    path = tmp_path / "handbook.pdf"
    path.write_text("not a document")
    assert "is not a PDF" in probe_pdf(path).problems[0]


def test_a_picture_tells_its_size():
    facts = probe_image(MEDIA / "picture.png")
    assert (facts.format, facts.width, facts.height, facts.problems) == ("PNG", 64, 48, ())


def test_a_picture_that_is_cut_short_is_refused(tmp_path):
    (problem,) = probe_image(cut("picture.png", tmp_path)).problems
    assert "damaged or cut short" in problem


def test_a_picture_with_too_many_points_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "wall.png"
    Image.new("1", (10_000, 10_000)).save(path)
    (problem,) = probe_image(path).problems
    assert "1,00,00" not in problem
    assert "10,000 × 10,000" in problem


def test_a_picture_in_another_format_than_its_name_says_is_refused(tmp_path):
    path = tmp_path / "photo.jpg"
    shutil.copy(MEDIA / "picture.png", path)
    assert "is really PNG" in probe_image(path).problems[0]


def test_what_is_no_picture_is_refused(tmp_path):
    path = tmp_path / "photo.png"
    path.write_text("not a picture")
    assert "is not a picture" in probe_image(path).problems[0]


def test_a_harmless_svg_tells_its_size():
    facts = probe_image(MEDIA / "picture.svg")
    assert (facts.format, facts.width, facts.height, facts.problems) == ("SVG", 64, 48, ())


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<g onload='alert(1)'/>",
        "<foreignObject><p>x</p></foreignObject>",
        "<image href='https://example.org/x.png'/>",
        "<image href='file:///etc/passwd'/>",
        "<image xmlns:x='http://www.w3.org/1999/xlink' x:href='other.svg'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<a href='javascript:alert(1)'/>",
        "<rect style='fill:url(https://example.org/a)'/>",
        "<rect fill='url(other.svg#a)'/>",
        "<style>@import 'x.css';</style>",
        "<style>rect { fill: url( 'http://x' ) }</style>",
        "<set attributeName='href' to='https://example.org'/>",
        "<g>" * 100 + "</g>" * 100,
        "<g/>" * 25_000,
    ],
)
def test_an_svg_that_could_act_or_reach_out_is_refused(tmp_path, inside):
    path = tmp_path / "icon.svg"
    path.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>")
    (problem,) = probe_image(path).problems
    assert problem.startswith("icon.svg cannot be used as a picture: it")


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE svg [<!ENTITY a 'x'>]><svg>&a;</svg>",
        "<html/>",
        "<svg",
        "<?xml version='1.0' encoding='nonsense'?><svg/>",
    ],
)
def test_an_svg_that_is_no_plain_svg_is_refused(tmp_path, content):
    path = tmp_path / "icon.svg"
    path.write_text(content)
    assert len(probe_image(path).problems) == 1


def test_an_svg_may_refer_to_its_own_parts_and_carry_small_pictures(tmp_path):
    path = tmp_path / "icon.svg"
    path.write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 12'><use href='#a'/><rect fill='url(#b)'/>"
        "<image href='data:image/png;base64,AAAA'/></svg>"
    )
    assert probe_image(path) == probe_image(path)
    assert (probe_image(path).width, probe_image(path).problems) == (24, ())


@pytest.mark.corpus
def test_hostile_xml_is_refused_as_a_picture(corpora, tmp_path):
    for source in sorted((corpora / "hostile").glob("*.xml")):
        path = tmp_path / f"{source.stem}.svg"
        shutil.copy(source, path)
        assert probe_image(path).problems, source.name
