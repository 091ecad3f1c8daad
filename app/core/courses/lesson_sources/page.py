"""Pages: Markdown, HTML and text files, kept as safe HTML with their pictures."""

from dataclasses import replace

from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.content import PAGE_SUFFIXES, PAGE_TYPE, AssetStore, Page, read_page
from app.core.courses.lesson_kinds import lesson_kind
from app.core.courses.lesson_sources.drafts import problems, remarks
from app.core.courses.outline import LessonPlan, Variant
from app.core.courses.reading_time import reading_seconds
from app.core.courses.sources import FileToKeep, LessonDraft, SourceFile
from app.core.journal import Unit


class PageSource:
    """Reads pages."""

    kind = "page"
    suffixes = PAGE_SUFFIXES

    def read(self, file: SourceFile, progress: Progress) -> LessonDraft:  # noqa: ARG002  a page is short
        """Clean the page, find its pictures, and take its title from its first heading."""
        page = read_page(file.path, file.root or file.path.parent)
        title = page.title or file.title
        plan = LessonPlan(
            kind=self.kind,
            title=title,
            variants=(Variant(language=file.language or "", asset="", title=title),),
            seconds=reading_seconds(page.html),
            rule=lesson_kind(self.kind).default_rule,
        )
        return LessonDraft(
            plan=plan,
            findings=problems(file, page.problems)
            or remarks(file, (*page.findings, *_outside(page))),
            files=tuple(FileToKeep(asset.path, asset.media_type) for asset in page.assets),
            contents=(page.html.encode(),),
        )

    def store(
        self, unit: Unit, assets: AssetStore, file: SourceFile, draft: LessonDraft
    ) -> LessonPlan:
        """Keep the cleaned page and its pictures."""
        (html,) = draft.contents
        parts = tuple(
            assets.add_file(unit, kept.path, kept.media_type, NoProgress()).sha256
            for kept in draft.files
        )
        stored = assets.add_bytes(unit, html, PAGE_TYPE, file.path.name)
        (variant,) = draft.plan.variants
        return replace(draft.plan, variants=(replace(variant, asset=stored.sha256, parts=parts),))


def _outside(page: Page) -> list[str]:
    text = _("It points outside the folder: {address}")
    return [text.format(address=address) for address in page.outside]
