"""What the training plan's screen asks: a line, what to take over of a proposal, a signature."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from app.core.base.clock import local_day
from app.core.base.figures import month, number
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.signatures import Meaning
from app.core.training import Requirement
from app.core.training.programme import NewPlanLine, PlanLine, PlanProposal, YearPlan
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import Tone

_MOST_PEOPLE = 1_000_000


def ask_line(host: Screen[Services], plan: YearPlan, before: PlanLine | None) -> None:
    """Ask what is to be trained in which month, for how many; `before` is a line that changes."""
    training, actor = host.desk.services.training, host.desk.actor

    def work(_progress: Progress) -> tuple[Requirement, ...]:
        return training.requirements(actor)

    host.load(work, partial(_ask_line, host, plan, before), what="requirements")


class LineForm(Form):
    """A line of the plan."""

    def __init__(
        self, plan: YearPlan, before: PlanLine | None, offered: Sequence[Requirement], today: date
    ) -> None:
        super().__init__()
        self._before = before
        self.subject: ComboField[str] = ComboField(
            _("What"), [(one.code, f"{one.title} · {one.code}") for one in offered]
        )
        months = [date(plan.year, number_, 1) for number_ in range(1, 13)]
        self.month: ComboField[date] = ComboField(
            _("Month"), [(one, f"{month(one)} {one.year}") for one in months]
        )
        people = before.people if before else 10
        self.people = NumberField(_("For how many people"), people, least=1, most=_MOST_PEOPLE)
        self.note = TextField(_("Note"), before.note if before else "")
        if before is None:
            self.month.set_value(months[today.month - 1])
            self.add(self.subject)
            self.add(self.month)
        self.add(self.people)
        self.add(self.note)
        self.reason = add_reason(self, plan)

    def line(self) -> NewPlanLine:
        """Return the line as it is wanted."""
        before = self._before
        return NewPlanLine(
            code=before.code if before else self.subject.value() or "",
            month=before.month if before else self.month.value() or date.min,
            people=self.people.value(),
            note=self.note.value(),
        )


def add_reason(form: Form, plan: YearPlan) -> TextField | None:
    """Add a field for the reason where the plan was signed: it changes what somebody signed."""
    if plan.signed is None:
        return None
    reason = TextField(_("Reason"), required=True, hint=_("Auditors read it."))
    form.add(reason)
    return reason


def _ask_line(
    host: Screen[Services],
    plan: YearPlan,
    before: PlanLine | None,
    offered: tuple[Requirement, ...],
) -> None:
    plans, actor = host.desk.services.training.year_plans, host.desk.actor
    form = LineForm(plan, before, offered, local_day(host.desk.clock))

    def wish() -> Wish[int]:
        line, why = form.line(), form.reason.value() if form.reason else ""
        return Wish(lambda: plans.put(actor, [line], why), _("It is planned."))

    title = _("Change {title}").format(title=before.title) if before else _("Plan training")
    about = f"{month(before.month)} {before.month.year}" if before else ""
    open_form(host, title, form, wish, done=lambda _count: host.refresh(), subtitle=about)


def ask_proposals(host: Screen[Services], plan: YearPlan) -> None:
    """Work out what falls due and what runs out in a year, and ask what of it to plan."""
    plans, actor = host.desk.services.training.year_plans, host.desk.actor

    def work(_progress: Progress) -> tuple[PlanProposal, ...]:
        return plans.proposals(actor, plan.year)

    host.load(work, partial(_ask_proposals, host, plan), what="proposals")


def _ask_proposals(host: Screen[Services], plan: YearPlan, found: tuple[PlanProposal, ...]) -> None:
    if not found:
        host.desk.toast(_("Nothing is left to plan."), Tone.INFO)
        return
    plans, actor, form = host.desk.services.training.year_plans, host.desk.actor, Form()
    form.add_part(
        PlainLabel(_("What is not ticked stays out; the numbers can be changed later."), wrap=True)
    )
    boxes = [(one, CheckField(_proposed(one), True)) for one in found]
    for _one, box in boxes:
        form.add(box)
    reason = add_reason(form, plan)

    def wish() -> Wish[int]:
        lines = [
            NewPlanLine(code=one.code, month=one.month, people=one.people)
            for one, box in boxes
            if box.value()
        ]
        why = reason.value() if reason else ""
        return Wish(lambda: plans.put(actor, lines, why), _("They are planned."))

    open_form(
        host,
        _("Proposed for {year}").format(year=plan.year),
        form,
        wish,
        done=lambda _count: host.refresh(),
        save=_("Plan them"),
        subtitle=_("Due dates that are open, and evidence that runs out, by month."),
    )


def ask_remove(host: Screen[Services], one: PlanLine) -> None:
    """Ask why a line is to be taken out, and do it."""
    plans, actor, line_id = host.desk.services.training.year_plans, host.desk.actor, one.id
    if line_id is None:
        return
    question = Question(
        title=_("Take {title} out of the plan?").format(title=one.title),
        text=_("That it was planned stays on record."),
        yes=_("Take it out"),
        ask_reason=True,
    )
    host.desk.confirm(
        question,
        lambda reason: host.act(
            lambda _progress: plans.remove(actor, line_id, reason), lambda _none: host.refresh()
        ),
    )


def ask_to_sign(host: Screen[Services], year: int) -> None:
    """Show the plan in full, and have it signed."""
    plans, actor = host.desk.services.training.year_plans, host.desk.actor

    def done(_signing: object) -> None:
        host.desk.toast(_("The plan is signed."))
        host.refresh()

    def show(shown: str) -> None:
        ask_signature(
            host,
            ToSign(
                title=_("Sign the plan"),
                shown=shown,
                meaning=Meaning.APPROVED,
                act=lambda signed, _reason: plans.sign(actor, year, signed),
                done=done,
            ),
        )

    host.act(lambda _progress: plans.shown(actor, year), show)


def _proposed(one: PlanProposal) -> str:
    return _("{month}: {title}, {people} people").format(
        month=f"{month(one.month)} {one.month.year}", title=one.title, people=number(one.people)
    )
