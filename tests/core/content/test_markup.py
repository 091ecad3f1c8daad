"""A page can do nothing but be read, whatever its author or an attacker wrote."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import plain_text, read_page
from app.core.content.decoding import decode_text
from app.core.content.markup import MAX_ELEMENTS, MAX_PAGE_BYTES
from app.core.content.references import find_picture

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
PNG = (MEDIA / "picture.png").read_bytes()

ALLOWED_ADDRESS = re.compile(r"asset:[0-9a-f]{64}")
ADDRESS = re.compile(r"""\s(?:src|href|data|action|background|poster|srcset)="([^"]*)\"""")
ACTIVE = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|link|meta|base|form|svg|math|a)\b|\son\w+="
)


def page(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def is_harmless(html: str) -> bool:
    """Tell whether HTML from the cleaner (attributes in double quotes) can only be read."""
    tags = re.findall(r'<[a-z][a-z0-9]*(?:\s[a-z-]+="[^"]*")*>', html)
    return not any(ACTIVE.search(re.sub(r'="[^"]*"', "=", tag)) for tag in tags) and all(
        ALLOWED_ADDRESS.fullmatch(one) for tag in tags for one in ADDRESS.findall(tag)
    )


def test_markdown_becomes_html_with_its_first_heading_as_title(tmp_path: Path) -> None:
    text = "Before\n\n## ताला *क्यों*?\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- one\n- two\n"

    found = read_page(page(tmp_path, "a.md", text), tmp_path)

    assert found.title == "ताला क्यों?"
    assert "<h2>ताला <em>क्यों</em>?</h2>" in found.html
    assert '<td style="text-align:right">2</td>' in found.html
    assert (found.findings, found.problems) == ((), ())


def test_html_written_into_markdown_is_shown_as_text(tmp_path: Path) -> None:
    found = read_page(page(tmp_path, "a.md", "Hi <script>alert(1)</script> <b>x</b>"), tmp_path)

    assert "<script" not in found.html
    assert "&lt;b&gt;x&lt;/b&gt;" in found.html


def test_an_html_page_keeps_its_words_and_loses_its_powers(tmp_path: Path) -> None:
    text = """<html><head><title>Title &amp; more</title><style>p{background:url(http://x)}</style>
        <link rel=stylesheet href=https://cdn.example/x.css></head>
        <body onload=go()><p onclick="x()" style="background:url(http://e)">Words</p>
        <script>steal()</script><iframe src="//frame.example"></iframe>
        <a href="javascript:x">run</a> <a href="https://example.org/a">see</a></body></html>"""

    found = read_page(page(tmp_path, "a.html", text), tmp_path)

    assert found.title == "Title & more"
    assert plain_text(found.html) == "Words\nrun see"
    assert is_harmless(found.html)
    assert set(found.outside) == {
        "https://cdn.example/x.css",
        "//frame.example",
        "https://example.org/a",
    }
    assert any("2 links" in finding for finding in found.findings)


def test_a_picture_in_the_folder_becomes_an_asset(tmp_path: Path) -> None:
    page(tmp_path, "चित्र/Pump 1.png", PNG)
    text = "![the pump](चित्र/Pump%201.png)"

    found = read_page(page(tmp_path, "a.md", text), tmp_path)

    (asset,) = found.assets
    assert asset.path == tmp_path / "चित्र" / "Pump 1.png"
    assert f'src="asset:{asset.sha256}"' in found.html
    assert 'alt="the pump"' in found.html


def test_a_page_in_a_folder_below_finds_pictures_up_to_the_root(tmp_path: Path) -> None:
    root = tmp_path / "course"
    page(root, "pictures/p.png", PNG)
    page(tmp_path, "secret.png", PNG)
    text = "![a](../pictures/P.PNG) ![b](../../secret.png)"

    found = read_page(page(root, "part/a.md", text), root)

    assert [asset.path.name for asset in found.assets] == ["p.png"]
    assert found.html.endswith("b</p>")
    assert len(found.findings) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/p.png",
        "//example.org/p.png",
        "file:///etc/p.png",
        "/etc/p.png",
        "../p.png",
        "..\\p.png",
        "C:\\p.png",
        "data:image/png;base64,AAAA",
        "asset:" + "0" * 64,
        "CON",
        "CON.png",
        "nul.png",
        "gone.png",
        "a.md",
        "link.png",
        "x" * 300 + ".png",
        "%2e%2e/p.png",
    ],
)
def test_no_address_leads_out_of_the_folder(tmp_path: Path, address: str) -> None:
    root = tmp_path / "course"
    page(tmp_path, "p.png", PNG)
    source = page(root, "a.html", f'<p>Before<img src="{address}" alt="words & <b>"></p>')
    (root / "link.png").symlink_to(tmp_path / "p.png")

    found = read_page(source, root)

    assert found.assets == ()
    assert found.html == "<p>Beforewords &amp; &lt;b&gt;</p>"


def test_a_damaged_picture_is_left_out_and_told(tmp_path: Path) -> None:
    page(tmp_path, "p.png", PNG[:200])
    found = read_page(page(tmp_path, "a.md", "![words](p.png)"), tmp_path)

    assert found.assets == ()
    assert "p.png" in found.findings[0]


def test_a_picture_shown_twice_is_one_asset(tmp_path: Path) -> None:
    page(tmp_path, "p.png", PNG)
    page(tmp_path, "same.png", PNG)
    text = "![](p.png) ![](p.png) ![](same.png)"

    assert len(read_page(page(tmp_path, "a.md", text), tmp_path).assets) == 1


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_letters_are_read_in_any_usual_coding(tmp_path: Path, encoding: str, mark: bytes) -> None:
    content = mark + "# सुरक्षा पहले\r\n\r\nलॉक".encode(encoding)

    assert read_page(page(tmp_path, "a.md", content), tmp_path).title == "सुरक्षा पहले"


def test_utf_16_without_a_mark_is_read() -> None:
    text = "# Lock the machine, verify zero energy"

    for encoding in ("utf-16-le", "utf-16-be"):
        decoded = decode_text(text.encode(encoding))
        assert decoded is not None
        assert decoded.text == text


def test_an_old_windows_text_is_read(tmp_path: Path) -> None:
    found = read_page(page(tmp_path, "a.txt", "“Café” – 5 €\n\nnext".encode("cp1252")), tmp_path)

    assert found.html == "<p>“Café” – 5 €</p>\n<p>next</p>"


def test_a_few_damaged_letters_do_not_lose_the_page(tmp_path: Path) -> None:
    content = ("पहला नियम: ताला लगाएँ। " * 20).encode() + b"\xe0\xa4"

    found = read_page(page(tmp_path, "a.txt", content), tmp_path)

    assert "ताला" in found.html
    assert len(found.findings) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.md", b""),
        ("blank.md", b" \n\n \t"),
        ("binary.txt", bytes(range(256)) * 20),
        ("picture.md", PNG),
        ("odd.txt", b"\xff\xfe\x00"),
        ("one zero.txt", b"words \x00 words"),
        ("big.md", b"x" * (MAX_PAGE_BYTES + 1)),
        ("deep.html", b"<div>" * (MAX_ELEMENTS + 1)),
        ("brackets.md", b"[" * 200_000),
    ],
)
def test_what_is_no_page_is_told_in_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    began = time.monotonic()

    found = read_page(page(tmp_path, name, content), tmp_path)

    assert len(found.problems) == 1
    assert name in found.problems[0]
    assert time.monotonic() - began < 2


def test_the_deepest_page_that_is_read_does_not_hang(tmp_path: Path) -> None:
    found = read_page(page(tmp_path, "a.html", "<div>" * (MAX_ELEMENTS - 1) + "end"), tmp_path)

    assert plain_text(found.html) == "end"


PIECES = st.sampled_from([
    "<p>", "</p>", "<script>", "</script>", "<a href='", "<img src=", '"', "'", ">", "<", "&lt;",
    "https://e.org/x.png", " onerror=x ", "<style>", "<!--", "-->", "<svg>", "<math>", "<table>",
    "<td style='", "background:url(//e)", "<iframe src=//e>", "<base href=//e>", "javascript:x",
    "asset:x", "![a](", ")", "words", "\n\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from([".html", ".md", ".txt"]))
def test_whatever_is_written_is_harmless(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("page")

    assert is_harmless(read_page(page(folder, f"a{suffix}", text), folder).html)


@given(st.text(max_size=60))
def test_a_found_picture_always_lies_within_the_folder(
    tmp_path_factory: pytest.TempPathFactory, address: str
) -> None:
    root = tmp_path_factory.mktemp("course")

    found = find_picture(address, root / "a.md", root)

    assert found is None
