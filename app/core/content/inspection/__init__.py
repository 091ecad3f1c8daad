"""Looking a package over before anything is written: what it is, and what will not work."""

from app.core.content.inspection.looking import LookedOver, is_manifest, look_over
from app.core.content.inspection.words import standard_words

__all__ = ["LookedOver", "is_manifest", "look_over", "standard_words"]
