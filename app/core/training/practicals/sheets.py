"""What both read before they sign a result: everything that was seen and concluded, in words."""

from datetime import date, datetime

from app.core.base.figures import day, moment
from app.core.base.words import _, current_language, mark
from app.core.signatures import Meaning
from app.core.training.practicals.deriving import ResultFact, RoundFact
from app.core.training.practicals.kinds import AssessmentVerdict, Hand, Stage, StepMark
from app.core.training.practicals.types import PracticalRecord, SigningSheet

STAGES_IN_WORDS = {
    Stage.OBSERVED: mark("Observed"),
    Stage.GUIDED: mark("With guidance"),
    Stage.INDEPENDENT: mark("Alone"),
    Stage.ASSESSED: mark("Assessment"),
}
MARKS_IN_WORDS = {
    StepMark.DONE: mark("Done"),
    StepMark.NOT_DONE: mark("Not done"),
    StepMark.NOT_APPLICABLE: mark("Not applicable"),
}
VERDICTS_IN_WORDS = {
    AssessmentVerdict.COMPETENT: mark("Competent"),
    AssessmentVerdict.NOT_YET: mark("Not yet competent"),
}
_OF_ASSESSOR = {
    AssessmentVerdict.COMPETENT: Meaning.ASSESSED_COMPETENT,
    AssessmentVerdict.NOT_YET: Meaning.ASSESSED_NOT_YET,
}


def signing_sheet(record: PracticalRecord, result: ResultFact, hand: Hand) -> SigningSheet:
    """Return what one of the two reads and signs."""
    return SigningSheet(
        result_id=result.id,
        hand=hand,
        meaning=meaning_of(hand, result.verdict),
        shown=told(record, result),
        sha256=result.sha256,
    )


def meaning_of(hand: Hand, verdict: AssessmentVerdict) -> Meaning:
    """Return what the signature of one of the two means."""
    return Meaning.PERFORMED if hand is Hand.LEARNER else _OF_ASSESSOR[verdict]


def told(record: PracticalRecord, result: ResultFact) -> str:
    """Return a result with every step, as it is read and printed."""
    seen = record.round_of(result)
    lines = [
        _("Practical: {title} ({code})").format(title=record.title, code=record.code),
        _("Learner: {name} ({number})").format(name=record.name, number=record.number),
        _("Assessor: {name}, {when}").format(name=seen.by_name, when=_when(result.at)),
        form_in_words(record, seen),
        _("Result: {verdict}").format(verdict=_(VERDICTS_IN_WORDS[result.verdict])),
    ]
    if result.remark:
        lines.append(_("Remark: {remark}").format(remark=result.remark))
    proposed = _proposed_before(record, result)
    if proposed is not None:
        lines.append(_("Before the day that was proposed: {day}").format(day=day(proposed)))
    if result.retry_on is not None:
        lines.append(_("Next try proposed: {day}").format(day=day(result.retry_on)))
    lines.append("")
    lines += [_step_line(place, seen) for place in range(len(seen.steps))]
    return "\n".join(lines)


def _proposed_before(record: PracticalRecord, result: ResultFact) -> date | None:
    """Return the latest day that results before proposed for this try, where it came sooner."""
    runs = (
        record.facts,
        *record.earlier,
    )  # what is signed says the same once the run is over by it
    results = [one for run in runs for one in run.results]
    agreed = [one.retry_on for one in results if (one.at, one.id) < (result.at, result.id)]
    came_on = _day_of(result)
    return max((one for one in agreed if one is not None and one > came_on), default=None)


def revised_in_words(record: PracticalRecord, seen: RoundFact) -> str:
    """Return that the form was revised since a round was marked, and by which version that was; else ""."""
    form = record.form
    if form is None or not record.is_revised_since(seen):
        return ""
    return _(
        "Marked by version {number} of the form; version {now} is in force since {day}"
    ).format(number=seen.version, now=form.number, day=day(form.published_at.astimezone().date()))


def form_in_words(record: PracticalRecord, seen: RoundFact) -> str:
    """Return by which version of the form a round was marked, and whether that is still in force."""
    said = _("Form: version {number}").format(number=seen.version)
    form = record.form
    if form is None or not record.is_revised_since(seen):
        return said
    revised = _("revised since: version {now} is in force from {day}").format(
        now=form.number, day=day(form.published_at.astimezone().date())
    )
    return f"{said} ({revised})"


def _step_line(place: int, seen: RoundFact) -> str:
    step = seen.steps[place]
    found = seen.newest.get(step.key)
    star = " ★" if step.is_critical else ""
    words = _("Not seen") if found is None else _(MARKS_IN_WORDS[found.mark])
    text = step.text_in(current_language())
    line = f"{place + 1}. {text}{star}: {words}"
    return f"{line} ({found.remark})" if found is not None and found.remark else line


def _day_of(result: ResultFact) -> date:
    return result.at.astimezone().date()


def _when(at: datetime) -> str:
    return moment(at)
