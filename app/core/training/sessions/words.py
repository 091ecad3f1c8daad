"""Sessions in words: the core's tables and the command line share them with the screens."""

from app.core.base.figures import day
from app.core.base.words import _, mark, plural
from app.core.training.sessions.kinds import (
    GroupQuiz,
    Method,
    Place,
    QuizTurn,
    RollMark,
    SessionEvent,
    SessionKind,
    SessionState,
)
from app.core.training.sessions.types import CourseRevised, SessionSummary

KINDS = {
    SessionKind.CLASS: mark("Class"),
    SessionKind.TALK: mark("Toolbox talk"),
    SessionKind.DRILL: mark("Drill"),
}
STATES = {
    SessionState.PLANNED: mark("Planned"),
    SessionState.OPEN: mark("Under way"),
    SessionState.HELD: mark("To be signed"),
    SessionState.SIGNED: mark("Signed"),
    SessionState.CLOSED: mark("Closed"),
    SessionState.CANCELLED: mark("Cancelled"),
}
EVENTS = {
    SessionEvent.OPENED: mark("Roll opened"),
    SessionEvent.HELD: mark("Ended"),
    SessionEvent.CLOSED: mark("Closed"),
    SessionEvent.CANCELLED: mark("Cancelled"),
}
MARKS = {
    RollMark.IN: mark("Came"),
    RollMark.OUT: mark("Went"),
    RollMark.STRUCK: mark("Struck out"),
}
METHODS = {
    Method.BADGE: mark("Badge"),
    Method.NUMBER: mark("Number typed"),
    Method.TICK: mark("Ticked"),
    Method.SHEET: mark("Sign-in sheet"),
    Method.PIN: mark("Own PIN"),
}
PLACES = {
    Place.SEATED: mark("On the list"),
    Place.WAITING: mark("Waits for a seat"),
    Place.LEFT: mark("Has left by then"),
    Place.WALK_IN: mark("Walked in"),
}
QUIZZES = {
    GroupQuiz.NONE: mark("None"),
    GroupQuiz.TALLY: mark("Show of hands"),
    GroupQuiz.INDIVIDUAL: mark("Each on a PC afterwards"),
    GroupQuiz.REQUIRED: mark("Each on a PC afterwards; the class counts once it is passed"),
}
TURNS = {
    QuizTurn.WAITING: mark("Waits"),
    QuizTurn.UNDER_WAY: mark("Takes it now"),
    QuizTurn.FAILED: mark("Not passed, may try again"),
    QuizTurn.USED_UP: mark("No attempt left"),
    QuizTurn.PASSED: mark("Passed"),
}


def beyond_seats_in_words(one: SessionSummary) -> str:
    """Return that more came than there are seats; "" where they did not."""
    if not one.beyond_seats or one.seats is None:
        return ""
    return _("{came} came, {more} more than the {seats} seats.").format(
        came=one.came, more=one.beyond_seats, seats=one.seats
    )


def undecided_in_words(count: int) -> str:
    """Return for how many it is to be said whether it counts: they were in two rooms."""
    return plural(
        "{count} was in another room at the same time: say on the roll whether it counts.",
        "{count} were in another room at the same time: say on the roll whether it counts.",
        count,
    )


def revised_in_words(revised: CourseRevised) -> str:
    """Return that a course was revised since it was shown or asked, and which version that was."""
    return _(
        "Held by version {versions} of the course; version {now} is in force since {day}"
    ).format(
        versions=", ".join(map(str, revised.held_by)),
        now=revised.now,
        day=day(revised.since.astimezone().date()),
    )


def lacks_trainer_in_words(title: str, code: str) -> str:
    """Return that a session proves a requirement for nobody, for want of a trainer of the register."""
    return _(
        "Does not count for {title} ({code}): nobody who leads it is a trainer of the register"
    ).format(title=title, code=code)
