"""Questions from files and to files, in any format of `BANK_FORMATS`; pictures and sounds for questions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from app.core.assessments.advising import advice
from app.core.assessments.bank_errors import FormatUnknown, NothingToImport
from app.core.assessments.bank_examples import examples
from app.core.assessments.bank_pictures import PICTURES, picture_problems
from app.core.assessments.bank_queries import bank_row, end_of, entries_in_use
from app.core.assessments.bank_types import BankReport
from app.core.assessments.bank_writing import add_bank, add_questions
from app.core.assessments.formats import (
    BANK_FORMATS,
    BankExport,
    BankFileTooLarge,
    BankLimits,
    BankQuestion,
    Problem,
    export_bank,
    export_format,
    recognised_format,
)
from app.core.assessments.markup import kind_of, plain_text
from app.core.assessments.question_media import beside, media_names, media_type, with_media
from app.core.assessments.types import MediaRef, Question
from app.core.base.actor import Actor, Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.progress import Progress
from app.core.base.refusals import why_refused
from app.core.base.words import _
from app.core.content import AssetMissing, AssetStore, FileUnreadable, Staging, probe_image
from app.core.egress import Document, Egress, FileKind, Leaving
from app.core.journal import Site, Unit

SOUNDS = (".mp3", ".ogg", ".wav", ".m4a")
_TABLE = "xlsx"
_LARGEST_MEDIA = 50 * 1024 * 1024
_LONGEST_NAME = 60
_OUTSIDE_NAMES = ':\\/"<>|*?%#&\0\n\r\t()[]'


class MediaRefused(UserFacingError):
    """A file cannot be shown or played in a question."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            _("{name} cannot be put into a question: {reason}").format(name=name, reason=reason),
            safe=_("Nothing was changed."),
        )


