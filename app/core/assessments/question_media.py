"""The pictures and sounds of questions in files: which they name, which lie beside, where they are kept."""

import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.core.assessments.stored import media_of, with_texts
from app.core.assessments.types import Question, with_stored_media


def with_media(question: Question, stored: Mapping[str, str]) -> Question:
    """Return the question with the SHA-256 of each media file that was stored."""
    return with_texts(question, lambda text: with_stored_media(text, stored))


def media_names(questions: Iterable[Question]) -> set[str]:
    """Return the names of all media files that questions need."""
    return {media.name for question in questions for media in media_of(question)}


def beside(path: Path) -> dict[str, Path]:
    """Return the files in the folder of a file, by name."""
    return {one.name: one for one in path.parent.iterdir() if one.is_file()}


def media_type(name: str) -> str:
    """Return the media type that a name promises; the general one when unknown."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
