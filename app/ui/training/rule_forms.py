"""The form of an enrolment rule: what it gives, to whom, and when."""

from dataclasses import dataclass, field

from app.core.base.words import _
from app.core.people import JobRole, OrgUnit
from app.core.training import TrainingRefused
from app.core.training.enrolment import (
    All,
    Condition,
    OfferedValues,
    Rule,
    RuleWords,
    in_words,
)
from app.core.training.requirements import RequirementSummary
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.training.condition_rows import (
    Choices,
    ConditionField,
    Rows,
    as_rows,
    everybodys_choices,
)
from app.ui.training.rule_when import WhenFields


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoices:
    """What a rule can be about."""

    requirements: tuple[RequirementSummary, ...]
    units: tuple[OrgUnit, ...]
    roles: tuple[JobRole, ...]
    offered: OfferedValues = field(default_factory=OfferedValues)


class RuleForm(Form):
    """A condition of rows. A tree that was written otherwise is shown in words and kept."""

    def __init__(self, choices: RuleChoices, rule: Rule | None = None) -> None:
        super().__init__()
        self._rule = rule
        words = rule.words if rule else None
        self.title = TextField(
            _("Why"),
            words.title if words else "",
            required=True,
            hint=_("The learner reads it: New in Finance, GST from the first day."),
        )
        self.code = TextField(_("Code"), rule.code if rule else "", required=True)
        self.requirement: ComboField[RequirementSummary] = ComboField(
            _("Gives"),
            [(one, f"{one.title} ({one.code})") for one in choices.requirements],
            required=True,
        )
        for one in choices.requirements:
            if words is not None and one.id == words.requirement_id:
                self.requirement.set_value(one)
        for each in (self.title, self.code, self.requirement):
            self.add(each)
        self.code.setVisible(rule is None)
        self.whom = WhomFields(self, choices, words.condition if words else None)
        self._add_when(words)

    def words(self) -> RuleWords:
        """Return what stands there. Raises TrainingRefused where no requirement is chosen."""
        requirement = self.requirement.value()
        if requirement is None:
            raise TrainingRefused(_("It gives nothing yet."), _("Choose a requirement."))
        return RuleWords(
            title=self.title.value(),
            requirement_id=requirement.id,
            condition=self.whom.condition(),
            after_days=self.when.after_days(),
            away_days=self.when.away_days(),
            moved=self.when.moved(),
            due_days=self.when.due_days(),
            from_on=self.from_on.value(),
            to_on=self.to_on.value(),
            cancels=self.cancels.value(),
        )

    def _add_when(self, words: RuleWords | None) -> None:
        self.when = WhenFields(self, words)
        self.from_on = DateField(
            _("Works from"),
            words.from_on if words else None,
            hint=_("Who was back from a long absence, or moved, before it is not asked."),
        )
        self.to_on = DateField(_("Works to"), words.to_on if words else None)
        self.cancels = CheckField(
            _("End what is open when somebody no longer matches"),
            words.cancels if words else False,
        )
        self.add_beside(self.from_on, self.to_on)
        self.add(self.cancels)


class WhomFields:
    """The rows of a condition, put into a form; a tree of another shape is told in words and kept."""

    def __init__(self, form: Form, choices: RuleChoices, condition: Condition | None) -> None:
        rows = Rows() if condition is None else as_rows(condition)
        self._kept = condition or All()
        self.field: ConditionField | None = None
        if rows is None:
            told = _("To whom: {words}. It was written on the command line and stays as it is.")
            form.add_part(Banner(told.format(words=in_words(self._kept))))
        else:
            self.field = ConditionField(_("To whom"), _offered(choices), rows)
            form.add(self.field)

    def condition(self) -> Condition:
        """Return what stands there, or what was kept."""
        return self._kept if self.field is None else self.field.value()


def _offered(choices: RuleChoices) -> Choices:
    units = [(one.code, one.called) for one in choices.units]
    roles = [(one.code, one.called) for one in choices.roles]
    return everybodys_choices(units, roles, choices.offered)
