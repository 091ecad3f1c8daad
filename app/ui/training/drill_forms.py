"""The forms of a drill: its plan, a count of heads, something seen, and how often it is due."""

from datetime import date

from app.core.base.words import _
from app.core.training.drills import DRILL_KINDS, DrillKind, DrillPlan, DrillRule
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.training.requirement_forms import codes_in
from app.ui.training.session_forms import moment_of


def _kinds() -> ComboField[DrillKind]:
    return ComboField(_("Drill"), [(kind, _(DRILL_KINDS[kind])) for kind in DrillKind])


class DrillForm(Form):
    """A drill that is planned."""

    def __init__(self, today: date, time: str) -> None:
        super().__init__()
        self.kind = _kinds()
        self.title = TextField(_("Title"), hint=_("Empty: as the drill is called."))
        self.day = DateField(_("Day"), today, required=True)
        self.time = TextField(_("Starts at"), time, required=True, placeholder="14:00")
        self.venue = TextField(_("Venue"))
        self.shift = TextField(_("Shift"))
        self.requirements = TextField(
            _("Proves"), hint=_("Codes of requirements with commas between.")
        )
        self.trainers = TextField(
            _("Led by"), hint=_("Numbers, logins, or names from outside, with commas. Empty: you.")
        )
        self.add(self.kind)
        self.add(self.title)
        self.add_beside(self.day, self.time)
        self.add_beside(self.venue, self.shift)
        self.add(self.requirements)
        self.add(self.trainers)

    def plan(self) -> DrillPlan:
        """Return what stands there. Raises TrainingRefused for a time that is none."""
        return DrillPlan(
            drill=self.kind.value() or DrillKind.FIRE,
            title=self.title.value(),
            at=moment_of(self.day.value(), self.time.value()),
            venue=self.venue.value(),
            shift=self.shift.value(),
            requirements=codes_in(self.requirements.value()),
            trainers=codes_in(self.trainers.value()),
        )


class CountForm(Form):
    """How many heads were expected, how many were counted, who is missing, who was not expected."""

    def __init__(self, expected: int, counted: int, missing: str, unexpected: str) -> None:
        super().__init__()
        self.expected = NumberField(_("Expected"), expected, most=100_000)
        self.counted = NumberField(_("Counted"), counted, most=100_000)
        self.missing = TextAreaField(_("Missing"), missing, rows=3, hint=_("Who, by name."))
        self.unexpected = TextAreaField(
            _("Not expected"),
            unexpected,
            rows=3,
            hint=_(
                "Who was there as well: a visitor, a contractor. Asked for where more were counted."
            ),
        )
        self.add_beside(self.expected, self.counted)
        self.add(self.missing)
        self.add(self.unexpected)


class RuleForm(Form):
    """How often a drill is due, from a day on."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.kind = _kinds()
        self.months = NumberField(
            _("Every"), 6, most=60, suffix=_(" months"), hint=_("0: none is due any more.")
        )
        self.from_on = DateField(
            _("From"), today, required=True, hint=_("Nothing becomes late before this day.")
        )
        self.law = TextField(_("Law or rule set"))
        for field in (self.kind, self.months, self.from_on, self.law):
            self.add(field)

    def rule(self) -> DrillRule:
        """Return what stands there."""
        return DrillRule(
            drill=self.kind.value() or DrillKind.FIRE,
            from_on=self.from_on.value() or date.max,
            months=self.months.value(),
            law=self.law.value(),
        )
