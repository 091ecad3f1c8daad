"""Writing questions out: what a format cannot say is found by reading back what was written.

No format keeps a list of what it loses: each question is written alone, read again and compared, so
that whoever exports learns exactly what whoever imports will miss.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from app.core.assessments.formats.assembling import NotAsked, name_of
from app.core.assessments.formats.base import (
    BankExport,
    BankImport,
    BankQuestion,
    ExportFormat,
    MediaSource,
    Problem,
    no_media,
)
from app.core.assessments.question_types import question_type
from app.core.assessments.rules import question_problems
from app.core.assessments.stored import media_of
from app.core.assessments.types import Question, RichText
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _, mark

_NOT_CARRIED = {
    "name": mark("Its name is not carried."),
    "points": mark("Its points are not carried."),
    "critical": mark("That it is critical is not carried."),
    "tags": mark("Its tags are not carried."),
    "language": mark("Its language is not carried."),
    "translations": mark("Its translations are not carried."),
    "feedback": mark("Its feedback is not carried as it is."),
    "stem": mark("Its texts are written in another form."),
    "text": mark("Its texts are written in another form."),
    "credit": mark("Its rule of credit is not carried as it is."),
    "share": mark("A share is rounded or not carried."),
    "pinned": mark("That an option keeps its place is not carried."),
    "pattern": mark("An accepted answer is written in another form."),
    "case_matters": mark("That capital letters matter is not carried."),
    "decimal_mark": mark("That the comma is the decimal mark is not carried."),
    "near": mark("A tolerance is written in another form."),
    "within": mark("A range is written as a number with its tolerance."),
    "other_feedback": mark("Its feedback is not carried as it is."),
    "feedback_true": mark("Its feedback is not carried as it is."),
    "feedback_false": mark("Its feedback is not carried as it is."),
    "weight": mark("How much its gaps count is not carried."),
}


def export_bank(
    format_: ExportFormat,
    bank: Sequence[BankQuestion],
    media: MediaSource = no_media,
    progress: Progress | None = None,
) -> BankExport:
    """Return the questions in a format, and what of them it does not carry. Raises Cancelled."""
    watch = progress or NoProgress()
    kept: list[BankQuestion] = []
    problems: list[Problem] = []
    for done, one in enumerate(bank):
        watch.step(done, len(bank))
        try:
            losses = list(_losses(format_, one, media))
        except NotAsked as error:
            problems.append(_problem(one, error.reason, lost=True))
            continue
        kept.append(one)
        problems.extend(_problem(one, loss, lost=False) for loss in losses)
    return BankExport(content=format_.render(kept, media), problems=tuple(problems))


def differences(one: Question, other: Question) -> Iterator[str]:
    """Yield, as sentences, in what two questions differ; keys alone, and stored hashes, do not count."""
    if one.type != other.type:
        yield _("It comes back as a question of another type.")
        return
    told = dict.fromkeys(_changed_fields(_numbered(one), _numbered(other)))
    sentences = (_NOT_CARRIED.get(name, mark("A part of it is not carried.")) for name in told)
    yield from dict.fromkeys(_(sentence) for sentence in sentences)


def _problem(one: BankQuestion, reason: str, *, lost: bool) -> Problem:
    return Problem(line=0, question_name=name_of(one.question), reason=reason, left_out=lost)


def _losses(format_: ExportFormat, one: BankQuestion, media: MediaSource) -> Iterable[str]:
    """Yield what is lost of a question. Raises NotAsked when it does not come through at all."""
    if faults := question_problems(one.question):
        raise NotAsked(_("It is not ready: {reason}").format(reason=faults[0]))
    try:
        back = format_.read(format_.render([one], media), NoProgress())
    except UserFacingError as error:
        raise NotAsked(_("{format} cannot say it.").format(format=_(format_.title))) from error
    if len(back.questions) != 1:
        reason = next((problem.reason for problem in back.problems), "")
        text = _("{format} cannot say it. {reason}")
        raise NotAsked(text.format(format=_(format_.title), reason=reason).strip())
    found = back.questions[0]
    yield from differences(one.question, found.question)
    yield from _around(one, found)
    if _misses_files(one.question, back):
        yield _("Its pictures and recordings do not come with the file.")


def _around(one: BankQuestion, found: BankQuestion) -> Iterator[str]:
    if one.category != found.category:
        yield _("Its category is not carried.")
    if one.external_id != found.external_id:
        yield _("Its identifier is not carried.")


def _misses_files(question: Question, back: BankImport) -> bool:
    carried = {one.name for one in back.files}
    return any(one.name not in carried for one in media_of(question))


def _changed_fields(
    one: Any, other: Any, name: str = ""
) -> Iterator[str]:  # Any: values of any field
    """Yield the names of the innermost fields that differ."""
    parts = _parts(one, other, name)
    if parts is None:
        if not _is_same(one, other):
            yield name
        return
    for before, after, within in parts:
        yield from _changed_fields(before, after, within)


def _parts(one: Any, other: Any, name: str) -> Sequence[tuple[Any, Any, str]] | None:
    """Return what two values are made of, each with the field it is told by; None to compare them whole."""
    if isinstance(one, RichText) and isinstance(other, RichText):
        return None
    if is_dataclass(one) and type(one) is type(other):
        return [
            (getattr(one, each.name), getattr(other, each.name),
             each.name if each.name in _NOT_CARRIED else name)
            for each in fields(one)
        ]  # fmt: skip
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return [(before, after, name) for before, after in zip(one, other, strict=True)]
    return None


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, RichText) and isinstance(other, RichText):
        return _without_hashes(one) == _without_hashes(other)
    return bool(one == other)


def _without_hashes(text: RichText) -> RichText:
    media = tuple(sorted((replace(one, sha256=None) for one in text.media), key=lambda m: m.name))
    return replace(text, media=media)


def _numbered(question: Question) -> Question:
    return replace(question, body=question_type(question.type).numbered(question.body))
