"""What is said of a package before anything is written: addresses, recordings, plug-ins, its tool."""

from pathlib import Path

import pytest

from app.core.base.errors import Cancelled
from app.core.base.progress import NoProgress
from app.core.content import is_manifest, look_over, standard_words
from app.core.content.conversion import find_ffmpeg
from app.core.content.conversion.ffmpeg import CHOSEN_FFMPEG
from tests.support.archives import zip_at
from tests.support.packages import PAGE, SMALLEST, html, scorm12
from tests.support.progress import Stopper

H264 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"moov trak avc1 mp4a"
AV1 = b"\0\0\0\x18ftypiso5\0\0\0\0iso5" + b"moov trak av01 Opus"


def texts(folder: Path, **files: str | bytes) -> str:
    seen = look_over(zip_at(folder / "course.zip", html(**files)), NoProgress())
    assert not seen.is_blocked, seen.remarks
    return "\n".join(remark.text for remark in seen.remarks)


@pytest.mark.parametrize(
    ("name", "content", "host"),
    [
        (
            "site/more.html",
            '<script src="https://cdn.jsdelivr.net/a.js"></script>',
            "cdn.jsdelivr.net",
        ),
        ("site/more.html", "<img width=3 src=//static.kpoint.in/a.png>", "static.kpoint.in"),
        (
            "site/more.html",
            '<link rel="stylesheet" href="http://fonts.gstatic.com/x">',
            "fonts.gstatic.com",
        ),
        ("a.css", "@import 'https://fonts.googleapis.com/css';", "fonts.googleapis.com"),
        ("a.css", "b { background: url( //img.host.in/b.png ) }", "img.host.in"),
        ("content.json", '{"path": "https:\\/\\/video.host.in\\/a.mp4"}', "video.host.in"),
    ],
)
def test_what_is_loaded_from_the_internet(
    tmp_path: Path, name: str, content: str, host: str
) -> None:
    assert f"loads files from the internet, which will be missing: {host} (1)" in texts(
        tmp_path, **{name: content}
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("site/more.html", '<a href="https://en.wikipedia.org/wiki/Fire">more</a>'),
        ("a.js", "open('https://en.wikipedia.org/wiki/Fire')"),
    ],
)
def test_what_only_links_to_the_internet(tmp_path: Path, name: str, content: str) -> None:
    said = texts(tmp_path, **{name: content})

    assert "names addresses on the internet, which will not open: en.wikipedia.org (1)" in said
    assert "loads files" not in said


def test_names_of_schemas_are_not_addresses(tmp_path: Path) -> None:
    said = texts(
        tmp_path,
        **{
            "a.svg": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://inkscape.org/x"/>',
            "a.js": 'verb = "http://adlnet.gov/expapi/verbs/completed"; // "see it"',
        },
    )

    assert "internet" not in said


def test_many_hosts_are_told_briefly(tmp_path: Path) -> None:
    content = "".join(f'<img src="https://h{at}.host.in/a.png">' for at in range(20))

    assert "and 12 more" in texts(tmp_path, **{"site/more.html": content})


