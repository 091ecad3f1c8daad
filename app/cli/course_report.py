"""What would become of a folder or a package, in words and for scripts."""

from collections.abc import Iterable

from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.content import LookedOver, standard_words
from app.core.courses import Finding, ImportReport, PlannedLesson


def lines_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return findings as they are told, a line each."""
    return tuple(finding.told for finding in findings)


def check_data(
    title: str, warnings: Iterable[str], problems: Iterable[str], *, launchable: bool
) -> dict[str, object]:
    """Return what scripts are told of any folder or package."""
    return {
        "standard": "folder",
        "edition": "",
        "title": title,
        "launchable": launchable,
        "warnings": list(warnings),
        "problems": list(problems),
    }


def package_data(package: LookedOver | None) -> dict[str, object]:
    """Return what is told of one package beyond what is told of any folder."""
    if package is None:
        return {}
    manifest = package.manifest
    if manifest is None:
        return {"standard": ""}
    return {
        "standard": manifest.standard.value,
        "edition": manifest.edition,
        "launchable": bool(manifest.launchable) and not package.is_blocked,
        "activities": [
            {"id": activity.id, "title": activity.title, "launch": activity.launch}
            for activity in manifest.root.walk()
        ],
        "identifier": manifest.identifier,
        "language": manifest.language,
        "tool": package.tool,
        "files": package.files,
        "unpacked": package.size,
    }


def report_text(report: ImportReport) -> str:
    """Return which lessons a folder or package becomes, and what is amiss."""
    found = plural("{count} lesson", "{count} lessons", len(report.lessons))
    lines = [f"{report.code}  {report.title}: {found}, {size(report.size)}"]
    lines += [
        f"  {position}. {lesson.title} ({_kind_words(lesson)})"
        for position, lesson in enumerate(report.lessons, start=1)
    ]
    lines += [f"  ✗ {line}" for line in lines_of(report.problems)]
    lines += [f"  ! {line}" for line in lines_of(report.warnings)]
    lines += [_("  – {name} is not used").format(name=name) for name in report.unused]
    return "\n".join(lines)


def _kind_words(lesson: PlannedLesson) -> str:
    package = lesson.package
    if package is None or package.manifest is None:
        return lesson.kind
    count = len(package.manifest.launchable)
    parts = plural("{count} activity", "{count} activities", count)
    told = (standard_words(package.manifest), parts, package.tool, size(package.size))
    return ", ".join(one for one in told if one)
