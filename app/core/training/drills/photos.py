"""Photos of drills: what kind of picture a file is, by its first bytes."""

from pathlib import Path

from app.core.base.words import _
from app.core.training.errors import TrainingRefused

_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_MOST_BYTES = 40 * 1024 * 1024


def media_type_of(photo: Path) -> str:
    """Return the media type of a photo. Raises TrainingRefused for what is none."""
    try:
        size = photo.stat().st_size
        with photo.open("rb") as file:
            begins = file.read(8)
    except OSError as error:
        raise TrainingRefused(
            _("The photo {name} cannot be read.").format(name=photo.name),
            _("Choose it again where it lies now."),
        ) from error
    kind = next((one for head, one in _KINDS.items() if begins.startswith(head)), None)
    if kind is None or size > _MOST_BYTES:
        raise TrainingRefused(
            _("{name} is no photo that can be kept.").format(name=photo.name),
            _("Choose a PNG or JPEG file of at most 40 MB."),
        )
    return kind
