"""Audio files."""

from app.core.courses.lesson_sources.recording import RecordingSource


class AudioSource(RecordingSource):
    """Reads sound."""

    kind = "audio"
    suffixes = frozenset({".mp3", ".m4a", ".ogg", ".wav"})
