"""Pages that authors write in the program: a new one, a changed text, a further language."""

from dataclasses import replace
from pathlib import Path

from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from app.core.base.words import _
from app.core.content import (
    PAGE_TYPE,
    AssetStore,
    Page,
    media_type_of,
    pictures_in,
    probe_image,
    read_written,
)
from app.core.courses.lesson_kinds import lesson_kind
from app.core.courses.outline import LessonPlan, Variant
from app.core.courses.reading_time import reading_seconds
from app.core.journal import Site

PAGE_KIND = "page"


class PageRefused(UserFacingError):
    """What was written cannot be a page."""

    def __init__(self, happened: str) -> None:
        super().__init__(happened, safe=_("What you wrote is still here; nothing was changed."))


class WrittenPages:
    """The texts of a course's pages. What it returns is part of the draft once that is saved."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets

    def text(self, actor: Actor, lesson: LessonPlan, language: str) -> str:
        """Return a page as safe HTML; "" where it has no text in that language yet.

        Raises AssetMissing.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        variant = _variant(lesson, language)
        return "" if variant is None else self._assets.read(variant.asset).decode()

    def begin(self, actor: Actor, language: str, untrusted_html: str) -> LessonPlan:
        """Return a new lesson with this page, called by its first heading. Raises PageRefused."""
        return self.rewrite(actor, LessonPlan(kind=PAGE_KIND, title=""), language, untrusted_html)

    def rewrite(
        self, actor: Actor, lesson: LessonPlan, language: str, untrusted_html: str
    ) -> LessonPlan:
        """Return the lesson with another text in one language. Raises PageRefused."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        page = read_written(untrusted_html, self._pictures(untrusted_html))
        if page.problems:
            raise PageRefused(page.problems[0])
        with self._site.transaction(actor, "course.write_page") as unit:
            stored = self._assets.add_bytes(unit, page.html.encode(), PAGE_TYPE, "page.html")
        return _with_text(lesson, language, page, stored.sha256)

    def keep_picture(self, actor: Actor, path: Path) -> str:
        """Keep a picture and return its hash, for a page to show. Raises PageRefused."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        if problems := probe_image(path).problems:
            raise PageRefused(problems[0])
        with self._site.transaction(actor, "course.keep_picture") as unit:
            kind = media_type_of(path.name)
            return self._assets.add_file(unit, path, kind, NoProgress()).sha256

    def _pictures(self, untrusted_html: str) -> frozenset[str]:
        with self._site.read() as session:
            return frozenset(self._assets.stored(session, pictures_in(untrusted_html)))


def _variant(lesson: LessonPlan, language: str) -> Variant | None:
    return next((one for one in lesson.variants if one.language == language), None)


def _with_text(lesson: LessonPlan, language: str, page: Page, sha256: str) -> LessonPlan:
    title = page.title or lesson.title or _("Page")
    parts = tuple(sorted(pictures_in(page.html)))
    written = Variant(language=language, asset=sha256, title=title, parts=parts)
    variants = {one.language: one for one in lesson.variants}
    if not variants:
        lesson = replace(lesson, title=title, rule=lesson_kind(PAGE_KIND).default_rule)
    elif language not in variants and language not in lesson.titles:
        lesson = replace(lesson, titles={**lesson.titles, language: title})
    variants[language] = written  # in the place of the one before
    is_first = next(iter(variants.values())) is written
    seconds = reading_seconds(page.html) if is_first else lesson.seconds
    return replace(lesson, variants=tuple(variants.values()), seconds=seconds)
