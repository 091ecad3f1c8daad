"""What reports are for, and how their states are coloured."""

from app.core.base.words import _, mark
from app.ui.kit.theme import Tone

QUESTIONS = {
    "completion-by-department": (mark("Which departments hold what they must?"), "building-2"),
    "completion-by-course": (mark("Which courses are held, and which lag behind?"), "library"),
    "people-status": (mark("Where does each person stand with each course?"), "users"),
    "overdue": (mark("Who is late, since when, and who answers for them?"), "triangle-alert"),
    "expiring": (mark("What has expired, and what will expire soon?"), "calendar-clock"),
    "scores-by-department": (mark("How do departments do in their quizzes?"), "gauge"),
    "scores-by-course": (mark("How hard is each course's quiz?"), "target"),
    "questions": (mark("Which questions are too hard, too easy, or unclear?"), "list-checks"),
    "certificates": (mark("Which certificates were issued, and do they hold?"), "award"),
    "files-that-left": (mark("Which files and papers left, with whom, and whither?"), "send"),
    "sign-ins": (mark("Who signed in when, and who was refused?"), "log-in"),
}
"""By the report's key: the question it answers, and its icon."""

_TONES = {
    "overdue": Tone.DANGER,
    "lapsed": Tone.DANGER,
    "expired": Tone.DANGER,
    "revoked": Tone.DANGER,
    "refused": Tone.DANGER,
    "locked": Tone.DANGER,
    "failed": Tone.DANGER,
    "due_soon": Tone.WARNING,
    "expiring": Tone.WARNING,
    "in_progress": Tone.INFO,
    "under_way": Tone.INFO,
    "confirmed": Tone.INFO,
    "valid": Tone.SUCCESS,
    "passed": Tone.SUCCESS,
    "in": Tone.SUCCESS,
}


def tone_of(state: str) -> Tone:
    """Return the tone of a state's key; neutral for what is neither good nor bad."""
    return _TONES.get(state, Tone.NEUTRAL)


def question_of(report: str) -> str:
    """Return the question that a report answers; "" for one that has none yet."""
    return _(QUESTIONS[report][0]) if report in QUESTIONS else ""


def icon_of(report: str) -> str:
    """Return a report's icon."""
    return QUESTIONS[report][1] if report in QUESTIONS else "table"
