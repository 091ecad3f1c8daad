"""Rich text made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.assessments.markup import clean, kind_of, looks_like_html, plain_text, shown_html
from app.core.assessments.types import MediaKind, MediaRef, RichText, TextFormat, plain


def html(source: str) -> RichText:
    return RichText(source=source, format=TextFormat.HTML)


def markdown(source: str) -> RichText:
    return RichText(source=source, format=TextFormat.MARKDOWN)


@pytest.mark.parametrize(
    ("untrusted", "safe"),
    [
        ("<b>x</b><script>alert(1)</script>", "<b>x</b>"),
        ('<p onclick="x()" style="position:fixed">y</p>', "<p>y</p>"),
        ('<a href="javascript:alert(1)">z</a>', "<a>z</a>"),
        ("<iframe src='http://x'></iframe>q", "q"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("<svg><script>1</script></svg>w", "w"),
        ("<!-- note -->v", "v"),
    ],
)
def test_only_the_allow_list_stays(untrusted: str, safe: str) -> None:
    assert clean(html(untrusted)).text.source == safe
    assert shown_html(html(untrusted)) == safe


@given(st.text(alphabet="<>/&;\"'= abimgsrc:@.#x", max_size=60))
def test_cleaning_twice_changes_nothing_more(untrusted: str) -> None:
    once = clean(html(untrusted)).text
    assert clean(once).text == once


@pytest.mark.parametrize(
    "source",
    [
        '<img src="@@PLUGINFILE@@/sub/a%20b.png">',
        '<img src="sub/a b.png?time=1">',
        '<img src="media:sub/a%20b.png">',
    ],
)
def test_a_picture_becomes_a_name(source: str) -> None:
    found = clean(html(source))
    assert found.text.source == '<img src="media:sub/a%20b.png">'
    assert found.text.media == (MediaRef(name="sub/a b.png", kind=MediaKind.IMAGE),)
    assert found.outside == ()


@pytest.mark.parametrize(
    "address",
    [
        "http://x.example/y.png",
        "//x.example/y.png",
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x.png",
        "data:image/png;base64,AAAA",
        "file:///C:/x.png",
        "a/%2e%2e/%2e%2e/b.png",
        "x" * 300,
    ],
)
def test_a_picture_from_outside_is_taken_out_and_told(address: str) -> None:
    found = clean(html(f'<p>a<img src="{address}" alt="b"></p>'))
    assert found.text.source == '<p>a<img alt="b"></p>'
    assert found.text.media == ()
    assert len(found.outside) == 1


@pytest.mark.parametrize(
    "address", ["page.html", "data:text/html,x", "file:///x", "@@PLUGINFILE@@/x.pdf"]
)
def test_a_link_that_leads_nowhere_is_taken_out_and_told(address: str) -> None:
    found = clean(html(f'<a href="{address}">x</a>'))
    assert (found.text.source, found.outside) == ("<a>x</a>", (address,))


def test_a_link_to_a_page_stays() -> None:
    source = '<a title="t" href="https://e.example/">x</a>'
    assert clean(html(source)).text.source == source


def test_sound_and_film_are_known_by_their_tag_or_suffix() -> None:
    source = '<audio controls src="a.bin"></audio><video><source src="b.webm"></video>'
    kinds = {one.name: one.kind for one in clean(html(source)).text.media}
    assert kinds == {"a.bin": MediaKind.AUDIO, "b.webm": MediaKind.VIDEO}
    assert [kind_of(name) for name in ("x.MP3", "x.mp4", "x.png", "x")] == [
        MediaKind.AUDIO,
        MediaKind.VIDEO,
        MediaKind.IMAGE,
        MediaKind.IMAGE,
    ]


def test_markdown_pictures_become_names() -> None:
    found = clean(markdown("![a](@@PLUGINFILE@@/x.png) ![b](https://e.example/y.png)"))
    assert found.text.source == "![a](media:x.png) ![b]()"
    assert found.outside == ("https://e.example/y.png",)
    assert '<img src="media:x.png" alt="a">' in shown_html(found.text)


def test_media_that_are_known_keep_their_hash() -> None:
    known = MediaRef(name="x.png", sha256="ab" * 32, kind=MediaKind.IMAGE)
    aloud = MediaRef(name="x.mp3", sha256="cd" * 32, kind=MediaKind.AUDIO)
    text = RichText(source='<img src="media:x.png">', format=TextFormat.HTML, media=(known, aloud))
    assert clean(text).text == text


def test_plain_text_is_shown_as_it_was_typed() -> None:
    assert shown_html(plain("<b>1</b> &\n2")) == "&lt;b&gt;1&lt;/b&gt; &amp;<br>2"


def test_markdown_shows_no_html_of_its_own() -> None:
    shown = shown_html(markdown("**x** <script>alert(1)</script> [l](javascript:1)"))
    assert "<strong>x</strong>" in shown
    assert "<script" not in shown
    assert "href" not in shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (plain(" a \n b "), "a b"),
        (html("<p>a</p><p>b &lt; c</p>"), "a b < c"),
        (html("x<br>y<b>z</b>"), "x yz"),
        (markdown("# A\n\n*b*"), "A b"),
        (RichText(media=(MediaRef(name="x.png", kind=MediaKind.IMAGE),)), "x.png"),
    ],
)
def test_the_words_alone(text: RichText, words: str) -> None:
    assert plain_text(text) == words


@pytest.mark.parametrize(
    ("source", "is_html"),
    [
        ("a <b>c</b>", True),
        ("line<br />", True),
        ("5 &deg; C", True),
        ("a < b > c", False),
        ("x <= y", False),
        ("<unknown>", False),
        ("AT&T", False),
    ],
)
def test_html_is_told_from_text(source: str, is_html: bool) -> None:
    assert looks_like_html(source) is is_html
