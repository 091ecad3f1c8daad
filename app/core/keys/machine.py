"""What tells this PC from another one that holds a copy of its disk.

Several marks, each a set: the system's own id, the mainboard's, the network cards', the disks'. None
is kept as it is, only its salted hash. A mark that a PC does not tell, or tells for the first time,
says nothing; one that has nothing in common with before says: another PC.
"""

import hashlib
import os
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

Marks = Mapping[str, frozenset[bytes]]
"""Salted hashes by the kind of mark."""

_SMBIOS_SYSTEM = 1
_UUID_AT, _UUID_BYTES = 8, 16
_NOT_SET = (bytes(_UUID_BYTES), b"\xff" * _UUID_BYTES)


def marks_of_this_pc(salt: bytes) -> Marks:
    """Return this PC's marks. What cannot be read is left out."""
    found: dict[str, frozenset[bytes]] = {}
    for kind, read in _SOURCES.items():
        try:
            values = frozenset(_salted(salt, kind, value) for value in read() if value)
        except (OSError, ValueError):
            continue
        if values:
            found[kind] = values
    return found


def is_another_pc(before: Marks, now: Marks) -> bool:
    """Tell whether a kind of mark that was known before has nothing in common with now."""
    return any(before[kind].isdisjoint(now[kind]) for kind in before.keys() & now.keys())


def system_uuid(untrusted_smbios: bytes) -> bytes:
    """Return the UUID in a table of SMBIOS structures (DMTF DSP0134, System Information); b"" without."""
    at = 0
    while at + 4 <= len(untrusted_smbios):
        kind, length = untrusted_smbios[at], untrusted_smbios[at + 1]
        if length < 4:  # noqa: PLR2004  a structure's own header
            return b""
        if kind == _SMBIOS_SYSTEM and length >= _UUID_AT + _UUID_BYTES:
            uuid = untrusted_smbios[at + _UUID_AT : at + _UUID_AT + _UUID_BYTES]
            return b"" if uuid in _NOT_SET or len(uuid) < _UUID_BYTES else uuid
        end = untrusted_smbios.find(b"\0\0", at + length)
        if end < 0:
            return b""
        at = end + 2
    return b""


def _salted(salt: bytes, kind: str, value: bytes) -> bytes:
    return hashlib.sha256(b"daksha-machine-v1\0" + salt + kind.encode() + b"\0" + value).digest()[
        :16
    ]


if sys.platform == "win32":
    import ctypes
    import winreg

    def _windows_id() -> Iterator[bytes]:
        where = r"SOFTWARE\Microsoft\Cryptography"
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where, 0, access) as key:
            value, _kind = winreg.QueryValueEx(key, "MachineGuid")
        yield str(value).lower().encode()

    def _windows_board() -> Iterator[bytes]:
        kernel = ctypes.windll.kernel32
        table = struct.unpack(">I", b"RSMB")[0]
        length = kernel.GetSystemFirmwareTable(table, 0, None, 0)
        buffer = ctypes.create_string_buffer(length)
        kernel.GetSystemFirmwareTable(table, 0, buffer, length)
        yield system_uuid(buffer.raw[8:])  # after RawSMBIOSData's own header

    def _windows_volume() -> Iterator[bytes]:
        serial = ctypes.c_uint32()
        drive = os.environ.get("SYSTEMDRIVE", "C:") + "\\"
        if ctypes.windll.kernel32.GetVolumeInformationW(
            drive, None, 0, ctypes.byref(serial), None, None, None, 0
        ):
            yield struct.pack("<I", serial.value)

    _SOURCES: dict[str, Callable[[], Iterator[bytes]]] = {
        "system": _windows_id,
        "board": _windows_board,
        "volume": _windows_volume,
    }

else:

    def _linux_id() -> Iterator[bytes]:
        yield Path("/etc/machine-id").read_bytes().strip()

    def _linux_board() -> Iterator[bytes]:
        """Yield the mainboard's UUID, where this program's user may read it."""
        yield Path("/sys/class/dmi/id/product_uuid").read_bytes().strip().lower()

    def _linux_cards() -> Iterator[bytes]:
        """Yield the addresses that built-in network cards were made with."""
        for card in Path("/sys/class/net").iterdir():
            device = card / "device"
            if not device.exists() or "/usb" in str(device.resolve()):
                continue
            if (card / "addr_assign_type").read_bytes().strip() == b"0":
                yield (card / "address").read_bytes().strip()

    def _linux_disks() -> Iterator[bytes]:
        """Yield model and serial number of built-in disks, as their links are called."""
        for link in Path("/dev/disk/by-id").iterdir():
            if link.name.startswith(("ata-", "nvme-", "mmc-")) and "-part" not in link.name:
                yield os.fsencode(link.name)

    _SOURCES: dict[str, Callable[[], Iterator[bytes]]] = {
        "system": _linux_id,
        "board": _linux_board,
        "cards": _linux_cards,
        "disks": _linux_disks,
    }
