"""Archives from anywhere: read within limits, or refused with a sentence. Never anything else."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.content import ArchiveRefused
from app.core.content.packages import Archive, ArchiveLimits
from tests.support.archives import zip_at, zip_bytes

PLAIN = zip_bytes({"index.html": "<p>आग बुझाना</p>" * 50, "js/a.js": "let a = 1;", "b.bin": b""})


def read_all(path: Path, limits: ArchiveLimits | None = None) -> dict[str, bytes]:
    with Archive(path, limits or ArchiveLimits()) as archive:
        return {name: b"".join(archive.blocks(e)) for name, e in archive.entries.items()}


def refusal(path: Path, limits: ArchiveLimits | None = None) -> str:
    with pytest.raises(ArchiveRefused) as caught:
        read_all(path, limits)
    return caught.value.reason


def written(path: Path, write: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return path


def test_names_are_normalised(tmp_path: Path) -> None:
    path = zip_at(
        tmp_path / "a.zip", {"Cafe\u0301\\page.html": "1", "__MACOSX/._x": "2", ".DS_Store": ""}
    )

    assert read_all(path) == {"Caf\u00e9/page.html": b"1"}


def test_a_name_in_utf_8_without_its_flag_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mac.zip"
    raw = "आग.html".encode()
    path.write_bytes(zip_bytes({"x" * len(raw): "1"}).replace(b"x" * len(raw), raw))

    assert read_all(path) == {"आग.html": b"1"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../up.html", "outside its folder"),
        ("a/../../up.html", "outside its folder"),
        ("..\\up.html", "outside its folder"),
        ("/etc/passwd", "outside its folder"),
        ("\\\\server\\share", "outside its folder"),
        ("C:\\Windows\\x.html", "outside its folder"),
        ("a\x01.html", "signs"),
        ("a\u202elmth.exe", "signs"),
        ("a" * 1_001, "too long"),
        ("a/" * 41 + "b", "too long"),
        (" ", "no name"),
    ],
)
def test_names_that_try_to_be_more_are_refused(tmp_path: Path, name: str, said: str) -> None:
    assert said in refusal(zip_at(tmp_path / "a.zip", {"index.html": "", name: "x"}))


def test_a_name_is_not_cut_at_a_zero_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes({"evil.htmlXexe": "1"}).replace(b"evil.htmlXexe", b"evil.html\0exe"))

    assert "signs" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    def write(archive: zipfile.ZipFile) -> None:
        archive.writestr("a.html", "1")
        archive.writestr("a.html", "2")

    assert "two files of one name" in refusal(written(tmp_path / "a.zip", write))


def test_names_that_differ_in_case_are_two_files(tmp_path: Path) -> None:
    path = zip_at(tmp_path / "a.zip", {"A.html": "1", "a.html": "2"})

    assert read_all(path) == {"A.html": b"1", "a.html": b"2"}
    with Archive(path) as archive:
        assert archive.find("a.HTML") == archive.entries["A.html"]
        assert archive.find("b.html") is None


def test_a_link_is_refused(tmp_path: Path) -> None:
    def write(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("link")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")

    assert "link" in refusal(written(tmp_path / "a.zip", write))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_are_refused(tmp_path: Path, method: int) -> None:
    path = written(tmp_path / "a.zip", lambda archive: archive.writestr("a", "1" * 99, method))

    assert "not supported" in refusal(path)


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    content = bytearray(PLAIN)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)

    assert "encrypted" in refusal(tmp_path / "a.zip")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zip_at(tmp_path / "a.zip", {"zeros": b"\0" * 2_000_000})

    assert "far more" in refusal(path, ArchiveLimits(ratio=100, ratio_from=1_000_000))


def test_many_small_bombs_are_refused(tmp_path: Path) -> None:
    path = zip_at(tmp_path / "a.zip", {str(at): b"\0" * 90_000 for at in range(10)})

    assert "too much" in refusal(path, ArchiveLimits(ratio=100, ratio_from=100_000))


def test_limits_are_kept(tmp_path: Path) -> None:
    path = zip_at(tmp_path / "a.zip", {str(at): b"12345" for at in range(10)})

    assert "too many" in refusal(path, ArchiveLimits(entries=9))
    assert "larger than" in refusal(path, ArchiveLimits(entry_bytes=4))
    assert "too much" in refusal(path, ArchiveLimits(total_bytes=49))
    assert len(read_all(path, ArchiveLimits(entries=10, entry_bytes=5, total_bytes=50))) == 10


def test_more_entries_than_the_end_admits_are_refused(tmp_path: Path) -> None:
    content = bytearray(zip_bytes({str(at): b"" for at in range(10)}))
    at = content.rindex(b"PK\x05\x06")
    struct.pack_into("<2H", content, at + 8, 1, 1)
    (tmp_path / "a.zip").write_bytes(content)

    assert "more than 5 files" in refusal(tmp_path / "a.zip", ArchiveLimits(entries=5))


def test_entries_that_lie_in_each_other_are_refused(tmp_path: Path) -> None:
    content = bytearray(zip_bytes({"a": b"1" * 3_000, "b": b"2" * 3_000}))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 1)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    (tmp_path / "a.zip").write_bytes(content)

    assert "overlap" in refusal(tmp_path / "a.zip")


@pytest.mark.parametrize("declared", [50, 700])
def test_a_file_of_another_length_than_declared_is_refused(tmp_path: Path, declared: int) -> None:
    content = bytearray(zip_bytes({"a": bytes(range(200))}))
    struct.pack_into("<L", content, content.index(b"PK\x01\x02") + 24, declared)
    (tmp_path / "a.zip").write_bytes(content)

    assert "damaged" in refusal(tmp_path / "a.zip") or "as long as" in refusal(tmp_path / "a.zip")


def test_what_lies_before_the_first_entry_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"GIF89a" + PLAIN)

    assert "first byte" in refusal(tmp_path / "a.zip")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.zip")


def test_a_whole_entry_is_read_within_bounds(tmp_path: Path) -> None:
    path = zip_at(tmp_path / "a.zip", {"a": b"12345"})
    with Archive(path) as archive:
        entry = archive.entries["a"]
        assert archive.read(entry, 5) == b"12345"
        assert archive.head(entry, 2) == b"12"
        with pytest.raises(ArchiveRefused, match="larger"):
            archive.read(entry, 4)


def test_zip64_is_read(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, archive.open("a", "w", force_zip64=True) as file:
        file.write(b"large")
    (tmp_path / "a.zip").write_bytes(held.getvalue())

    assert read_all(tmp_path / "a.zip") == {"a": b"large"}


def answers(folder: Path, content: bytes) -> None:
    """Read it, or refuse it; write nothing beside it."""
    path = folder / "course" / "a.zip"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    try:
        for name in read_all(path):
            assert not name.startswith("/")
            assert ".." not in name.split("/")
    except ArchiveRefused as refused:
        assert str(refused)
    assert [one.name for one in folder.rglob("*") if one.is_file()] == ["a.zip"]


MANY = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(at=st.integers(0, len(PLAIN) - 1))
def test_every_truncation_is_answered(tmp_path: Path, at: int) -> None:
    answers(tmp_path, PLAIN[:at])


@MANY
@given(
    flips=st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(1, 255)), min_size=1),
)
def test_every_flip_is_answered(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    content = bytearray(PLAIN)
    for at, change in flips:
        content[at] ^= change
    answers(tmp_path, bytes(content))


@MANY
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_answered(tmp_path: Path, content: bytes) -> None:
    answers(tmp_path, content)
    answers(tmp_path, b"PK\x03\x04" + content + PLAIN[PLAIN.index(b"PK\x01\x02") :])


@MANY
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5, unique=True))
def test_every_name_is_answered(tmp_path: Path, names: list[str]) -> None:
    try:
        content = zip_bytes(dict.fromkeys(names, "x"))
    except (UnicodeEncodeError, ValueError):
        return
    answers(tmp_path, content)
