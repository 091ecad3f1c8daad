"""PDF documents."""

from app.core.base.progress import Progress
from app.core.content import AssetStore, probe_pdf
from app.core.courses.lesson_sources.drafts import draft_of_file, problems, store_file
from app.core.courses.outline import LessonPlan
from app.core.courses.sources import LessonDraft, SourceFile
from app.core.journal import Unit

_SECONDS_A_PAGE = 60


class DocumentSource:
    """Reads PDFs."""

    kind = "document"
    suffixes = frozenset({".pdf"})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  opens one page only
        """Count the pages, and say whether the document opens."""
        facts = probe_pdf(file.path)
        seconds = facts.pages * _SECONDS_A_PAGE
        return draft_of_file(file, self.kind, seconds, problems(file, facts.problems))

    def store(
        self,
        unit: Unit,
        assets: AssetStore,
        file: SourceFile,  # noqa: ARG002  the draft names the file
        draft: LessonDraft,
    ) -> LessonPlan:
        """Keep the document."""
        return store_file(unit, assets, draft)
