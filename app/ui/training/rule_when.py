"""When a rule gives something, as fields: as soon as somebody matches, after joining, on coming back, after a move."""

from enum import StrEnum

from app.core.base.words import _
from app.core.training import Move, TrainingRefused
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
    MOVED = "moved"


class WhenFields:
    """The fields of it, put into a form; those of other occasions are hidden."""

    def __init__(self, form: Form, words: RuleWords | None) -> None:
        self.when: ComboField[When] = ComboField(
            _("When"),
            [
                (When.MATCHING, _("As soon as somebody matches")),
                (When.JOINING, _("Days after joining")),
                (When.BACK, _("On coming back after a long absence")),
                (When.MOVED, _("After a change of department or job role")),
            ],
        )
        self.after = NumberField(
            _("Days after joining"),
            _days_of(words, When.JOINING) or _USUAL_JOINING,
            most=_MOST_DAYS,
            hint=_("0: on the first day."),
        )
        self.away = NumberField(
            _("Days away, at least"),
            (words.away_days if words is not None else None) or _USUAL_AWAY,
            least=1,
            most=_MOST_DAYS,
        )
        self.due = _due(_("Due, days after coming back"), words, When.BACK)
        self.move: ComboField[Move] = ComboField(
            _("What changes"), [(one, _of_two(one)) for one in Move]
        )
        self.after_move = NumberField(
            _("Given, days after it"),
            _days_of(words, When.MOVED) or 0,
            most=_MOST_DAYS,
            hint=_("0: on the day itself. What was done before it does not count."),
        )
        self.due_move = _due(_("Due, days after it"), words, When.MOVED)
        self.when.set_value(_occasion(words))
        self.move.set_value((words.moved if words is not None else None) or Move.EITHER)
        form.add(self.when)
        form.add(self.after)
        self._back = form.add_beside(self.away, self.due)
        form.add(self.move)
        self._moved = form.add_beside(self.after_move, self.due_move)
        form.edited.connect(self._follow)
        self._follow()

    def after_days(self) -> int | None:
        """Return the days after joining, or after a move, where that is when."""
        if self.when.value() is When.MOVED:
            return self.after_move.value()
        return self.after.value() if self.when.value() is When.JOINING else None

    def away_days(self) -> int | None:
        """Return the days away, where coming back is when."""
        return self.away.value() if self.when.value() is When.BACK else None

    def moved(self) -> Move | None:
        """Return what changes, where a move is when."""
        return self.move.value() if self.when.value() is When.MOVED else None

    def due_days(self) -> int | None:
        """Return by when it is due then, if that is said. Raises TrainingRefused for what is no number."""
        said = {When.BACK: self.due, When.MOVED: self.due_move}
        field = said.get(self.when.value() or When.MATCHING)
        text = "" if field is None else field.value().strip()
        if not text:
            return None
        if not text.isdecimal():
            raise TrainingRefused(
                _("“{text}” is no number of days.").format(text=text), _("Give digits alone.")
            )
        return int(text)

    def _follow(self) -> None:
        when = self.when.value()
        self.after.setVisible(when is When.JOINING)
        for field in (self.away, self.due, self._back):
            field.setVisible(when is When.BACK)
        for other in (self.move, self.after_move, self.due_move, self._moved):
            other.setVisible(when is When.MOVED)


def _occasion(words: RuleWords | None) -> When:
    if words is None:
        return When.MATCHING
    if words.moved is not None:
        return When.MOVED
    if words.away_days is not None:
        return When.BACK
    return When.MATCHING if words.after_days is None else When.JOINING


def _days_of(words: RuleWords | None, when: When) -> int | None:
    """Return the days after which a rule gives something, if it does so on an occasion."""
    return words.after_days if words is not None and _occasion(words) is when else None


def _due(title: str, words: RuleWords | None, when: When) -> TextField:
    days = words.due_days if words is not None and _occasion(words) is when else None
    said = "" if days is None else str(days)
    return TextField(title, said, hint=_("Empty: as the requirement says."))


def _of_two(one: Move) -> str:
    words = {
        Move.UNIT: _("The department"),
        Move.ROLE: _("The job role"),
        Move.EITHER: _("The department or the job role"),
    }
    return words[one]
