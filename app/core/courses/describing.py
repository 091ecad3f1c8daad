"""A course and its lessons as lines under names, so that two versions can be laid side by side."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.approvals import Description, Part
from app.core.base.figures import duration, number, share, size
from app.core.base.words import _, language_name
from app.core.content import AssetMissing, AssetStore, StoredAsset, plain_text
from app.core.courses.editing import SIGNED, STATEMENTS
from app.core.courses.lesson_kinds import is_lesson_kind, lesson_kind
from app.core.courses.outline import LessonPlan, Outline, Variant, lesson_to_json
from app.core.courses.written_pages import PAGE_KIND
from app.core.storage.columns import canonical_json

DescribeBody = Callable[[Session, LessonPlan], Description]
"""Describes the settings of one kind of lesson."""
_SHORT = 12
"""Figures of a hash that tell two files apart for people."""


class Describing:
    """Describes within one session. `bodies` are the kinds whose settings have words of their own."""

    def __init__(
        self, session: Session, assets: AssetStore, bodies: Mapping[str, DescribeBody]
    ) -> None:
        self._session = session
        self._assets = assets
        self._bodies = bodies

    def course(self, outline: Outline) -> Description:
        """Describe what holds for the whole course."""
        months = outline.valid_months
        return {
            _("Title"): outline.title,
            **_in_languages(_("Title"), outline.titles),
            _("Description"): outline.description,
            **_in_languages(_("Description"), outline.descriptions),
            _("Language"): language_name(outline.language),
            _("Topic"): outline.topic,
            _("Lessons in order"): _yes(outline.in_order),
            _("Valid for months"): _("without end") if months is None else number(months),
            _("Certificate"): outline.certificate or _("none"),
        }

    def parts(self, outline: Outline) -> tuple[Part, ...]:
        """Return the lessons as parts that can be compared."""
        return tuple(
            Part(
                key=plan.key,
                title=plan.title,
                lines=self.lesson(plan),
                stored=canonical_json(lesson_to_json(plan)),
            )
            for plan in outline.lessons
        )

    def lesson(self, plan: LessonPlan) -> Description:
        """Describe one lesson."""
        kind = _(lesson_kind(plan.kind).title) if is_lesson_kind(plan.kind) else plan.kind
        return {
            _("Title"): plan.title,
            **_in_languages(_("Title"), plan.titles),
            _("Kind"): kind,
            _("Length"): duration(plan.seconds) if plan.seconds else "",
            _("Required"): _yes(plan.is_required),
            _("Locked at first view"): _yes(plan.is_locked_first),
            _("Done at"): share(plan.rule.share),
            _("Least time"): duration(plan.rule.active_seconds) if plan.rule.active_seconds else "",
            **dict(self._contents(plan)),
            **self._body(plan),
        }

    def _contents(self, plan: LessonPlan) -> Iterator[tuple[str, str]]:
        named = {one.asset for one in plan.variants}
        named |= {caption.asset for one in plan.variants for caption in one.captions}
        stored = self._assets.stored(self._session, named)
        for one in plan.variants:
            language = language_name(one.language)
            yield _("File ({language})").format(language=language), _file(stored, one.asset)
            if plan.kind == PAGE_KIND:
                yield _("Text ({language})").format(language=language), self._text(one)
            for caption in one.captions:
                spoken = language_name(caption.language)
                name = _("Captions in {spoken} ({language})").format(
                    spoken=spoken, language=language
                )
                yield name, _file(stored, caption.asset)

    def _text(self, variant: Variant) -> str:
        try:
            return plain_text(self._assets.read(variant.asset).decode())
        except AssetMissing:
            return ""

    def _body(self, plan: LessonPlan) -> Description:
        words = self._bodies.get(plan.kind)
        if words is not None:
            return words(self._session, plan)
        return dict(_settings(plan.body))


def _settings(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        if name == STATEMENTS and isinstance(value, dict):
            yield from _in_languages(_("Text"), value).items()
        elif name == SIGNED:
            yield _("Confirmed with a signature"), _yes(bool(value))
        else:
            yield name, value if isinstance(value, str) else canonical_json(value)


def _in_languages(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name} ({language_name(language)})": text for language, text in texts.items()}


def _file(stored: Mapping[str, StoredAsset], sha256: str) -> str:
    asset = stored.get(sha256)
    if asset is None:
        return sha256[:_SHORT]
    return f"{asset.name}, {size(asset.size)} ({sha256[:_SHORT]})"


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
