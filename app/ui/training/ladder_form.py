"""The form of the ladder: who is told when."""

from datetime import date

from app.core.base.words import _
from app.core.training import TrainingRefused
from app.core.training.reminders import Ladder, LadderWords
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField


class LadderForm(Form):
    """The four steps; an empty one is not taken."""

    def __init__(self, ladder: Ladder, today: date) -> None:
        super().__init__()
        before, after = _("Days before the due date."), _("Days after it; empty: not told.")
        self.learner = _days(_("Learner"), ladder.learner_before, before)
        self.supervisor = _days(_("Supervisor"), ladder.supervisor_after, after)
        self.head = _days(_("Head of the plant"), ladder.head_after, after)
        self.head_number = TextField(
            _("Number of the head"), ladder.head.partition(" ")[0], hint=ladder.head
        )
        self.qa = _days(_("Quality assurance"), ladder.qa_after, after)
        self.qa_number = TextField(
            _("Number of who looks after quality"), ladder.qa.partition(" ")[0], hint=ladder.qa
        )
        self.numbers_only = CheckField(
            _("Notice boards show employee numbers without names"), ladder.numbers_only
        )
        self.from_on = DateField(_("From"), max(ladder.from_on, today), required=True)
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        for field in (
            self.learner, self.supervisor, self.head, self.head_number, self.qa, self.qa_number,
            self.numbers_only, self.from_on, self.reason,
        ):  # fmt: skip
            self.add(field)

    def words(self) -> LadderWords:
        """Return what stands there. Raises TrainingRefused for days that are no numbers."""
        return LadderWords(
            from_on=self.from_on.value() or date.min,
            learner_before=_count(self.learner),
            supervisor_after=_count(self.supervisor),
            head_after=_count(self.head),
            qa_after=_count(self.qa),
            head=self.head_number.value(),
            qa=self.qa_number.value(),
            numbers_only=self.numbers_only.value(),
        )


def _days(label: str, days: int | None, hint: str) -> TextField:
    return TextField(label, "" if days is None else str(days), hint=hint)


def _count(field: TextField) -> int | None:
    text = field.value()
    if not text:
        return None
    if not text.isdecimal():
        raise TrainingRefused(
            _("“{text}” is no number of days.").format(text=text), _("Give digits alone.")
        )
    return int(text)
