"""Forms of tasks: what is asked for where, how the gate answers, who is under 18."""

from app.core.base.words import _
from app.core.training import TrainingRefused
from app.core.training.permits import GateRules, TaskWords
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField


class TaskForm(Form):
    """A machine or an operation. The code of one that is there stays."""

    def __init__(self, words: TaskWords | None = None) -> None:
        super().__init__()
        said = words or TaskWords(code="", title="")
        self.title = TextField(_("Title"), said.title, required=True)
        self.code = TextField(
            _("Code"),
            said.code,
            required=True,
            hint=_("It stands on the label: PRESS-7. It stays."),
        )
        self.unit = TextField(_("Department"), said.org_unit, hint=_("Its code; empty for none."))
        self.location = TextField(_("Place"), said.location, hint=_("Hall 2, line 3"))
        self.needs = TextField(
            _("Needed, all of them"),
            ", ".join(said.needs),
            hint=_("Codes of requirements with commas between."),
        )
        self.sets = TextAreaField(
            _("One of these is enough"),
            "\n".join(f"{name}: {', '.join(codes)}" for name, codes in said.one_of.items()),
            rows=2,
            hint=_("One set a line: Licence: FORK, CRANE"),
        )
        self.dangerous = CheckField(
            _("Dangerous machine: nobody under 18 without a supervisor"), said.is_dangerous
        )
        self.supervised = CheckField(
            _("In training, people may work here under a supervisor"), said.allows_supervision
        )
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        for field in (
            self.title, self.code, self.unit, self.location, self.needs, self.sets,
            self.dangerous, self.supervised, self.reason,
        ):  # fmt: skip
            self.add(field)
        self.code.setVisible(words is None)
        self.reason.setVisible(words is not None)

    def words(self) -> TaskWords:
        """Return what stands there. Raises TrainingRefused for a set without a name."""
        return TaskWords(
            code=self.code.value(),
            title=self.title.value(),
            org_unit=self.unit.value(),
            location=self.location.value(),
            is_dangerous=self.dangerous.value(),
            allows_supervision=self.supervised.value(),
            needs=_codes(self.needs.value()),
            one_of=dict(map(_set, filter(None, map(str.strip, self.sets.value().splitlines())))),
        )


class GateForm(Form):
    """How the site answers, and what it keeps."""

    def __init__(self, rules: GateRules) -> None:
        super().__init__()
        self.is_open = CheckField(_("Ask from the sign-in page, without signing in"), rules.is_open)
        self.keeps = CheckField(
            _("Keep every answer: who asked about which machine, and when"), rules.keeps_checks
        )
        self.soon = NumberField(
            _("Say in how many days it expires, from"), rules.soon_days, most=365, suffix=_(" days")
        )
        self.seconds = NumberField(
            _("Show an answer for"), rules.shown_seconds, least=3, most=120, suffix=_(" seconds")
        )
        for field in (self.is_open, self.keeps, self.soon, self.seconds):
            self.add(field)

    def rules(self) -> GateRules:
        """Return what stands there."""
        return GateRules(
            is_open=self.is_open.value(),
            keeps_checks=self.keeps.value(),
            soon_days=self.soon.value(),
            shown_seconds=self.seconds.value(),
        )


class AgeForm(Form):
    """Who is under 18, and until when."""

    def __init__(self) -> None:
        super().__init__()
        self.number = TextField(_("Employee number"), required=True)
        self.adult_on = DateField(
            _("Turns 18 on"), hint=_("Empty: take a note back that was made by mistake.")
        )
        self.add(self.number)
        self.add(self.adult_on)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _set(line: str) -> tuple[str, tuple[str, ...]]:
    name, sign, codes = line.partition(":")
    if not sign or not name.strip():
        raise TrainingRefused(
            _("“{text}” names no set.").format(text=line),
            _("Write it as Licence: FORK, CRANE."),
        )
    return name.strip(), _codes(codes)
