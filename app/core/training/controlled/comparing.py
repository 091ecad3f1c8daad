"""Two revisions of a document side by side: what is said of them, and which words differ on which page.

Words alone are compared. A page that is only a picture has none, and a drawing on a page of text may have
changed unseen: both are said.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from app.core.approvals import (
    Comparison,
    Description,
    Difference,
    Part,
    PartDifference,
    compare,
    differences,
)
from app.core.base.actor import Actor
from app.core.base.clock import local_day
from app.core.base.figures import day, number
from app.core.base.progress import Progress
from app.core.base.words import LANGUAGES, _, plural
from app.core.content import AssetStore, page_texts
from app.core.journal import Site
from app.core.training.controlled import queries
from app.core.training.controlled.access import require_look
from app.core.training.controlled.aligning import aligned
from app.core.training.controlled.checks import is_picture
from app.core.training.controlled.types import Revision, RevisionFile
from app.core.training.controlled.words import CHANGE_CLASSES
from app.core.training.errors import TrainingRefused

_SHORT = 16
"""Digits of a hash that tell two files apart to the eye."""


class RevisionComparing:
    """Compares revisions. Who may: whoever assigns, approves or looks at records."""

    def __init__(self, site: Site, assets: AssetStore) -> None:
        self._site = site
        self._assets = assets

    def compare(
        self, actor: Actor, before_id: UUID, after_id: UUID, progress: Progress
    ) -> Comparison:
        """Compare two revisions of one document. Raises NotFound, TrainingRefused, AssetMissing."""
        require_look(actor)
        before, after = self._revisions(before_id, after_id)
        files = _by_language(before), _by_language(after)
        languages = [one for one in LANGUAGES if one in files[0] or one in files[1]]
        others = {*files[0], *files[1]} - set(languages)
        whole = list(differences(_described(before), _described(after)))
        parts: list[PartDifference] = []
        for language in (*languages, *sorted(others)):
            old = self._texts(files[0].get(language), progress)
            new = self._texts(files[1].get(language), progress)
            name = LANGUAGES.get(language, language)
            whole += _pictures(name, old, new)
            parts += compare(*_pages(name, language, old, new)).parts
        if not parts:
            whole.append(Difference(name=_("Words"), before="", after=_("No words differ.")))
        return Comparison(whole=tuple(whole), parts=tuple(parts))

    def _revisions(self, before_id: UUID, after_id: UUID) -> tuple[Revision, Revision]:
        today = local_day(self._site.clock)
        with self._site.read() as session:
            rows = [queries.revision_row(session, one) for one in (before_id, after_id)]
            if rows[0].document_id != rows[1].document_id or rows[0].id == rows[1].id:
                raise TrainingRefused(
                    _("These are not two revisions of one document."),
                    _("Choose two revisions of the same document."),
                )
            known = queries.known(session, rows[0].document_id, today)
            return known.value(rows[0], today), known.value(rows[1], today)

    def _texts(self, file: RevisionFile | None, progress: Progress) -> tuple[str, ...]:
        """Return the words of each page of a file; none for a file that is not there."""
        if file is None:
            return ()
        if is_picture(file.name):
            return ("",) * file.pages
        return page_texts(self._assets.read(file.sha256), progress)


def _by_language(revision: Revision) -> dict[str, RevisionFile]:
    return {one.language: one for one in revision.files}


def _described(one: Revision) -> Description:
    """Return what is said of a revision beside its pages, by names."""
    said = {
        _("In force from"): day(one.effective_from),
        _("Review due"): "" if one.review_due is None else day(one.review_due),
        _("How much it changes"): _(CHANGE_CLASSES[one.change_class]),
        _("What changed"): one.summary,
    }
    files = {
        LANGUAGES.get(each.language, each.language): ", ".join(
            (
                each.name,
                plural("{count} page", "{count} pages", each.pages),
                f"SHA-256 {each.sha256[:_SHORT]}…",
            )
        )
        for each in one.files
    }
    return {**said, **files}


def _pages(
    name: str, language: str, old: Sequence[str], new: Sequence[str]
) -> tuple[list[Part], list[Part]]:
    """Return the pages of two files as parts; a page and what became of it have one key."""
    before, after = [], []
    for place, (one, other) in enumerate(aligned(old, new)):
        key = uuid5(UUID(int=0), f"{language} {place}")
        if one is not None:
            before.append(_page(key, _title(name, one), old[one]))
        if other is not None:
            title = _title(name, other)
            if one is not None and one != other:
                title = _("{page} (before: page {number})").format(
                    page=title, number=number(one + 1)
                )
            after.append(_page(key, title, new[other]))
    return before, after


def _page(key: UUID, title: str, text: str) -> Part:
    lines: Mapping[str, str] = {_("Words"): text} if text else {}
    return Part(key=key, title=title, lines=lines, stored=text, by_words=True)


def _title(name: str, place: int) -> str:
    return _("{language}, page {number}").format(language=name, number=number(place + 1))


def _pictures(name: str, old: Sequence[str], new: Sequence[str]) -> list[Difference]:
    """Return on which pages there is nothing to compare."""
    told = tuple(map(_without_words, (old, new)))
    if not any(told):
        return []
    title = _("{language}: pages without words").format(language=name)
    return [Difference(name=title, before=told[0], after=told[1])]


def _without_words(texts: Sequence[str]) -> str:
    pages = [number(place) for place, text in enumerate(texts, start=1) if not text]
    if not pages:
        return ""
    return _("Only a picture, look at it: page {pages}").format(pages=", ".join(pages))
