"""A picture as a page: whatever shows, marks or prints the pages of a PDF does so with it, too."""

import io

A4_POINTS = (595, 842)
"""Width and height of the paper that a picture is made to fit, standing or lying."""


def page_of_picture(picture: bytes) -> bytes:
    """Return a PDF of one page that holds a picture (PNG or JPEG), upright, no larger than A4.

    The picture is one that `probe_image` let in.
    """
    # imported here: most starts show no foreign picture
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture)) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright, mask=upright.getchannel("A"))
    short, long = A4_POINTS
    is_lying = flat.width > flat.height
    wide, high = (long, short) if is_lying else (short, long)
    dots_an_inch = 72 * max(flat.width / wide, flat.height / high)
    written = io.BytesIO()
    flat.save(written, "PDF", resolution=dots_an_inch, quality=95)
    return written.getvalue()
