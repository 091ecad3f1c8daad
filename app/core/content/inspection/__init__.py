"""Looking a package over before anything is written: what it is, and what will not work."""

from app.core.content.inspection.looking import LookedOver, is_manifest, look_over

__all__ = ["LookedOver", "is_manifest", "look_over"]