class BankFiles:
    """Imports, exports, and files that questions show. A check writes nothing."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets
        self._egress = Egress(site)

    def check(self, actor: Actor, path: Path, progress: Progress) -> BankReport:
        """Say what would become of a file.

        Raises FormatUnknown, FileUnreadable, BankFileTooLarge, TooManyQuestions, NotText.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        untrusted = _read(path, BankLimits().file_bytes)
        format_ = recognised_format(untrusted, path.name)
        if format_ is None:
            raise FormatUnknown(path.name, ", ".join(_(one.title) for one in BANK_FORMATS))
        found = format_.read(untrusted, progress)
        there = beside(path)
        wanted = media_names(one.question for one in found.questions)
        wanted -= {one.name for one in found.files}
        files = {name: there[name] for name in sorted(wanted & there.keys())}
        return BankReport(
            path=path,
            title=path.name.removesuffix(path.suffix).strip() or path.name,
            format=format_.key,
            counts=Counter(one.question.type for one in found.questions),
            problems=(
                *found.problems,
                *picture_problems(found.files, files.values()),
                *_advised(one.question for one in found.questions),
            ),
            missing=tuple(sorted(wanted - there.keys())),
            files=files,
            found=found,
        )

    def import_bank(self, actor: Actor, report: BankReport, title: str, progress: Progress) -> UUID:
        """Make a bank of what a check found; return its id. Raises NothingToImport."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        _require_some(report)
        with self._assets.staging() as staging:
            _copy(staging, report, progress)
            with self._site.transaction(actor, "bank.import") as unit:
                bank = add_bank(unit, title.strip() or report.title)
                self._store(unit, staging, bank.id, report, progress)
                staging.settle()
            return bank.id

    def import_into(
        self, actor: Actor, bank_id: UUID, report: BankReport, progress: Progress
    ) -> int:
        """Add what a check found to a bank; return how many questions. Raises NothingToImport."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        _require_some(report)
        with self._assets.staging() as staging:
            _copy(staging, report, progress)
            with self._site.transaction(actor, "bank.import") as unit:
                self._store(unit, staging, bank_row(unit, bank_id).id, report, progress)
                staging.settle()
        return len(report.found.questions)

    def export(
        self,
        actor: Actor,
        bank_id: UUID,
        format_key: str,
        out: Path,
        progress: Progress | None = None,
        *,
        overwrite: bool = False,
    ) -> BankExport:
        """Write the questions in use to a file; return what the format could not say.

        Raises NotFound for a format or bank, FileTaken, CannotSave, DiskFull, PlaceGone, PlaceReadOnly.
        """
        actor.require_anywhere(Capability.VIEW_COURSES)
        format_ = export_format(format_key)
        with self._site.read() as session:
            title = bank_row(session, bank_id).title
            known = entries_in_use(session, bank_id)
        written = export_bank(
            format_,
            [BankQuestion(question=one.question) for one in known],
            self._content_of,
            progress,
        )
        leaving = Leaving(kind=FileKind.QUESTION_BANK, title=title, records=len(known))
        document = Document(content=written.content, leaving=leaving)
        self._egress.save(actor, out, document, overwrite=overwrite)
        return written

    def template(self, actor: Actor) -> Document:
        """Return the Excel table that authors fill, with an example in each row."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        content = export_format(_TABLE).render([BankQuestion(question=one) for one in examples()])
        leaving = Leaving(kind=FileKind.QUESTION_BANK, title=_("Template of questions"))
        return Document(content=content, leaving=leaving)

    def _content_of(self, media: MediaRef) -> bytes | None:
        try:
            return None if media.sha256 is None else self._assets.read(media.sha256)
        except AssetMissing:
            return None

    def attach(self, actor: Actor, path: Path, progress: Progress) -> MediaRef:
        """Store a picture or sound for a question. Raises MediaRefused, FileUnreadable, DiskFull."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        suffix = path.suffix.lower()
        if suffix not in PICTURES + SOUNDS:
            kinds = " ".join(PICTURES + SOUNDS)
            raise MediaRefused(path.name, _("it must be one of {kinds}.").format(kinds=kinds))
        if _size(path) > _LARGEST_MEDIA:
            most = size(_LARGEST_MEDIA)
            raise MediaRefused(path.name, _("it is larger than {most}.").format(most=most))
        if suffix in PICTURES and (problems := probe_image(path).problems):
            raise MediaRefused(path.name, problems[0])
        with self._assets.staging() as staging:
            staging.copy(path, progress)
            with self._site.transaction(actor, "question.attach") as unit:
                stored = staging.add_file(unit, path, media_type(path.name), progress)
                staging.settle()
        name = f"{_plain_name(path.stem)}-{stored.sha256[:8]}{suffix}"
        return MediaRef(name=name, sha256=stored.sha256, kind=kind_of(name))

    def _store(
        self, unit: Unit, staging: Staging, bank_id: UUID, report: BankReport, progress: Progress
    ) -> None:
        stored = {
            name: staging.add_file(unit, path, media_type(name), progress).sha256
            for name, path in report.files.items()
        }
        for file in report.found.files:
            kept = staging.add_bytes(unit, file.content, media_type(file.name), file.name)
            stored[file.name] = kept.sha256
        questions = [with_media(_tagged(one), stored) for one in report.found.questions]
        add_questions(unit, bank_id, end_of(unit, bank_id), questions, self._site.clock.now())


def _copy(staging: Staging, report: BankReport, progress: Progress) -> None:
    for path in report.files.values():
        staging.copy(path, progress)
    for one in report.found.files:
        staging.keep(one.content)


def _require_some(report: BankReport) -> None:
    if not report.can_import:
        why = report.left_out[0].reason if report.left_out else ""
        raise NothingToImport(report.path.name, why)


def _read(path: Path, limit: int) -> bytes:
    if _size(path) > limit:
        raise BankFileTooLarge(_size(path), limit)
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path.name, why_refused(error)) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise FileUnreadable(path.name, why_refused(error)) from error


def _tagged(one: BankQuestion) -> Question:
    """Return the question with the category it stood in as a tag: banks have tags, no folders."""
    category = " / ".join(one.category)
    tags = one.question.tags
    if not category or category in tags:
        return one.question
    return replace(one.question, tags=(*tags, category))


def _plain_name(untrusted: str) -> str:
    """Return a name that can stand in a text: no signs that mean something there."""
    signs = (
        "-" if sign in _OUTSIDE_NAMES or sign.isspace() or not sign.isprintable() else sign
        for sign in untrusted
    )
    return "".join(signs)[:_LONGEST_NAME].strip(".-") or "file"


def _advised(questions: Iterable[Question]) -> Iterator[Problem]:
    """Yield what an author should look at again, of questions that come in all the same."""
    for one in questions:
        name = one.name or plain_text(one.stem)[:_LONGEST_NAME]
        for sentence in advice(one):
            yield Problem(line=0, question_name=name, reason=sentence, left_out=False)
