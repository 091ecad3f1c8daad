"""What video and audio files have in common: they are probed, kept as they are, and played."""

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import MediaFacts, probe_media
from app.core.courses.lesson_sources.drafts import OneFile, draft_of_file, problems, remarks
from app.core.courses.sources import LessonDraft, SourceFile

_PLAYED_EVERYWHERE = frozenset(
    {"", "AVC", "HEVC", "VP8", "VP9", "MPEG-4 Visual", "AAC", "MPEG Audio", "Opus", "Vorbis"}
    | {"PCM", "FLAC"}
)
"""What Qt's own player decodes in software (ecosystem §0.3); AV1 needs a graphics card that can."""


class RecordingSource(OneFile):
    """Reads recordings. A file without moving pictures becomes an audio lesson, whatever its name."""

    kind: str
    suffixes: frozenset[str]

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  reads headers only
        """Say how long the recording is and whether it plays."""
        facts = probe_media(file.path)
        kind = self.kind if facts.kind is None else facts.kind.value
        found = problems(file, facts.problems) or remarks(file, _doubts(file, facts))
        return draft_of_file(file, kind, -(-facts.duration_ms // 1000), found)


def _doubts(file: SourceFile, facts: MediaFacts) -> list[str]:
    text = _("{name} uses {codec}, which some PCs do not play. Convert it to H.264 with AAC.")
    return [
        text.format(name=file.path.name, codec=codec)
        for codec in (facts.video_codec, facts.audio_codec)
        if codec not in _PLAYED_EVERYWHERE
    ]
