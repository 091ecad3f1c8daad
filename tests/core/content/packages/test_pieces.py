"""Films in pieces are found as wholes, whatever their lists say."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.content.packages import FilmInPieces, films_in_pieces

MASTER = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Hindi",URI="hi/list.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="a"
low/list.m3u8?x=1
"""


def films(**files: str) -> tuple[FilmInPieces, ...]:
    """Return the films among files; a double underscore stands for a slash, a single one for a dot."""
    named = {
        name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()
    }
    return films_in_pieces(
        {name: max(1, len(text)) for name, text in named.items()}, named.__getitem__
    )


def test_a_list_of_qualities_is_one_film_with_all_their_pieces() -> None:
    (film,) = films(
        film__main_m3u8=MASTER,
        film__low__list_m3u8='#EXTM3U\n#EXT-X-MAP:URI="begin.mp4"\n#EXTINF:2,\n0.m4s\n../1%20.m4s\n',
        film__low__begin_mp4="x",
        film__low__0_m4s="x",
        film__hi__list_m3u8="#EXTM3U\n#EXTINF:2,\n0.aac\n",
        film__hi__0_aac="x",
        other_ts="x",
    )

    assert film.name == "film/main.m3u8"
    assert film.pieces == ("film/hi/0.aac", "film/low/begin.mp4", "film/low/0.m4s")
    assert film.lists == {"film/low/list.m3u8", "film/hi/list.m3u8"}
    assert film.absent == ("../1%20.m4s",)


def test_what_lies_on_the_web_or_outside_is_absent() -> None:
    (film,) = films(
        list_m3u8="#EXTM3U\nhttps://example.org/0.ts\n//host/1.ts\n../../2.ts\nfile:///etc/passwd\n"
    )

    assert film.pieces == ()
    assert len(film.absent) == 4


def test_a_file_that_only_bears_the_name_is_a_film_of_nothing() -> None:
    (film,) = films(list_m3u8="not a list\n0.ts\n", **{"0_ts": "x"})

    assert (film.pieces, film.absent) == ((), ())


def test_lists_that_name_each_other_end() -> None:
    assert films(a_m3u8="#EXTM3U\nb.m3u8\n", b_m3u8="#EXTM3U\na.m3u8\n") == ()


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_list_breaks_it(one: bytes, other: bytes) -> None:
    lists = {"a.m3u8": b"#EXTM3U\n" + one, "b/c.m3u8": other}
    sizes = {name: max(1, len(text)) for name, text in lists.items()}

    for film in films_in_pieces(sizes, lists.__getitem__):
        assert film.files <= lists.keys()


TWO_QUALITIES = """#EXTM3U
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="a",NAME="Hindi",URI="text.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Hindi",URI="sound.m3u8"
#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=9,BANDWIDTH=100,AUDIO="a"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900,CODECS="avc1.4d401f,mp4a.40.2",AUDIO="a"
high.m3u8
"""


def test_the_best_picture_and_its_sound_are_what_it_is_put_together_from() -> None:
    (film,) = films(
        main_m3u8=TWO_QUALITIES,
        low_m3u8="#EXTM3U\n#EXTINF:2,\nlow0.ts\n",
        high_m3u8="#EXTM3U\n#EXTINF:2.5,\nhigh0.ts\n#EXTINF:1.5,\nhigh1.ts\n",
        sound_m3u8="#EXTM3U\n#EXTINF:4,\nall.aac\n",
        text_m3u8="#EXTM3U\n#EXTINF:4,\na.vtt\n",
        **dict.fromkeys(("low0_ts", "high0_ts", "high1_ts", "all_aac", "a_vtt"), "x"),
    )

    assert film.streams == (("high0.ts", "high1.ts"), ("all.aac",))
    assert film.duration_ms == 4000


def test_parts_of_one_file_are_that_file() -> None:
    parts = (
        "#EXTINF:2,\n#EXT-X-BYTERANGE:10@0\nall.mp4\n#EXTINF:2,\n#EXT-X-BYTERANGE:9@10\nall.mp4\n"
    )
    (film,) = films(
        list_m3u8=f'#EXTM3U\n#EXT-X-MAP:URI="begin.mp4"\n{parts}', all_mp4="x", begin_mp4="x"
    )

    assert film.streams == (("begin.mp4", "all.mp4"),)


def test_locked_pieces_are_put_together_by_nobody() -> None:
    key = '#EXT-X-KEY:METHOD=AES-128,URI="k.key"'
    (film,) = films(list_m3u8=f"#EXTM3U\n{key}\n#EXTINF:2,\n0.ts\n", **{"0_ts": "x", "k_key": "x"})
    (opened,) = films(
        list_m3u8="#EXTM3U\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:2,\n0.ts\n", **{"0_ts": "x"}
    )

    assert (film.is_locked, film.streams) == (True, ())
    assert (opened.is_locked, opened.streams) == (False, (("0.ts",),))
