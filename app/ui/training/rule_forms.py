"""The form of an enrolment rule: what it gives, to whom, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.base.words import LANGUAGES, _, mark
from app.core.people import JobRole, OrgUnit, PersonKind
from app.core.training import (
    All,
    Between,
    Condition,
    OneOf,
    RequirementSummary,
    Rule,
    RuleWords,
    TrainingRefused,
    in_words,
)
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner

_KINDS = {
    PersonKind.EMPLOYEE: mark("Employee"),
    PersonKind.CONTRACTOR: mark("Contractor"),
    PersonKind.APPRENTICE: mark("Apprentice"),
    PersonKind.VISITOR: mark("Visitor"),
}
_TYPED = ("location", "shift", "agency")
_CHOSEN = ("unit", "role", "kind", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoices:
    """What a rule can be about."""

    requirements: tuple[RequirementSummary, ...]
    units: tuple[OrgUnit, ...]
    roles: tuple[JobRole, ...]


class RuleForm(Form):
    """Everything given must hold. A tree that was written otherwise is shown in words and kept."""

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
        self.code.setVisible(rule is None)
        self.requirement: ComboField[RequirementSummary] = ComboField(
            _("Gives"),
            [(one, f"{one.title} ({one.code})") for one in choices.requirements],
            required=True,
        )
        for one in choices.requirements:
            if words is not None and one.id == words.requirement_id:
                self.requirement.set_value(one)
        for field in (self.title, self.code, self.requirement):
            self.add(field)
        self.whom = WhomFields(self, choices, words.condition if words else None)
        self._add_when(words)

    def words(self) -> RuleWords:
        """Return what stands there. Raises TrainingRefused where no requirement is chosen."""
        requirement, after = self.requirement.value(), self.after.value().strip()
        if requirement is None:
            raise TrainingRefused(_("It gives nothing yet."), _("Choose a requirement."))
        if after and not after.isdecimal():
            raise TrainingRefused(
                _("“{text}” is no number of days.").format(text=after), _("Give digits alone.")
            )
        return RuleWords(
            title=self.title.value(),
            requirement_id=requirement.id,
            condition=self.whom.condition(),
            after_days=int(after) if after else None,
            from_on=self.from_on.value(),
            to_on=self.to_on.value(),
            cancels=self.cancels.value(),
        )

    def _add_when(self, words: RuleWords | None) -> None:
        after = "" if words is None or words.after_days is None else str(words.after_days)
        self.after = TextField(
            _("Days after joining"),
            after,
            hint=_("0: on the first day. Empty: as soon as somebody matches."),
        )
        self.from_on = DateField(_("Works from"), words.from_on if words else None)
        self.to_on = DateField(_("Works to"), words.to_on if words else None)
        self.cancels = CheckField(
            _("End what is open when somebody no longer matches"),
            words.cancels if words else False,
        )
        self.add(self.after)
        self.add_beside(self.from_on, self.to_on)
        self.add(self.cancels)


class WhomFields:
    """The fields of a condition, put into a form; a tree that they cannot show is told and kept."""

    def __init__(self, form: Form, choices: RuleChoices, condition: Condition | None) -> None:
        said = {} if condition is None else _plain(condition)
        self._form = form
        self._kept = condition if said is None else None
        if self._kept is not None:
            told = _("To whom: {words}. It was written on the command line and stays as it is.")
            form.add_part(Banner(told.format(words=in_words(self._kept))))
        else:
            self._add_whom(choices, said or {})

    def condition(self) -> Condition:
        """Return what stands there, or what was kept."""
        return self._condition() if self._kept is None else self._kept

    def _add_whom(self, choices: RuleChoices, said: dict[str, Condition]) -> None:
        everywhere: list[tuple[str, str]] = [("", _("Any"))]
        offers: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {
            "unit": (
                _("Department, with all below it"),
                [(one.code, one.called) for one in choices.units],
            ),
            "role": (_("Job role"), [(one.code, one.called) for one in choices.roles]),
            "kind": (_("Kind of person"), [(key.value, _(one)) for key, one in _KINDS.items()]),
            "language": (_("Language"), list(LANGUAGES.items())),
        }
        self.chosen: dict[str, ComboField[str]] = {}
        for key, (label, offered) in offers.items():
            field = ComboField(label, [*everywhere, *offered])
            condition = said.get(key)
            if isinstance(condition, OneOf):
                field.set_value(condition.values[0])
            self.chosen[key] = field
        self._form.add_beside(self.chosen["unit"], self.chosen["role"])
        self._form.add_beside(self.chosen["kind"], self.chosen["language"])
        labels = {"location": _("Location"), "shift": _("Shift"), "agency": _("Agency")}
        self.typed: dict[str, TextField] = {}
        for key, label in labels.items():
            condition = said.get(key)
            text = ", ".join(condition.values) if isinstance(condition, OneOf) else ""
            self.typed[key] = TextField(label, text)
        self.typed["agency"] = TextField(
            _("Agency"),
            self.typed["agency"].value(),
            hint=_("Of contractors; several with commas between."),
        )
        self._form.add_beside(self.typed["location"], self.typed["shift"])
        self._form.add(self.typed["agency"])
        joined = said.get("joined_on")
        first = joined.first if isinstance(joined, Between) else None
        self.joined = DateField(_("Joined on or after"), first, hint=_("Empty: whenever."))
        self._form.add(self.joined)

    def _condition(self) -> Condition:
        parts: list[Condition] = [
            OneOf(key, (value,)) for key in _CHOSEN if (value := self.chosen[key].value())
        ]
        for key in _TYPED:
            values = tuple(one.strip() for one in self.typed[key].value().split(",") if one.strip())
            if values:
                parts.append(OneOf(key, values))
        first = self.joined.value()
        if first is not None:
            parts.append(Between("joined_on", first=first))
        return All(tuple(parts))


def _plain(condition: Condition) -> dict[str, Condition] | None:
    """Return the parts of a condition that the form can show, by attribute; None for any other."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    found: dict[str, Condition] = {}
    for one in parts:
        fits = (
            (isinstance(one, OneOf) and one.attribute in _TYPED)
            or (isinstance(one, OneOf) and one.attribute in _CHOSEN and len(one.values) == 1)
            or (isinstance(one, Between) and one.last is None and one.first is not None)
        )
        if not fits or not isinstance(one, (OneOf, Between)) or one.attribute in found:
            return None
        found[one.attribute] = one
    return found
