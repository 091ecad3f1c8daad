"""Names of media files as addresses in foreign texts have them: percent-encoded. Nothing is opened."""

from urllib.parse import quote, unquote

__all__ = ["quote", "unquote"]
