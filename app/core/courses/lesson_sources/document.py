"""PDF documents."""

from app.core.base.progress import Progress
from app.core.content import probe_pdf
from app.core.courses.lesson_sources.drafts import OneFile, draft_of_file, problems
from app.core.courses.sources import LessonDraft, SourceFile

_SECONDS_A_PAGE = 60


class DocumentSource(OneFile):
    """Reads PDFs."""

    kind = "document"
    suffixes = frozenset({".pdf"})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  opens one page only
        """Count the pages, and say whether the document opens."""
        facts = probe_pdf(file.path)
        seconds = facts.pages * _SECONDS_A_PAGE
        return draft_of_file(file, self.kind, seconds, problems(file, facts.problems))
