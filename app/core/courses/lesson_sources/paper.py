"""Papers: a page of text named `….paper.md` that is set on sheets and becomes a document."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

from app.core.base.progress import Progress
from app.core.content import AssetStore, media_type_of, read_page
from app.core.courses.lesson_kinds import lesson_kind
from app.core.courses.lesson_sources.drafts import problems, with_asset
from app.core.courses.names import read_lesson_name
from app.core.courses.outline import LessonPlan, Variant
from app.core.courses.sources import LessonDraft, SourceFile
from app.core.documents import set_in_type
from app.core.journal import Unit

_PAPER = ".paper"
_SECONDS_A_SHEET = 60


class PaperSource:
    """Reads pages that are to be papers. Other pages are none of its business."""

    kind = "document"
    suffixes = frozenset({".md"})

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  a paper is short
        """Set the page on sheets; nothing of a paper may be lost."""
        if PurePosixPath(read_lesson_name(file.untrusted_name).base).suffix != _PAPER:
            return LessonDraft(plan=LessonPlan(kind=self.kind, title=file.title), is_foreign=True)
        page = read_page(file.path, file.root or file.path.parent)
        title, language = page.title or file.title, file.language or ""
        sheets = set_in_type(
            page.html,
            {one.sha256: one.path.read_bytes() for one in page.assets},
            title=title,
            author="",
            made_at=datetime.fromtimestamp(file.path.stat().st_mtime, UTC),
            language=language or "en",
        )
        plan = LessonPlan(
            kind=self.kind,
            title=title,
            variants=(Variant(language=language, asset="", title=title),),
            seconds=sheets.count * _SECONDS_A_SHEET,
            rule=lesson_kind(self.kind).default_rule,
        )
        lost = (*page.problems, *page.lost)
        return LessonDraft(plan=plan, findings=problems(file, lost), contents=(sheets.content,))

    def store(
        self, unit: Unit, assets: AssetStore, file: SourceFile, draft: LessonDraft
    ) -> LessonPlan:
        """Keep the sheets."""
        (content,) = draft.contents
        name = f"{file.path.stem.replace(_PAPER, '')}.pdf"
        stored = assets.add_bytes(unit, content, media_type_of(name), name)
        return with_asset(draft.plan, stored.sha256)
