"""A picture as a page: whatever shows, marks or prints the pages of a PDF does so with it, too."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

A4_POINTS = (595, 842)
"""Width and height of the paper that a picture is made to fit, standing or lying."""


def page_of_picture(picture: bytes) -> bytes:
    """Return a PDF of one page that holds a picture (PNG or JPEG), upright, no larger than A4.

    The picture is one that `probe_image` let in.
    """
    flat = upright(picture)
    short, long = A4_POINTS
    is_lying = flat.width > flat.height
    wide, high = (long, short) if is_lying else (short, long)
    dots_an_inch = 72 * max(flat.width / wide, flat.height / high)
    written = io.BytesIO()
    flat.save(written, "PDF", resolution=dots_an_inch, quality=95)
    return written.getvalue()


def upright(picture: bytes) -> "Picture":
    """Return a picture as it is looked at, on white."""
    # imported here: most starts show no foreign picture
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture)) as opened:
        turned = ImageOps.exif_transpose(opened).convert("RGBA")
    flat = Image.new("RGB", turned.size, "white")
    flat.paste(turned, mask=turned.getchannel("A"))
    return flat
