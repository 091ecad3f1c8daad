"""What may be said of a document and of a revision, and which files can be read here."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.content import (
    PAGE_SUFFIXES,
    AssetStore,
    PdfFacts,
    Staging,
    media_type_of,
    probe_image,
    probe_pdf,
    read_page,
)
from app.core.documents import set_in_type
from app.core.journal import Unit
from app.core.training.controlled.errors import FileRefused
from app.core.training.controlled.types import NewRevision, ReadingTerms, RevisionFile
from app.core.training.errors import TrainingRefused
from app.core.training.requirements.checks import clean_text

PICTURES = (".png", ".jpg", ".jpeg")
DOCUMENT_SUFFIXES = (".pdf", *PICTURES, *sorted(PAGE_SUFFIXES))
"""How the names of files end that a revision may be given as."""
_WRITTEN = (
    ".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".pptx", ".ppt",
)  # fmt: skip
"""What is written with other programs and looks as those show it."""
_MOST_NUMBER, _MOST_LABEL, _MOST_SUMMARY = 60, 20, 2_000
_MOST_PAGE_SECONDS, _MOST_SECONDS = 600, 36_000
_MOST_BYTES = 300_000_000


def clean_number(untrusted: str) -> str:
    """Return a document's number as it is written, without needless spaces. Raises TrainingRefused."""
    number = " ".join(unicodedata.normalize("NFC", untrusted).split())
    if not number or len(number) > _MOST_NUMBER or not number.isprintable():
        raise TrainingRefused(
            _("A document's number has one to {most} letters or digits.").format(most=_MOST_NUMBER),
            _("Give it as it stands on the document, such as SOP-123."),
        )
    return number


def clean_label(untrusted: str) -> str:
    """Return a revision's label. Raises TrainingRefused."""
    label = "".join(unicodedata.normalize("NFC", untrusted).split())
    if not label or len(label) > _MOST_LABEL or not label.isprintable():
        raise TrainingRefused(
            _("A revision has a label of one to {most} letters or digits.").format(
                most=_MOST_LABEL
            ),
            _("Give it as it stands on the document, such as 5 or C."),
        )
    return label


def clean_summary(untrusted: str) -> str:
    """Return what changed. Raises TrainingRefused for what is too long."""
    summary = "\n".join(" ".join(line.split()) for line in untrusted.strip().splitlines())
    if len(summary) > _MOST_SUMMARY:
        raise TrainingRefused(
            _("What changed is too long."),
            _("Use at most {most} letters.").format(most=_MOST_SUMMARY),
        )
    return summary


def check_terms(terms: ReadingTerms) -> ReadingTerms:
    """Return reading terms. Raises TrainingRefused for times that cannot be."""
    for seconds, most in (
        (terms.page_seconds, _MOST_PAGE_SECONDS),
        (terms.least_seconds, _MOST_SECONDS),
    ):
        if not 0 <= seconds <= most:
            raise TrainingRefused(
                _("{count} is no number of seconds for reading.").format(count=seconds),
                _("Give 0 to {most}.").format(most=most),
            )
    return terms


def check_days(new: NewRevision) -> None:
    """Raise TrainingRefused for a review that would be due before the revision is effective."""
    if new.review_due is not None and new.review_due <= new.effective_from:
        raise TrainingRefused(
            _("Its review would be due before it becomes effective."), _("Change one of the days.")
        )


def require_later(effective_from: date, newest: date | None, label: str) -> None:
    """Raise TrainingRefused for a revision that would take effect before one that is approved."""
    if newest is not None and effective_from <= newest:
        raise TrainingRefused(
            _("Revision {label} becomes effective on that day, or later.").format(label=label),
            _("Give a later day: only one revision is in force on a day."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """A file of a revision that can be read here."""

    path: Path
    pages: int
    content: bytes = b""
    """Of a page of text the sheets that it was set on; empty for what is kept as it came."""


def probe(files: dict[str, Path], now: datetime) -> dict[str, Probed]:
    """Return each PDF, picture or page of text by language. Raises FileRefused, in one sentence.

    A page is set in type: what is approved and read are its sheets, and they never change again.
    """
    if not files:
        raise FileRefused(_("There is no file."))
    probed = {}
    for untrusted_language, path in files.items():
        language = clean_language(untrusted_language)
        if path.suffix.casefold() in PAGE_SUFFIXES:
            probed[language] = _set(path, language, now)
            continue
        count = _pages_of(path)
        if path.stat().st_size > _MOST_BYTES:
            raise FileRefused(_("{name} is too large.").format(name=path.name))
        probed[language] = Probed(path=path, pages=count)
    return probed


def _set(path: Path, language: str, now: datetime) -> Probed:
    """Return a page of text, cleaned as the pages of courses are, as sheets. Raises FileRefused."""
    page = read_page(path, path.parent)
    if page.problems:
        raise FileRefused(page.problems[0])
    if page.lost:
        raise FileRefused(
            page.lost[0],
            _("Save it as UTF-8, with its pictures beside it: nothing of a document may be lost."),
        )
    sheets = set_in_type(
        page.html,
        {one.sha256: one.path.read_bytes() for one in page.assets},
        title=page.title or path.stem,
        author="",
        made_at=now,
        language=language,
    )
    return Probed(path=path, pages=sheets.count, content=sheets.content)


def is_picture(name: str) -> bool:
    """Tell whether a file of a revision is a picture: it is shown as one page."""
    return name.casefold().endswith(PICTURES)


def _pages_of(path: Path) -> int:
    name = path.name
    if name.casefold().endswith(_WRITTEN):
        raise FileRefused(
            _(
                "{name} can still be changed by whoever opens it: it is no released document."
            ).format(name=name),
            _("Open it in the program it was written with, save it as PDF, and give that."),
        )
    facts = probe_image(path) if is_picture(name) else probe_pdf(path)
    if facts.problems:
        raise FileRefused(facts.problems[0])
    return facts.pages if isinstance(facts, PdfFacts) else 1


def clean_language(untrusted: str) -> str:
    """Return a language's code. Raises TrainingRefused."""
    language = untrusted.strip().casefold()
    is_short = len(language) in range(2, 9)
    if not is_short or not language.replace("-", "").isalpha():
        raise TrainingRefused(
            _("“{text}” is no language.").format(text=untrusted), _("Give a code as en or hi.")
        )
    return language


def stage(staging: Staging, probed: dict[str, Probed], progress: Progress) -> None:
    """Copy files to where they are kept, before the transaction that names them."""
    for file in probed.values():
        if file.content:
            staging.keep(file.content)
        else:
            staging.copy(file.path, progress)


def add_files(
    unit: Unit, store: AssetStore, probed: dict[str, Probed], progress: Progress
) -> list[RevisionFile]:
    """Keep the files of a revision in the store, by language."""
    kept = []
    for language, file in sorted(probed.items()):
        name = file.path.name
        if file.content:
            name = file.path.with_suffix(".pdf").name
            asset = store.add_bytes(unit, file.content, media_type_of(name), name)
        else:
            asset = store.add_file(unit, file.path, media_type_of(name), progress)
        kept.append(
            RevisionFile(
                language=language,
                sha256=asset.sha256,
                name=name,
                size=asset.size,
                pages=file.pages,
            )
        )
    return kept


def clean_owner(untrusted: str) -> str:
    """Return who answers for a document. Raises TrainingRefused."""
    return clean_text(untrusted, what=_("The owner"))
