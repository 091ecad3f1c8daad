"""Pictures that are a lesson of their own: posters, diagrams."""

from app.core.base.progress import Progress
from app.core.content import probe_image
from app.core.courses.lesson_sources.drafts import OneFile, draft_of_file, problems
from app.core.courses.sources import LessonDraft, SourceFile

_SECONDS = 30


class ImageSource(OneFile):
    """Reads pictures; SVG only when it can do nothing but be looked at."""

    kind = "image"
    suffixes = frozenset({".png", ".jpg", ".jpeg", ".svg"})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  decodes one picture
        """Say whether the picture can be shown."""
        facts = probe_image(file.path)
        return draft_of_file(file, self.kind, _SECONDS, problems(file, facts.problems))
