"""Pictures that are a lesson of their own: posters, diagrams."""

from app.core.base.progress import Progress
from app.core.content import AssetStore, probe_image
from app.core.courses.lesson_sources.drafts import draft_of_file, problems, store_file
from app.core.courses.outline import LessonPlan
from app.core.courses.sources import LessonDraft, SourceFile
from app.core.journal import Unit

_SECONDS = 30


class ImageSource:
    """Reads pictures; SVG only when it can do nothing but be looked at."""

    kind = "image"
    suffixes = frozenset({".png", ".jpg", ".jpeg", ".svg"})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  decodes one picture
        """Say whether the picture can be shown."""
        facts = probe_image(file.path)
        return draft_of_file(file, self.kind, _SECONDS, problems(file, facts.problems))

    def store(
        self,
        unit: Unit,
        assets: AssetStore,
        file: SourceFile,  # noqa: ARG002  the draft names the file
        draft: LessonDraft,
    ) -> LessonPlan:
        """Keep the picture."""
        return store_file(unit, assets, draft)
