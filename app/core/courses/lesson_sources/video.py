"""Video files."""

from app.core.courses.lesson_sources.recording import RecordingSource


class VideoSource(RecordingSource):
    """Reads moving pictures."""

    kind = "video"
    suffixes = frozenset({".mp4", ".m4v", ".webm", ".mkv", ".mov"})
