"""The forms of a session: its plan, a toolbox talk, and when it really was."""

from datetime import date, datetime, timedelta

from app.core.base.words import _
from app.core.training import TrainingRefused
from app.core.training.sessions import GROUP_QUIZZES, GroupQuiz, SessionPlan
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole
from app.ui.training.requirement_forms import codes_in

_TWO_WEEKS = 14 * 24 * 60
_AN_HOUR = timedelta(hours=1)


class SessionForm(Form):
    """What is planned: of a new session, or of one that is there."""

    def __init__(self, plan: SessionPlan) -> None:
        super().__init__()
        start = plan.starts_at.astimezone()
        length = int((plan.ends_at - plan.starts_at).total_seconds() // 60)
        self.title = TextField(_("Title"), plan.title, required=True)
        self.requirements = TextField(
            _("Proves"),
            ", ".join(plan.requirements),
            hint=_("Codes of requirements with commas between; none: attendance alone."),
        )
        self.day = DateField(_("Day"), start.date(), required=True)
        self.time = TextField(_("Starts at"), f"{start:%H:%M}", required=True, placeholder="14:00")
        self.minutes = NumberField(
            _("Lasts"), length, least=1, most=_TWO_WEEKS, suffix=_(" minutes")
        )
        self.venue = TextField(_("Venue"), plan.venue)
        self.trainers = TextField(
            _("Led by"),
            ", ".join(plan.trainers),
            hint=_("Numbers, logins, or names from outside, with commas. Empty: you."),
        )
        self.seats = NumberField(
            _("Seats"), plan.seats or 0, most=10_000, hint=_("0: as many as come.")
        )
        self.threshold = NumberField(
            _("Counts from"), plan.threshold, most=100, suffix=_(" % of the time")
        )
        self.course = TextField(
            _("Course to show"),
            plan.course or "",
            hint=_("Its code. What is shown counts for all who are there."),
        )
        self.quiz: ComboField[GroupQuiz] = ComboField(
            _("Quiz"), [(kind, _(GROUP_QUIZZES[kind])) for kind in GroupQuiz]
        )
        self.quiz.set_value(plan.quiz)
        self.hours_told = PlainLabel("", TextRole.MUTED, wrap=True)
        self.why: TextField | None = None
        """Asked for once it is over."""
        self._lay_out()

    def ask_why(self) -> None:
        """Ask for the reason, which whoever signs the attendance reads."""
        self.why = TextField(
            _("Why is it changed after it was over?"),
            required=True,
            hint=_("Whoever signs the attendance reads this."),
        )
        self.add(self.why)

    def _lay_out(self) -> None:
        for field in (self.title, self.requirements):
            self.add(field)
        self.add_beside(self.day, self.time)
        self.add_part(self.hours_told)
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
        self.last_day: DateField | None = None
        """Asked for what goes over midnight, or was forgotten."""
        if self._last != self._day:
            self.last_day = DateField(_("Ended on"), self._last, required=True)
            self.add(self.last_day)

    def times(self) -> tuple[datetime, datetime]:
        """Return both; what was not changed keeps its seconds. Raises TrainingRefused."""
        began = _kept(self._known[0], moment_of(self._day, self.began.value()))
        last = self._last if self.last_day is None else self.last_day.value()
        return began, _kept(self._known[1], moment_of(last, self.ended.value()))


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


def moment_within(day: date, time: str, begin: datetime, end: datetime) -> datetime:
    """Return a local time of a day, or of a day beside it where it lies in a session over midnight."""
    days = (day, day - timedelta(days=1), day + timedelta(days=1))
    found = [moment_of(one, time) for one in days]
    return next((one for one in found if begin <= one <= end), found[0])


def _kept(known: datetime, typed: datetime) -> datetime:
    same = known.astimezone().replace(second=0, microsecond=0) == typed
    return known if same else typed


def blank_plan(now: datetime) -> SessionPlan:
    """Return what a new plan begins with: an hour from the next quarter on."""
    start = now + timedelta(minutes=15 - now.minute % 15)
    return SessionPlan(title="", starts_at=start, ends_at=start + _AN_HOUR)