def test_recordings_that_do_not_play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"v/a.mp4": H264, "v/b.mp4": AV1, "v/c.webm": b"x", "v/d.mp3": b"x", "v/e.mov": b"?"}
    monkeypatch.delenv(CHOSEN_FFMPEG, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "ffmpeg, which converts them, is not on this PC: v/a.mp4, v/e.mov" in texts(
        tmp_path, **files
    )


def test_without_the_program_every_recording_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CHOSEN_FFMPEG, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    names = [f"v/{number:02}.mp4" for number in range(40)]

    assert ", ".join(names) in texts(tmp_path, **dict.fromkeys(names, H264))


@pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")
def test_with_the_program_it_is_said_what_will_be_converted(tmp_path: Path) -> None:
    said = texts(tmp_path, **{"v/a.mp4": H264, "v/b.mp4": AV1, "v/e.mov": b"?"})

    assert "must be converted before they play: v/a.mp4, v/e.mov" in said


@pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this PC")
def test_a_film_in_pieces_is_to_be_converted_as_a_whole(tmp_path: Path) -> None:
    playlist = "#EXTM3U\n#EXTINF:2,\n0.ts\n1.ts\n"
    said = texts(
        tmp_path, **{"f/list.m3u8": playlist, "f/0.ts": H264, "f/1.ts": H264, "a.mp4": H264}
    )

    assert "must be converted before they play: a.mp4, f/list.m3u8" in said
    assert "0.ts" not in said
    assert "HLS" not in said


@pytest.mark.parametrize("line", ["2.ts", '#EXT-X-KEY:METHOD=AES-128,URI="0.ts"'])
def test_a_film_that_nobody_can_put_together_is_named(tmp_path: Path, line: str) -> None:
    playlist = f"#EXTM3U\n#EXTINF:2,\n0.ts\n{line}\n"

    said = texts(tmp_path, **{"f/list.m3u8": playlist, "f/0.ts": H264})

    assert "as one MP4 or WebM file: f/list.m3u8" in said


def test_a_film_of_pieces_that_pages_play_is_no_trouble(tmp_path: Path) -> None:
    playlist = '#EXTM3U\n#EXT-X-MAP:URI="0.mp4"\n#EXTINF:2,\n0.mp4\n'

    assert "HLS" not in texts(tmp_path, **{"f/list.m3u8": playlist, "f/0.mp4": AV1})


def test_plug_ins_and_programs(tmp_path: Path) -> None:
    said = texts(tmp_path, **{"player.swf": b"FWS", "Run me.exe": b"MZ"})

    assert "Flash or another plug-in, which no longer exists: player.swf" in said
    assert "never run: Run me.exe" in said


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("scormcontent/lib/rise/main.js", "Articulate Rise"),
        ("story_content/user.js", "Articulate Storyline"),
        ("assets/js/CPM.js", "Adobe Captivate"),
        ("data/browsersupport.js", "iSpring"),
        ("adapt/js/adapt.min.js", "Adapt"),
        ("trivantis-cookie.js", "Lectora"),
        ("exe_jquery.js", "eXeLearning"),
    ],
)
def test_the_tool_is_told_by_what_it_leaves_behind(tmp_path: Path, name: str, tool: str) -> None:
    path = zip_at(tmp_path / "a.zip", scorm12(**{name: "1"}))

    assert look_over(path, NoProgress()).tool == tool


def test_the_tool_is_told_by_the_page(tmp_path: Path) -> None:
    page = PAGE.replace("<title>", '<meta name="generator" content="Chamilo 2"><title>')
    path = zip_at(tmp_path / "a.zip", scorm12(**{"index.html": page}))

    assert look_over(path, NoProgress()).tool == "Chamilo 2"


def test_web_content_that_looks_for_a_learning_system_is_told(tmp_path: Path) -> None:
    assert "its manifest" in texts(
        tmp_path, **{"site/index.html": PAGE + "<script>API.LMSInitialize('')</script>"}
    )


@pytest.mark.parametrize("page", ["", "<html><head><title>x</title></head><body> </body></html>"])
def test_web_content_that_shows_nothing_is_refused(tmp_path: Path, page: str) -> None:
    path = zip_at(tmp_path / "a.zip", {"index.html": page, "a.txt": "1"})

    assert look_over(path, NoProgress()).is_blocked


def test_standards_are_worded_as_people_know_them(tmp_path: Path) -> None:
    words = {}
    for standard, files in SMALLEST.items():
        manifest = look_over(zip_at(tmp_path / "a.zip", files), NoProgress()).manifest
        assert manifest is not None
        words[standard] = standard_words(manifest)

    assert words == {
        "scorm12": "SCORM 1.2",
        "scorm2004": "SCORM 2004 4th Edition",
        "cmi5": "cmi5",
        "xapi": "xAPI",
        "h5p": "H5P",
        "html": "Web content",
    }


def test_only_manifests_of_cmi5_and_xapi_come_alone(tmp_path: Path) -> None:
    for name, content, is_one in (
        ("a.xml", "<courseStructure/>", True),
        ("b.xml", "<?xml version='1.0'?><tincan/>", True),
        ("c.xml", "<quiz/>", False),
    ):
        (tmp_path / name).write_text(content)
        assert is_manifest(tmp_path / name) is is_one
    assert not is_manifest(tmp_path / "gone.xml")


def test_a_look_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        look_over(zip_at(tmp_path / "a.zip", html()), Stopper())


@pytest.mark.parametrize(
    "bad", ["<img ", "<!--", "<a ", "<![", "&", '"http://', "<script src=", "url(", "<meta "]
)
@pytest.mark.timeout(60)
def test_pages_made_to_take_long_do_not(tmp_path: Path, bad: str) -> None:
    page = bad * (2_000_000 // len(bad))
    path = zip_at(tmp_path / "a.zip", {"index.html": page, "a.css": page, "a.js": page})

    assert look_over(path, NoProgress()).files == 3
