"""The forms of a session: its plan, a toolbox talk, and when it really was."""

from datetime import date, datetime, timedelta

from app.core.base.words import _
from app.core.training import TrainingRefused
from app.core.training.sessions import GROUP_QUIZZES, GroupQuiz, SessionDetail, SessionPlan
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.training.requirement_forms import codes_in

_TWO_WEEKS = 14 * 24 * 60


class SessionForm(Form):
    """What is planned: of a new session, or of one that is there."""

    def __init__(self, now: datetime, found: SessionDetail | None = None) -> None:
        super().__init__()
        one = None if found is None else found.summary
        start = (_next_quarter(now) if one is None else one.starts_at).astimezone()
        self.title = TextField(_("Title"), "" if one is None else one.title, required=True)
        self.requirements = TextField(
            _("Proves"),
            "" if found is None else ", ".join(each.code for each in found.requirements),
            hint=_("Codes of requirements with commas between; none: attendance alone."),
        )
        self.day = DateField(_("Day"), start.date(), required=True)
        self.time = TextField(_("Starts at"), f"{start:%H:%M}", required=True, placeholder="14:00")
        length = 60 if one is None else int((one.ends_at - one.starts_at).total_seconds() // 60)
        self.minutes = NumberField(
            _("Lasts"), length, least=1, most=_TWO_WEEKS, suffix=_(" minutes")
        )
        self.venue = TextField(_("Venue"), "" if one is None else one.venue)
        self.trainers = TextField(
            _("Led by"),
            "" if found is None else ", ".join(_named(found)),
            hint=_("Numbers, logins, or names from outside, with commas. Empty: you."),
        )
        self.seats = NumberField(
            _("Seats"),
            0 if one is None or one.seats is None else one.seats,
            most=10_000,
            hint=_("0: as many as come."),
        )
        self.threshold = NumberField(
            _("Counts from"),
            80 if found is None else found.threshold,
            most=100,
            suffix=_(" % of the time"),
        )
        self.course = TextField(
            _("Course to show"),
            "" if found is None else found.course,
            hint=_("Its code. What is shown counts for all who are there."),
        )
        self.quiz: ComboField[GroupQuiz] = ComboField(
            _("Quiz"), [(kind, _(GROUP_QUIZZES[kind])) for kind in GroupQuiz]
        )
        self.quiz.set_value(GroupQuiz.NONE if found is None else found.quiz)
        for field in (self.title, self.requirements):
            self.add(field)
        self.add_beside(self.day, self.time)
        self.add_beside(self.minutes, self.venue)
        self.add(self.trainers)
        self.add_beside(self.seats, self.threshold)
        self.add(self.course)
        self.add(self.quiz)

    def plan(self) -> SessionPlan:
        """Return what stands there. Raises TrainingRefused for a time that is none."""
        start = moment_of(self.day.value(), self.time.value())
        return SessionPlan(
            title=self.title.value(),
            starts_at=start,
            ends_at=start + timedelta(minutes=self.minutes.value()),
            venue=self.venue.value(),
            requirements=codes_in(self.requirements.value()),
            trainers=codes_in(self.trainers.value()),
            course=self.course.value() or None,
            seats=self.seats.value() or None,
            threshold=self.threshold.value(),
            quiz=self.quiz.value() or GroupQuiz.NONE,
        )


class TalkForm(Form):
    """Three fields: topic, minutes, and what it proves, if anything."""

    def __init__(self) -> None:
        super().__init__()
        self.topic = TextField(_("Topic"), required=True)
        self.minutes = NumberField(_("Lasts"), 10, least=1, most=240, suffix=_(" minutes"))
        self.requirements = TextField(
            _("Proves"), hint=_("Codes of requirements with commas between; mostly none.")
        )
        for field in (self.topic, self.minutes, self.requirements):
            self.add(field)


class EndForm(Form):
    """From when to when a session really was."""

    def __init__(self, began: datetime, ended: datetime) -> None:
        super().__init__()
        self._day = began.astimezone().date()
        self._last = ended.astimezone().date()
        self._known = (began, ended)
        self.began = TextField(
            _("Began"), f"{began.astimezone():%H:%M}", required=True, placeholder="14:00"
        )
        self.ended = TextField(
            _("Ended"), f"{ended.astimezone():%H:%M}", required=True, placeholder="15:00"
        )
        self.add_beside(self.began, self.ended)

    def times(self) -> tuple[datetime, datetime]:
        """Return both; what was not changed keeps its seconds. Raises TrainingRefused."""
        began = _kept(self._known[0], moment_of(self._day, self.began.value()))
        return began, _kept(self._known[1], moment_of(self._last, self.ended.value()))


def moment_of(day: date | None, time: str) -> datetime:
    """Return a local time of a day as an instant. Raises TrainingRefused for a time that is none."""
    try:
        hour, minute = (int(part) for part in time.replace(".", ":").split(":"))
        chosen = day or date.max
        return datetime(chosen.year, chosen.month, chosen.day, hour, minute).astimezone()
    except ValueError:
        raise TrainingRefused(
            _("“{text}” is not a time.").format(text=time), _("Write it as 14:00.")
        ) from None


def _kept(known: datetime, typed: datetime) -> datetime:
    same = known.astimezone().replace(second=0, microsecond=0) == typed
    return known if same else typed


def _next_quarter(now: datetime) -> datetime:
    return now + timedelta(minutes=15 - now.minute % 15)


def _named(found: SessionDetail) -> list[str]:
    return [one.typed for one in found.trainers]
