"""Looking a folder over before it is imported: which lessons it would make, and what is wrong."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.content import (
    CAPTION_SUFFIXES,
    PICTURE_SUFFIXES,
    CaptionsUnreadable,
    LookedOver,
    media_type_of,
    read_captions,
)
from app.core.courses.codes import code_from
from app.core.courses.course_file import COURSE_FILE, MAX_TEXT, CourseFile, read_course_file
from app.core.courses.editing import acknowledgement
from app.core.courses.folder import FolderRefused, FoundFile, FoundFolder, Limits, look_through
from app.core.courses.joining import (
    CaptionFile,
    LessonGroup,
    ReadFile,
    group,
    joined,
    with_captions,
)
from app.core.courses.names import MAX_TITLE, folded, read_lesson_name, title_of, visible
from app.core.courses.outline import LessonPlan
from app.core.courses.sources import Finding, LessonDraft, LessonSource, SourceFile, is_blocked
from app.core.courses.types import FolderPlan, ImportReport, PlannedLesson

_BLOCK = 1 << 20
_CAPTION_PROBLEMS = 5
_OFFICE = frozenset({".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt", ".odp", ".rtf"})
_OTHER_RECORDINGS = frozenset(
    {".avi", ".wmv", ".wma", ".flv", ".f4v", ".mpg", ".mpeg", ".vob", ".3gp", ".ts", ".mts", ".aac"}
)


def check_folder(
    path: Path, sources: Sequence[LessonSource], limits: Limits, progress: Progress
) -> ImportReport:
    """Say what would become of a folder, or of a single file. Writes nothing. Raises FolderRefused."""
    found = look_through(path, limits, progress)
    check = _Check(found, sources, progress)
    check.read_all()
    lessons = check.lessons()
    if len(lessons) > limits.lessons:
        limit = number(limits.lessons)
        raise FolderRefused(_("It would make more than {limit} lessons.").format(limit=limit))
    if path.is_file():
        course = _told_by_its_lesson(check.course, lessons)
        package = check.packages[0] if len(check.packages) == 1 else None
    else:
        course, package = check.course, None
    plan = FolderPlan(found=found, course=course, lessons=lessons, closing=_closing(course))
    return _report(path, check, plan, package)


def _report(
    path: Path, check: "_Check", plan: FolderPlan, package: LookedOver | None
) -> ImportReport:
    course = plan.course
    title = course.title or _own_title(package) or title_of(plan.found.title)
    planned = [_planned_group(lesson, course) for lesson in plan.lessons]
    planned.extend(_planned(one, (), None) for one in plan.closing)
    if not planned and not any(finding.keeps_out for finding in check.findings):
        text = _("No file in it can become a lesson.")
        check.findings.append(Finding(file="", text=text, blocks=True))
    return ImportReport(
        path=path,
        title=title[:MAX_TITLE],
        code=course.code or code_from(title),
        topic=course.topic,
        lessons=tuple(planned),
        findings=tuple(sorted(check.findings, key=lambda finding: not finding.keeps_out)),
        unused=tuple(check.unused),
        size=plan.found.size,
        package=package,
        plan=plan,
    )


@dataclass(slots=True)
class _Check:
    found: FoundFolder
    sources: Sequence[LessonSource]
    progress: Progress
    course: CourseFile = field(default_factory=CourseFile)
    findings: list[Finding] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    reads: list[ReadFile] = field(default_factory=list)
    captions: list[CaptionFile] = field(default_factory=list)
    packages: list[LookedOver] = field(default_factory=list)

    def read_all(self) -> None:
        """Read every file that can be part of a lesson."""
        self.findings.extend(self.found.findings)
        files = [file for file in self.found.files if file.name.casefold() != COURSE_FILE]
        for file in set(self.found.files).difference(files):
            self.course = read_course_file(file.path)
            self.findings.extend(self.course.findings)
        for done, file in enumerate(files):
            self.progress.step(done, len(files), file.name)
            self._read(file)
        self._drop_parts()
        self._report_copies()

    def lessons(self) -> tuple[LessonGroup, ...]:
        """Return the lessons, and report what of the rest nobody will see."""
        groups = with_captions(group(self.reads, self.course.language), self.captions)
        taken = {caption.path for one in groups for caption in one.captions}
        for caption in self.captions:
            if caption.path not in taken:
                self._note(caption.untrusted_name, _("There is no recording of that name."))
                self.unused.append(caption.untrusted_name)
        self._report_missing_entries(groups)
        return tuple(self._one_language(one) for one in groups)

    def _read(self, file: FoundFile) -> None:
        if PurePosixPath(file.name).suffix.casefold() in CAPTION_SUFFIXES:
            self._read_captions(file)
            return
        asked = [self._draft(file, source) for source in self._sources_of(file.name)]
        self._take(file, [one for one in asked if not one.draft.is_foreign])

    def _take(self, file: FoundFile, drafts: list[ReadFile]) -> None:
        """Take what readers made of a file; `drafts` are of those who know files of its kind."""
        self.packages.extend(one.draft.package for one in drafts if one.draft.package is not None)
        readable = [one for one in drafts if not is_blocked(one.draft)]
        if readable:
            # Of several readers, the first that has nothing to say against the file.
            usable = min(readable, key=lambda one: bool(one.draft.findings))
            self.findings.extend(usable.draft.findings)
            self.reads.append(usable)
        elif drafts:
            self.findings.extend(drafts[-1].draft.findings)
        else:
            self._leave_out(file.name)

    def _leave_out(self, untrusted_name: str) -> None:
        """Take note that nobody reads a file, and of what would help."""
        self.unused.append(untrusted_name)
        suffix = PurePosixPath(untrusted_name).suffix.casefold()
        if suffix in _OFFICE:
            self._note(untrusted_name, _("Office files do not become lessons: save it as PDF."))
        elif suffix in _OTHER_RECORDINGS:
            text = _("Recordings of this kind do not play. Convert it to MP4, WebM or MP3.")
            self.findings.append(Finding(file=untrusted_name, text=text, omits=True))

    def _sources_of(self, untrusted_name: str) -> Iterator[LessonSource]:
        """Yield who might read a file: the latest in the list knows best, the first takes the rest."""
        suffix = PurePosixPath(untrusted_name).suffix.casefold()
        return (source for source in reversed(self.sources) if suffix in source.suffixes)

    def _draft(self, file: FoundFile, source: LessonSource) -> ReadFile:
        name = read_lesson_name(file.name)
        source_file = SourceFile(
            path=file.path,
            untrusted_name=file.name,
            title=name.title,
            language=name.language,
            root=self.found.root,
            course_title=self.course.title or self.found.root.name,
            settings=_settings(self.course, source.kind, name.base),
        )
        try:
            draft = source.read(source_file, self.progress)
        except Cancelled:
            raise
        except (UserFacingError, OSError) as refusal:
            draft = _refused(source_file, source.kind, _told(refusal))
        return ReadFile(file=source_file, base=name.base, source=source, draft=draft)

    def _read_captions(self, file: FoundFile) -> None:
        name = read_lesson_name(file.name)
        try:
            track = read_captions(file.path, name.language or "")
        except (CaptionsUnreadable, OSError) as refusal:
            self._note(file.name, _told(refusal))
            self.unused.append(file.name)
            return
        for problem in track.problems[:_CAPTION_PROBLEMS]:
            self.findings.append(Finding(file=file.name, text=problem.reason, line=problem.line))
        self.captions.append(
            CaptionFile(
                path=file.path,
                untrusted_name=file.name,
                base=name.base,
                language=name.language,
                media_type=media_type_of(file.path.name),
            )
        )

    def _drop_parts(self) -> None:
        """Take out files that other lessons show; and pictures that lie among such, unused."""
        parts = {
            kept.path
            for read in self.reads
            for kept in read.draft.files
            if kept.path != read.file.path
        }
        folders = {path.parent for path in parts} - {self.found.root}
        kept: list[ReadFile] = []
        for read in self.reads:
            path = read.file.path
            is_picture = path.suffix.casefold() in PICTURE_SUFFIXES
            if path in parts:
                continue
            if is_picture and path.parent in folders:
                self.unused.append(read.file.untrusted_name)
            else:
                kept.append(read)
        self.reads = kept

    def _report_copies(self) -> None:
        sizes = {file.path: file.size for file in self.found.files}
        by_size: dict[int, list[ReadFile]] = {}
        for read in self.reads:
            by_size.setdefault(sizes[read.file.path], []).append(read)
        for alike in by_size.values():
            if len(alike) > 1:
                self._report_same_bytes(alike)

    def _report_same_bytes(self, alike: Sequence[ReadFile]) -> None:
        first: dict[str, str] = {}
        for read in alike:
            name = read.file.untrusted_name
            same = first.setdefault(_sha256(read.file, self.progress), name)
            if same != name:
                text = _("It is the same file as {name}; it is stored once.")
                self._note(name, text.format(name=same))

    def _one_language(self, lesson: LessonGroup) -> LessonGroup:
        """Leave out further languages of a lesson that cannot have any."""
        draft = lesson.reads[0].draft
        if len(lesson.reads) == 1 or draft.plan.variants or draft.has_languages:
            return lesson
        for read in lesson.reads[1:]:
            text = _("This kind of lesson has one language; this file is left out.")
            self._note(read.file.untrusted_name, text)
            self.unused.append(read.file.untrusted_name)
        return LessonGroup(reads=lesson.reads[:1])

    def _report_missing_entries(self, groups: Sequence[LessonGroup]) -> None:
        present = {folded(one.base) for one in groups}
        for name in self.course.lessons:
            if folded(name) not in present:
                text = _("It describes a lesson {name}, for which there is no usable file.")
                self._note(COURSE_FILE, text.format(name=name[:MAX_TITLE]))

    def _note(self, file: str, text: str) -> None:
        self.findings.append(Finding(file=file, text=text))


def _told_by_its_lesson(course: CourseFile, lessons: Sequence[LessonGroup]) -> CourseFile:
    """Return what is known of a course that is one file: what the file says of itself."""
    if len(lessons) != 1 or course.title:
        return course
    draft = lessons[0].reads[0].draft
    spoken = next((variant.language for variant in draft.plan.variants), "")
    return replace(
        course,
        title=draft.plan.title,
        titles=dict(draft.plan.titles),
        description=draft.description[:MAX_TEXT],
        language=spoken or course.language,
    )


def _own_title(package: LookedOver | None) -> str:
    """Return what a package calls itself, also one that is blocked."""
    return "" if package is None or package.manifest is None else visible(package.manifest.title)


def _planned_group(lesson: LessonGroup, course: CourseFile) -> PlannedLesson:
    plan = joined(lesson, [read.draft.plan for read in lesson.reads], course, {})
    files = [read.file.untrusted_name for read in lesson.reads]
    captions = [caption.untrusted_name for caption in lesson.captions]
    return _planned(plan, (*files, *captions), lesson.reads[0].draft.package)


def _planned(plan: LessonPlan, files: tuple[str, ...], package: LookedOver | None) -> PlannedLesson:
    captions = {c.language: None for variant in plan.variants for c in variant.captions}
    return PlannedLesson(
        title=plan.title,
        kind=plan.kind,
        files=files,
        languages=tuple(variant.language for variant in plan.variants),
        caption_languages=tuple(captions),
        seconds=plan.seconds,
        package=package,
    )


def _closing(course: CourseFile) -> tuple[LessonPlan, ...]:
    said = course.acknowledgement
    if said is None:
        return ()
    plan = acknowledgement(
        said.statements,
        language=course.language,
        title=said.title,
        titles=said.titles,
        is_signed=said.is_signed,
    )
    return (plan,)


def _settings(course: CourseFile, kind: str, base: str) -> dict[str, object]:
    """Return what `course.toml` says for a file: a table that names one is for that one only."""
    table = course.settings.get(kind, {})
    named = table.get("file")
    is_other = isinstance(named, str) and folded(read_lesson_name(named).base) != folded(base)
    marks: dict[str, object] = {} if course.pass_mark is None else {"pass_mark": course.pass_mark}
    return marks if is_other else {**marks, **table}


def _told(refusal: UserFacingError | OSError) -> str:
    if isinstance(refusal, UserFacingError):
        return str(refusal)
    return _("It could not be read. {reason}").format(reason=why_refused(refusal))


def _refused(file: SourceFile, kind: str, text: str) -> LessonDraft:
    finding = Finding(file=file.untrusted_name, text=text, blocks=True)
    return LessonDraft(plan=LessonPlan(kind=kind, title=file.title), findings=(finding,))


def _sha256(file: SourceFile, progress: Progress) -> str:
    """Return the hash of a file; its name when it cannot be read, which is nobody else's hash."""
    digest, done = hashlib.sha256(), 0
    try:
        with file.path.open("rb") as opened:
            while block := opened.read(_BLOCK):
                done += len(block)
                progress.step(done, 0, file.untrusted_name)
                digest.update(block)
    except OSError:
        return file.untrusted_name
    return digest.hexdigest()
