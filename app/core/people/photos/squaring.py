"""Making somebody's photo of a picture: upright, square, small, and without what the camera noted."""

import io
import warnings
from typing import TYPE_CHECKING

from app.core.people.photos.errors import NotAPicture, PictureTooLarge, PictureTooSmall

if TYPE_CHECKING:
    from PIL import Image

SIDE = 320
"""Dots across and down: enough to know a face at arm's length, 10 to 25 kB."""
MOST_BYTES = 20 << 20
"""Of the picture that is given."""
_MOST_DOTS = 60_000_000
_FEWEST_ACROSS = 96
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
_QUALITIES = (84, 70, 50)
_LARGEST = 40 << 10
"""Of what is kept: it lies in the journal of every PC of the site."""
_ABOVE_FACE = 0.2
"""How much of what a standing picture has too much is cut off at the top: faces are in the upper half."""


def squared(untrusted: bytes, name: str) -> bytes:
    """Return a picture as JPEG, SIDE dots square. The same picture gives the same bytes.

    Raises NotAPicture, PictureTooLarge, PictureTooSmall; `name` is what they call it.
    """
    # imported here: most starts show no foreign picture
    from PIL import Image, ImageOps

    if len(untrusted) > MOST_BYTES:
        raise PictureTooLarge(name)
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            opened = Image.open(io.BytesIO(untrusted), formats=_FORMATS)
    except Image.DecompressionBombError as refusal:
        raise PictureTooLarge(name) from refusal
    except (OSError, ValueError, SyntaxError) as refusal:
        raise NotAPicture(name) from refusal
    with opened:
        if opened.width * opened.height > _MOST_DOTS:
            raise PictureTooLarge(name)
        if min(opened.size) < _FEWEST_ACROSS:
            raise PictureTooSmall(name)
        try:
            opened.draft(
                "RGB", (2 * SIDE, 2 * SIDE)
            )  # a camera's JPEG is read in an eighth of the time
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
        except (OSError, ValueError, SyntaxError) as refusal:
            raise NotAPicture(name) from refusal
    face = ImageOps.fit(
        upright, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=(0.5, _ABOVE_FACE)
    )
    flat = Image.new("RGB", face.size, "white")
    flat.paste(face, mask=face.getchannel("A"))
    return _written(flat)


def _written(flat: "Image.Image") -> bytes:
    """Return it as JPEG, as good as fits. It is a new picture: nothing of the given file's notes is in it."""
    content = b""
    for quality in _QUALITIES:
        written = io.BytesIO()
        flat.save(written, "JPEG", quality=quality, optimize=True)
        content = written.getvalue()
        if len(content) <= _LARGEST:
            break
    return content
