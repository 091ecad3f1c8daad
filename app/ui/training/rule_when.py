"""When a rule gives something, as fields: as soon as somebody matches, after joining, or on coming back."""

from enum import StrEnum

from app.core.base.words import _
from app.core.training import TrainingRefused
from app.core.training.enrolment import RuleWords
from app.ui.kit.forms.fields import ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField

_MOST_DAYS = 36_500
_USUAL_JOINING, _USUAL_AWAY = 0, 90


class When(StrEnum):
    """On what occasion a rule gives something."""

    MATCHING = "matching"
    JOINING = "joining"
    BACK = "back"


class WhenFields:
    """The fields of it, put into a form; those of other occasions are hidden."""

    def __init__(self, form: Form, words: RuleWords | None) -> None:
        after = None if words is None else words.after_days
        away = None if words is None else words.away_days
        due = None if words is None else words.due_days
        self.when: ComboField[When] = ComboField(
            _("When"),
            [
                (When.MATCHING, _("As soon as somebody matches")),
                (When.JOINING, _("Days after joining")),
                (When.BACK, _("On coming back after a long absence")),
            ],
        )
        self.after = NumberField(
            _("Days after joining"),
            _USUAL_JOINING if after is None else after,
            most=_MOST_DAYS,
            hint=_("0: on the first day."),
        )
        self.away = NumberField(
            _("Days away, at least"), away or _USUAL_AWAY, least=1, most=_MOST_DAYS
        )
        self.due = TextField(
            _("Due, days after coming back"),
            "" if due is None else str(due),
            hint=_("Empty: as the requirement says."),
        )
        if away is not None:
            self.when.set_value(When.BACK)
        elif after is not None:
            self.when.set_value(When.JOINING)
        form.add(self.when)
        form.add(self.after)
        self._back = form.add_beside(self.away, self.due)
        form.edited.connect(self._follow)
        self._follow()

    def after_days(self) -> int | None:
        """Return the days after joining, where that is when."""
        return self.after.value() if self.when.value() is When.JOINING else None

    def away_days(self) -> int | None:
        """Return the days away, where coming back is when."""
        return self.away.value() if self.when.value() is When.BACK else None

    def due_days(self) -> int | None:
        """Return by when it is due then, if that is said. Raises TrainingRefused for what is no number."""
        text = self.due.value().strip()
        if self.when.value() is not When.BACK or not text:
            return None
        if not text.isdecimal():
            raise TrainingRefused(
                _("“{text}” is no number of days.").format(text=text), _("Give digits alone.")
            )
        return int(text)

    def _follow(self) -> None:
        when = self.when.value()
        self.after.setVisible(when is When.JOINING)
        for part in (self.away, self.due, self._back):
            part.setVisible(when is When.BACK)
