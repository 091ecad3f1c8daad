"""A data folder on a network drive is noticed by what is mounted, or by its name."""

from pathlib import Path, PureWindowsPath

import pytest

from app.core.storage import remote
from app.core.storage.remote import is_network_name, remote_kind


@pytest.mark.parametrize(
    ("kind", "place", "told"),
    [
        ("ext4", "data", ""),
        ("nfs4", "data", "nfs4"),
        ("cifs", "data", "cifs"),
        ("9p", "data", "9p"),
        ("fuse.sshfs", "data", "fuse.sshfs"),
        ("fuseblk", "data", ""),
        ("cifs", "elsewhere", ""),
        ("cifs", "data of others", ""),
    ],
)
def test_a_folder_is_as_the_innermost_mount_that_it_lies_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, place: str, told: str
) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nauto {tmp_path}/data autofs rw 0 0\n"
        f"//server/share {tmp_path}/data {kind} rw 0 0\n"
    )
    monkeypatch.setattr(remote, "MOUNTS", table)

    assert remote_kind(tmp_path / place / "plant") == told


def test_a_mount_with_a_blank_in_its_name_and_a_disk_within_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        f"/dev/sdb1 {tmp_path}/a\\040share/own ext4 rw 0 0\n"
        f"server:/x {tmp_path}/a\\040share nfs rw 0 0\nbroken\n"
    )
    monkeypatch.setattr(remote, "MOUNTS", table)

    assert remote_kind(tmp_path / "a share" / "plant") == "nfs"
    assert remote_kind(tmp_path / "a share" / "own" / "plant") == ""
    monkeypatch.setattr(remote, "MOUNTS", tmp_path / "none")
    assert remote_kind(tmp_path / "a share") == ""


@pytest.mark.parametrize(
    ("name", "is_share"),
    [
        (r"\\server\share\Daksha", True),
        (r"\\?\UNC\server\share\Daksha", True),
        (r"//server/share/Daksha", True),
        (r"C:\Daksha", False),
        (r"\\?\C:\Daksha", False),
        (r"Daksha", False),
    ],
)
def test_a_share_is_known_by_its_name_on_windows(name: str, *, is_share: bool) -> None:
    assert is_network_name(PureWindowsPath(name)) is is_share
