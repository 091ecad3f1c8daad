"""Caption files as people really have them: several codings, overlaps, damage, markup."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content.captions import (
    MAX_CUES,
    MAX_FILE_BYTES,
    CaptionsUnreadable,
    Cue,
    language_of,
    parse_captions,
    plain_text,
    read_captions,
)

VTT = """WEBVTT - Lockout

STYLE
::cue { color: red }

NOTE this is not spoken
and neither is this

intro
00:01.000 --> 00:03.500 align:start position:10%
<v Asha>ताला लगाने से पहले</v>
<c.loud>मशीन की ऊर्जा</c> शून्य करें &amp; जाँचें

01:00:04.000 --> 01:00:05.000
Late
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<i>Caf\u00e9</i> first

2
00:00:02,000 --> 00:00:04,000
<font color="red">second</font>

"""


def test_a_vtt_file_gives_its_spoken_text_and_nothing_else():
    track = parse_captions(VTT)
    assert track.cues == (
        Cue(1_000, 3_500, "ताला लगाने से पहले\nमशीन की ऊर्जा शून्य करें & जाँचें"),
        Cue(3_604_000, 3_605_000, "Late"),
    )
    assert track.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
def test_a_srt_file_is_read_in_the_codings_people_use(tmp_path: Path, encoding: str):
    path = tmp_path / "intro.en.srt"
    path.write_bytes(SRT.replace("\n", "\r\n").encode(encoding))
    track = read_captions(path)
    assert [cue.text for cue in track.cues] == ["Café first", "second"]
    assert track.language == "en"


def test_a_few_damaged_letters_do_not_turn_hindi_into_another_coding(tmp_path: Path):
    path = tmp_path / "intro.hi.srt"
    path.write_bytes("1\n00:01,0 --> 00:02,0\nमशीन की ऊर्जा ".encode() + b"\xff\n")
    assert "मशीन की ऊर्जा" in read_captions(path).cues[0].text


def test_cues_that_overlap_are_shown_together_the_earliest_on_top():
    track = parse_captions(SRT)
    assert track.text_at(2_200) == "Café first\nsecond"
    assert track.cues_at(2_500) == (track.cues[1],)
    assert track.cues_at(4_000) == ()
    assert track.text_at(500) == ""


def test_bad_cues_are_left_out_and_named_by_their_line():
    text = "1\n00:00:05,000 --> 00:00:04,000\nback\n\n2\n00:00:xx --> 00:00:09,000\nbad\n\n3\n00:06,0 --> 00:07,0\ngood\n"
    track = parse_captions(text)
    assert [cue.text for cue in track.cues] == ["good"]
    assert [problem.line for problem in track.problems] == [2, 6]


def test_a_blank_line_within_a_subrip_cue_does_not_lose_the_rest():
    track = parse_captions(
        "1\n00:01,0 --> 00:02,0\nabove\n\nbelow\n\n2\n00:03,0 --> 00:04,0\nnext\n"
    )
    assert [cue.text for cue in track.cues] == ["above\nbelow", "next"]


def test_cues_without_a_blank_line_between_them_are_told_apart():
    track = parse_captions("1\n00:01,0 --> 00:02,0\none\n2\n00:03,0 --> 00:04,0\ntwo\n")
    assert [cue.text for cue in track.cues] == ["one", "two"]


def test_cues_out_of_order_are_put_in_order():
    track = parse_captions(
        "WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n00:01.000 --> 00:02.000\nfirst\n"
    )
    assert [cue.text for cue in track.cues] == ["first", "later"]


def test_the_transcript_says_a_repeated_caption_once():
    track = parse_captions(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHold\nthe lock\n\n00:02.000 --> 00:03.000\nHold the lock\n\n00:03.000 --> 00:04.000\nTurn it\n"
    )
    assert track.transcript == "Hold the lock\nTurn it"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("intro.hi.vtt", "hi"),
        ("intro.HIN.srt", "hi"),
        ("intro.en-IN.vtt", "en-in"),
        ("intro.pt_BR.vtt", "pt-br"),
        ("intro.kok.vtt", "kok"),
        ("intro.vtt", ""),
        ("part.v2.vtt", ""),
        ("intro.new.vtt", ""),
    ],
)
def test_the_language_stands_before_the_suffix(name: str, language: str):
    assert language_of(Path(name)) == language


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n\x00\x00", b"x" * (MAX_FILE_BYTES + 1)]
)
def test_a_file_that_holds_no_captions_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "captions.vtt"
    path.write_bytes(content)
    with pytest.raises(CaptionsUnreadable, match=r"captions\.vtt"):
        read_captions(path)


def test_more_cues_than_the_limit_are_cut_off_and_reported():
    text = "WEBVTT\n\n" + "\n\n".join(["00:01.000 --> 00:02.000\nx"] * (MAX_CUES + 5))
    track = parse_captions(text)
    assert len(track.cues) == MAX_CUES
    assert len(track.problems) == 1


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<b>Stop</b> <00:00:01.000>now", "Stop now"),
        ("<<b>script>x", "x"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_markup_is_taken_out_and_signs_stay(marked_up: str, plain: str):
    assert plain_text(marked_up) == plain


@given(st.text(alphabet=st.sampled_from("WEBVT\n\r -->0123:.,<b/>{}\\&;अ\x00")))
def test_no_text_whatever_breaks_the_reader(text: str):
    track = parse_captions(text)
    assert all(cue.start_ms < cue.end_ms and "\x00" not in cue.text for cue in track.cues)
