"""Pictures of steps and photos of what was done: what is taken, and keeping it."""

from app.core.base.words import _
from app.core.content import AssetStore
from app.core.journal import Unit
from app.core.training.errors import TrainingRefused

_MOST = 8 * 1024 * 1024
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""Media types by how a file begins."""


def keep_picture(unit: Unit, assets: AssetStore | None, untrusted: bytes, name: str) -> str:
    """Keep a picture under a name; return its SHA-256. Raises TrainingRefused for what is none."""
    kind = next((kind for start, kind in _KINDS.items() if untrusted.startswith(start)), "")
    if not kind or len(untrusted) > _MOST or assets is None:
        raise TrainingRefused(
            _("This is no picture that can be kept: JPEG or PNG, at most 8 MB."),
            _("Choose another file."),
        )
    return assets.add_bytes(unit, untrusted, kind, name).sha256
