"""The end of a zip archive, looked at before its directory is read into memory.

Only what the standard library takes on trust: how long the directory is, how many parts the archive
has, and whether something lies before its first entry (APPNOTE.TXT 4.3.14 to 4.3.16).
"""

import os
import struct
from typing import BinaryIO

from app.core.base.words import _

_FIRST_ENTRY = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_END64_PLACE = b"PK\x06\x07"
_END64_PLACE_SIZE = 20
_END64 = b"PK\x06\x06"
_END64_SIZE = 56
_LONGEST_NOTE = 0xFFFF
_FULL_16 = 0xFFFF
_FULL_32 = 0xFFFFFFFF
_BYTES_AN_ENTRY = 600
"""What a directory may take for one entry, with a long name and extra fields."""


class DirectoryFault(ValueError):
    """Why an archive is not opened, as a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check_directory(file: BinaryIO, most_entries: int) -> None:
    """Raise DirectoryFault for what is no archive of its own, or has a directory beyond all measure."""
    file.seek(0)
    head = file.read(4)
    length = file.seek(0, os.SEEK_END)
    part, first_part, entries, taken = _end(file, length)
    if part or first_part:
        raise DirectoryFault(_("It is one part of several. Put them together first."))
    if not entries:
        raise DirectoryFault(_("It is empty."))
    if head != _FIRST_ENTRY:
        raise DirectoryFault(_("It is not a zip file from its first byte on."))
    if entries > most_entries or taken > most_entries * _BYTES_AN_ENTRY or taken > length:
        raise DirectoryFault(_("It holds too many files, or its directory is damaged."))


def _end(file: BinaryIO, length: int) -> tuple[int, int, int, int]:
    """Return part, first part, entries and directory length, as the end of an archive tells them."""
    file.seek(max(length - _END_SIZE - _LONGEST_NOTE, 0))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise DirectoryFault(_("It is not a zip file, or it was cut short."))
    _signature, part, first_part, _here, entries, taken, offset, _note = struct.unpack(
        "<4s4H2LH", tail[at : at + _END_SIZE]
    )
    if _FULL_16 in {part, first_part, entries} or _FULL_32 in {taken, offset}:
        return _large(file, length - len(tail) + at)
    return part, first_part, entries, taken


def _large(file: BinaryIO, end: int) -> tuple[int, int, int, int]:
    """Return part, first part, entries and directory length of a zip64 archive."""
    file.seek(max(end - _END64_PLACE_SIZE, 0))
    place = file.read(_END64_PLACE_SIZE)
    if len(place) < _END64_PLACE_SIZE or not place.startswith(_END64_PLACE):
        raise DirectoryFault(_("Its directory is damaged."))
    _signature, part, offset, parts = struct.unpack("<4sLQL", place)
    file.seek(min(offset, end))
    record = file.read(_END64_SIZE)
    if len(record) < _END64_SIZE or not record.startswith(_END64):
        raise DirectoryFault(_("Its directory is damaged."))
    fields = struct.unpack("<4sQ2H2L4Q", record)
    if parts > 1:
        raise DirectoryFault(_("It is one part of several. Put them together first."))
    return part or int(fields[4]), int(fields[5]), int(fields[7]), int(fields[8])
