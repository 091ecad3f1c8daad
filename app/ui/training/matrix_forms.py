"""Forms of the matrix: what a change does before it is applied, curricula, audiences, another job role."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from app.core.base.figures import day, number
from app.core.base.words import _, plural
from app.core.people import JobRole
from app.core.training import TrainingRefused
from app.core.training.enrolment import Condition
from app.core.training.matrix import Curriculum, GridColumn, MatrixImpact, SavedAudience, Touched
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.rule_forms import RuleChoices, WhomFields

_SHOWN = 40
_SECONDS_OF_HOUR = 3600


class ImpactForm(Form):
    """What a change would do, from which day on, and why; where it reaches many the number is typed."""

    def __init__(
        self, impact: MatrixImpact, titles: Callable[[MatrixImpact], list[str]], today: date
    ) -> None:
        super().__init__()
        self._titles = titles
        self._impact = impact
        self.on = DateField(_("Takes effect on"), max(today, impact.effective_on), required=True)
        self.reason = TextField(
            _("Reason"),
            required=True,
            hint=_("Auditors read it: New press line, risk assessment 14."),
        )
        self.said = TextField(_("Number of people"))
        self.told = column(gap=10)
        self.add(self.on)
        self.body.addLayout(self.told)
        self.add(self.said)
        self.add(self.reason)
        self.show_impact(impact)

    def show_impact(self, impact: MatrixImpact) -> None:
        """Say what it would do on another day."""
        self._impact = impact
        clear(self.told)
        tone = Tone.WARNING if impact.reaches_many else Tone.INFO
        self.told.addWidget(Banner(reach_in_words(impact), tone))
        for line in self._titles(impact):
            self.told.addWidget(PlainLabel(line, TextRole.BODY2, wrap=True))
        self._name(_("Get something new"), impact.gaining, impact.gain)
        self._name(_("Lose what is open"), impact.losing, impact.lose)
        self.said.setVisible(impact.reaches_many)
        self.said.set_label(
            _("It reaches {count} of {here} people: type the number if that is meant").format(
                count=number(impact.people), here=number(impact.here)
            )
        )

    def confirmed(self) -> int | None:
        """Return the number that was said. Raises TrainingRefused where it is needed and another."""
        if not self._impact.reaches_many:
            return None
        if self.said.value() != str(self._impact.people):
            raise TrainingRefused(
                _("It reaches {count} people.").format(count=number(self._impact.people)),
                _("Type that number if it is meant."),
            )
        return self._impact.people

    def _name(self, head: str, people: tuple[Touched, ...], total: int) -> None:
        if not people:
            return
        self.told.addWidget(PlainLabel(head, TextRole.H2))
        for one in people[:_SHOWN]:
            self.told.addWidget(FactRow(f"{one.name} · {one.number}", _about(one), icon="user"))
        more = total - min(len(people), _SHOWN)
        if more > 0:
            words = plural("and {count} more", "and {count} more", more)
            self.told.addWidget(PlainLabel(words, TextRole.MUTED))


class CurriculumForm(Form):
    """A curriculum: its parts by code, one a line, in their order."""

    def __init__(self, columns: tuple[GridColumn, ...], known: Curriculum | None = None) -> None:
        super().__init__()
        self._columns = {one.code: one for one in columns}
        self.code = TextField(_("Code"), known.code if known else "", required=True)
        self.title = TextField(_("Title"), known.title if known else "", required=True)
        parts = "\n".join(one.code for one in known.parts) if known else ""
        self.parts = TextAreaField(
            _("What it holds"),
            parts,
            hint=_("Codes of requirements or curricula, one a line, in order."),
        )
        for field in (self.code, self.title, self.parts):
            self.add(field)
        for field in (self.code, self.title):
            field.setVisible(known is None)

    def ids(self) -> tuple[UUID, ...]:
        """Return the parts. Raises TrainingRefused for a code that there is not."""
        found = []
        for line in self.parts.value().replace(",", "\n").splitlines():
            code = line.strip().upper()
            if not code:
                continue
            if code not in self._columns:
                raise TrainingRefused(
                    _("There is no requirement or curriculum {code}.").format(code=code),
                    _("Give the codes that stand at the heads of the columns."),
                )
            found.append(self._columns[code].id)
        return tuple(found)


class AudienceForm(Form):
    """An audience: whom it means, as an enrolment rule says it."""

    def __init__(self, choices: RuleChoices, known: SavedAudience | None = None) -> None:
        super().__init__()
        self.code = TextField(_("Code"), known.code if known else "", required=True)
        self.title = TextField(_("Title"), known.title if known else "", required=True)
        for field in (self.code, self.title):
            self.add(field)
            field.setVisible(known is None)
        self.whom = WhomFields(self, choices, known.condition if known else None)

    def condition(self) -> Condition:
        """Return whom it means."""
        return self.whom.condition()


class GapForm(Form):
    """Whom, and in which job role."""

    def __init__(self, roles: tuple[JobRole, ...], person: str = "") -> None:
        super().__init__()
        self.person = TextField(_("Number of the person"), person, required=True)
        self.role: ComboField[JobRole] = ComboField(
            _("Job role"), [(one, one.called) for one in roles], required=True
        )
        self.add(self.person)
        self.add(self.role)


def reach_in_words(impact: MatrixImpact) -> str:
    """Return what a change would do in a few sentences."""
    people = plural(
        "It changes something for {count} person.",
        "It changes something for {count} people.",
        impact.people,
    )
    parts = [people]
    if impact.gain:
        parts.append(plural("{count} new assignment.", "{count} new assignments.", impact.gain))
    if impact.hold:
        parts.append(
            plural(
                "{count} of them is held already: nothing to do.",
                "{count} of them are held already: nothing to do.",
                impact.hold,
            )
        )
    if impact.lose:
        parts.append(plural("{count} assignment ends.", "{count} assignments end.", impact.lose))
    hours = round(impact.seconds / _SECONDS_OF_HOUR)
    if hours:
        parts.append(plural("About {count} hour of work.", "About {count} hours of work.", hours))
    return " ".join(parts)


def _about(one: Touched) -> str:
    due = "" if one.due_on is None else _("due {day}").format(day=day(one.due_on))
    held = _("held already") if one.is_held else ""
    return " · ".join(part for part in (one.title, one.job_role, due, held) if part)
