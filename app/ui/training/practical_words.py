"""Words and tones for practicals: where a run stands, stages, who may assess."""

from app.core.base.figures import day
from app.core.base.words import _, mark, plural
from app.core.training.practicals import (
    STAGES_IN_WORDS,
    AssessmentVerdict,
    Hand,
    PracticalRecord,
    Qualification,
    Qualified,
    Registered,
    RunState,
    Stage,
    Stands,
)
from app.ui.kit.theme import Tone

STATES = {
    RunState.OPEN: (mark("Not begun"), Tone.NEUTRAL),
    RunState.PRACTISING: (mark("Under way"), Tone.INFO),
    RunState.TO_SIGN: (mark("To be signed"), Tone.WARNING),
    RunState.NOT_YET: (mark("Not yet competent"), Tone.WARNING),
    RunState.COMPETENT: (mark("Competent"), Tone.SUCCESS),
}
QUALIFIED = {
    Qualified.NEVER: (mark("Not appointed"), Tone.NEUTRAL),
    Qualified.TO_COME: (mark("Begins later"), Tone.INFO),
    Qualified.QUALIFIED: (mark("May assess"), Tone.SUCCESS),
    Qualified.LAPSED: (mark("Ended"), Tone.DANGER),
}
REGISTERED = {Registered.ASSESSOR: mark("Assessor"), Registered.TRAINER: mark("Trainer")}
VERDICT_TONES = {AssessmentVerdict.COMPETENT: Tone.SUCCESS, AssessmentVerdict.NOT_YET: Tone.WARNING}
HANDS = {Hand.LEARNER: mark("Learner"), Hand.ASSESSOR: mark("Assessor")}


def stage_in_words(stands: Stands) -> str:
    """Return the stage and how far it is, as a list says it."""
    words = _(STAGES_IN_WORDS[stands.stage])
    if stands.stage is Stage.ASSESSED:
        return words
    return _("{stage}, {done} of {needed}").format(
        stage=words, done=stands.done, needed=stands.needed
    )


def standing_in_words(record: PracticalRecord) -> tuple[str, Tone]:
    """Return where a record stands, as a chip says it."""
    words, tone = STATES[record.stands.state]
    return _(words), tone


def lapsed_in_words(title: str, qualification: Qualification) -> str:
    """Return what a strip says to an assessor who may not sign; "" to one who may."""
    if qualification.state is Qualified.LAPSED and qualification.since is not None:
        return _("{title}: your assessor status ended {day}. You can observe, not sign.").format(
            title=title, day=day(qualification.since)
        )
    if qualification.state is Qualified.TO_COME and qualification.since is not None:
        return _("{title}: you are an assessor from {day} on.").format(
            title=title, day=day(qualification.since)
        )
    return ""


def steps_in_words(count: int, critical: int) -> str:
    """Return how many steps a form has, and how many of them are critical."""
    steps = plural("{count} step", "{count} steps", count)
    return _("{steps}, {critical} critical").format(steps=steps, critical=critical)
