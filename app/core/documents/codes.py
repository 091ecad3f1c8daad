"""QR codes: painted as one-bit pictures, sharp on any mono printer, and read from pictures."""

from functools import lru_cache
from math import isqrt
from typing import Any

import zxingcpp
from PIL import Image

_DOTS = 2
"""Picture dots a module: some viewers blur between dots, and then only a module's rim."""
_AS_BITS = bytes.maketrans(b"\x00\xff", b"01")
_MOST_PIXELS = 60_000_000


@lru_cache(maxsize=64)
def qr_operators(text: str) -> str:
    """Return the PDF operators that paint `text` as a QR code on the unit square, without margin.

    Error level M: a fold or a stamp over a seventh of it does no harm. Upper-case letters, digits
    and `:` alone pack two in 11 bits.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)  # Any: a buffer, as few stubs say
    dots = bytes(picture)
    modules = isqrt(len(dots))
    side = modules * _DOTS
    stride = (side + 7) // 8
    rows = b"".join(
        _bits(dots[start : start + modules], stride) * _DOTS
        for start in range(0, len(dots), modules)
    )
    return f"BI /W {side} /H {side} /BPC 1 /CS /G /F /AHx ID {rows.hex()}> EI"


def _bits(modules: bytes, stride: int) -> bytes:
    """Return a row of the picture, white as 1, filled up with white to `stride` bytes."""
    bits = modules.translate(_AS_BITS).replace(b"0", b"0" * _DOTS).replace(b"1", b"1" * _DOTS)
    return int(bits.ljust(stride * 8, b"1"), 2).to_bytes(stride, "big")


def read_codes(untrusted_picture: Image.Image) -> tuple[str, ...]:
    """Return the texts of the QR codes that can be seen in a picture, a photograph or a scan."""
    if untrusted_picture.width * untrusted_picture.height > _MOST_PIXELS:
        return ()
    grey = untrusted_picture.convert("L")
    return tuple(
        code.text
        for code in zxingcpp.read_barcodes(
            grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    )
