"""What the sources of stored files have in common."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.base.progress import NoProgress
from app.core.content import AssetStore, media_type_of
from app.core.courses.lesson_kinds import lesson_kind
from app.core.courses.outline import LessonPlan, Variant
from app.core.courses.sources import FileToKeep, Finding, LessonDraft, SourceFile
from app.core.journal import Unit


def draft_of_file(
    file: SourceFile, kind: str, seconds: int, findings: Iterable[Finding]
) -> LessonDraft:
    """Return the draft of a lesson that shows one file as it is."""
    plan = LessonPlan(
        kind=kind,
        title=file.title,
        variants=(Variant(language=file.language or "", asset="", title=file.title),),
        seconds=seconds,
        rule=lesson_kind(kind).default_rule,
    )
    kept = FileToKeep(file.path, media_type_of(file.path.name))
    return LessonDraft(plan=plan, findings=tuple(findings), files=(kept,))


class OneFile:
    """What the sources do alike whose lesson is the file as it is."""

    def store(
        self,
        unit: Unit,
        assets: AssetStore,
        file: SourceFile,  # noqa: ARG002  the draft names the file
        draft: LessonDraft,
    ) -> LessonPlan:
        """Keep the one file of a draft and return its plan with the file's hash."""
        (kept,) = draft.files
        asset = assets.add_file(unit, kept.path, kept.media_type, NoProgress())
        return with_asset(draft.plan, asset.sha256)


def with_asset(plan: LessonPlan, sha256: str) -> LessonPlan:
    """Return a plan whose one variant shows the file of that hash."""
    (variant,) = plan.variants
    return replace(plan, variants=(replace(variant, asset=sha256),))


def problems(file: SourceFile, texts: Iterable[str]) -> tuple[Finding, ...]:
    """Return what keeps a file from being a lesson."""
    return tuple(Finding(file=file.untrusted_name, text=text, blocks=True) for text in texts)


def remarks(file: SourceFile, texts: Iterable[str]) -> tuple[Finding, ...]:
    """Return what an author should know of a file that becomes a lesson."""
    return tuple(Finding(file=file.untrusted_name, text=text) for text in texts)
