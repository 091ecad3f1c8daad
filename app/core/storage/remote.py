"""Whether a folder lies on a network drive, where SQLite's log between programs does not hold.

With WAL all programs on a database share memory, which a file system between machines does not give:
two PCs would write over each other, and nothing would tell (sqlite.org/wal.html, sqlite.org/useovernet.html).
"""

import re
import sys
from pathlib import Path, PurePath

MOUNTS = Path("/proc/self/mounts")
"""What is mounted where, on Linux."""
_REMOTE = frozenset(
    {
        "9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs",
        "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "pvfs2", "smb2", "smb3", "smbfs",
        "vboxsf", "vmhgfs", "webdav",
    }
)  # fmt: skip
_REMOTE_BY_FUSE = frozenset(
    {
        "afp", "ceph", "cifs", "davfs", "gcsfuse", "glusterfs", "gvfsd-fuse", "hdfs", "kio-fuse", "nfs",
        "rclone", "s3fs", "smb", "smbnetfs", "sshfs", "vmhgfs-fuse",
    }
)  # fmt: skip
_DRIVE_REMOTE = 4
_ESCAPED = re.compile(r"\\([0-7]{3})")


def remote_kind(folder: Path) -> str:
    """Return what kind of network drive a folder lies on, as the system calls it; empty for this PC's own disk.

    A folder that is not there yet counts as what it would be made in. What cannot be told is taken for
    this PC's own.
    """
    if sys.platform == "win32":
        return "UNC" if is_network_name(folder) else _kind_by_drive(folder)
    return _kind_by_mounts(folder.resolve())


def is_network_name(path: PurePath) -> bool:
    r"""Tell whether a name on Windows is that of a share: \\server\share, or \\?\UNC\server\share."""
    drive = str(path).replace("/", "\\").upper()
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive[4:].startswith("UNC\\")
    return drive.startswith("\\\\")


def _kind_by_mounts(folder: Path) -> str:
    """Return the kind of the mount that a folder lies in: the innermost, and of several there the last."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    depth, kind = -1, ""
    for line in lines:
        _device, place, this_kind, *_rest = [*line.split(" "), "", "", ""]
        point = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), place))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            depth, kind = len(point.parts), this_kind
    is_fuse, name = kind.startswith("fuse."), kind.removeprefix("fuse.")
    return kind if name in (_REMOTE_BY_FUSE if is_fuse else _REMOTE) else ""


if sys.platform == "win32":
    import ctypes

    def _kind_by_drive(folder: Path) -> str:
        root = folder.absolute().anchor
        is_remote = ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
        return root if is_remote else ""
