"""Assigning training: what, to whom, by when; counted before it is done."""

from datetime import date, timedelta
from functools import partial

from app.core.base.actor import Actor, Capability
from app.core.base.figures import day, number
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.people import Audience, JobRole, OrgUnit
from app.core.training import AssignmentPreview, Requirement, due_in_words
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import centred
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.training.people_field import PeopleField, numbers_in

_USUAL_DAYS = 14
_Choices = tuple[tuple[Requirement, ...], tuple[OrgUnit, ...], tuple[JobRole, ...]]


class AssignScreen(Screen[Services]):
    """One form; what it would do is said beside it as it is filled in."""

    topics = frozenset({"requirement", "org_unit", "job_role"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Assign training"),
            subtitle=_("Whoever has it already keeps it as it is."),
        )
        self._preview: AssignmentPreview | None = None
        self._make_form()
        self.reach = Banner("", Tone.INFO)
        self.reach.hide()
        actor = desk.actor
        self.delegations_button = plain(_("Others assign for me"), "handshake")
        self.delegations_button.on_press(partial(desk.open, "delegations"))
        self.header.add_action(self.delegations_button)
        self.delegations_button.setVisible(actor.may(Capability.ASSIGN))
        self.assign_button = primary(_("Assign"), "check").on_press(self._ask)
        self.assign_button.setEnabled(False)
        self.header.add_action(self.assign_button)
        self.for_whom = Banner(_lenders_in_words(actor), Tone.INFO, icon="handshake")
        self.card = Card()
        self.card.body.addWidget(self.for_whom)
        self.for_whom.setVisible(bool(actor.lenders()))
        self.card.body.addWidget(self.reach)
        self.card.body.addWidget(self.form)
        self.body.addWidget(centred(self.card, 780))
        self.nothing = EmptyState(
            _("There is nothing to assign yet. Publish a course first."),
            icon="book-open",
            action=_("Courses") if actor.may(Capability.VIEW_COURSES) else "",
            act=partial(desk.open, "courses") if actor.may(Capability.VIEW_COURSES) else None,
        )
        self.nothing.hide()
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)

    def _make_form(self) -> None:
        self.form = Form()
        self.what: ComboField[str] = ComboField(_("What"), required=True)
        self.due = DateField(_("Due on"))
        self.unit: ComboField[str] = ComboField(_("Department, with all below it"))
        self.role: ComboField[str] = ComboField(_("Job role"))
        self.people = PeopleField(
            self, _("Only these people"), hint=_("Without anybody chosen: everybody who fits.")
        )
        self.reason = TextField(
            _("Why"), hint=_("The learner reads it beside the course."), required=True
        )
        # In pairs all of it is seen at once, with the button above.
        self.form.add_beside(self.what, self.due)
        self.form.add_beside(self.unit, self.role)
        self.form.add(self.reason)
        self.form.add(self.people)
        self.form.edited.connect(self._look)
        self.form.submitted.connect(self._ask)

    def enter(self, **args: object) -> None:
        """Take whom it is for, when the screen was opened from a person or a list."""
        self.people.set_value(numbers_in(str(args.get("numbers", ""))))
        self.due.set_value(self._today() + timedelta(days=_USUAL_DAYS))

    def refresh(self) -> None:
        """Load what can be assigned, and to whom."""
        self.load(self._choices, self._show_choices)

    def _choices(self, _progress: Progress) -> _Choices:
        services, actor = self.desk.services, self.desk.actor
        organisation = services.people.organisation
        return (
            services.training.requirements(actor),
            organisation.org_units(actor),
            organisation.job_roles(actor),
        )

    def _show_choices(self, choices: _Choices) -> None:
        requirements, units, roles = choices
        self.card.setVisible(bool(requirements))
        self.nothing.setVisible(not requirements)
        self.what.set_choices([(one.code, f"{one.title} ({one.code})") for one in requirements])
        self.unit.set_choices([("", _("Everywhere")), *((one.code, one.called) for one in units)])
        self.role.set_choices([("", _("Any")), *((one.code, one.called) for one in roles)])
        self._look()

    def _audience(self) -> Audience:
        unit, role = self.unit.value(), self.role.value()
        return Audience(
            numbers=self.people.value(),
            unit_codes=(unit,) if unit else (),
            role_codes=(role,) if role else (),
        )

    def _look(self) -> None:
        code, audience = self.what.value(), self._audience()
        if code is None:
            return
        training, actor = self.desk.services.training, self.desk.actor
        self.load(
            lambda _progress: training.preview(actor, code, audience),
            self._show_reach,
            what="reach",
        )

    def _show_reach(self, preview: AssignmentPreview) -> None:
        self._preview = preview
        words = plural("{count} person gets it.", "{count} people get it.", preview.fresh)
        if preview.already_assigned:
            has = _("{count} of {all} have it already.").format(
                count=number(preview.already_assigned), all=number(preview.audience)
            )
            words = f"{words} {has}"
        if preview.unknown_numbers:
            nobody = _("Nobody here has the number {numbers}.").format(
                numbers=", ".join(preview.unknown_numbers)
            )
            words = f"{words} {nobody}"
        self.reach.set_text(words)
        self.reach.show()
        self.assign_button.setEnabled(preview.fresh > 0)

    def _ask(self) -> None:
        preview, due = self._preview, self.due.value()
        if preview is None or not self.form.is_valid():
            return
        question = Question(
            title=_("Assign “{title}”?").format(title=preview.requirement.title),
            text=_question_text(preview.fresh, due, self._today()),
            yes=_("Assign"),
        )
        self.desk.confirm(question, lambda _reason: self._assign(preview.requirement.code, due))

    def _assign(self, code: str, due: date | None) -> None:
        training, actor = self.desk.services.training, self.desk.actor
        audience, reason = self._audience(), self.reason.value()
        self.act(
            lambda _progress: training.assign(actor, code, audience, due_on=due, origin=reason),
            self._assigned,
        )

    def _assigned(self, count: int) -> None:
        self.desk.toast(plural("Assigned to {count} person.", "Assigned to {count} people.", count))
        self.form.mark_saved()
        self._look()

    def _today(self) -> date:
        return self.desk.clock.now().astimezone().date()


def _lenders_in_words(actor: Actor) -> str:
    """Return for whom the actor gives training; "" where for themselves alone."""
    return " ".join(
        _("You assign for {name} until {day}.").format(name=one.name, day=day(one.until_on))
        for one in actor.lenders()
    )


def _question_text(people: int, due: date | None, today: date) -> str:
    reached = plural("{count} person gets it.", "{count} people get it.", people)
    return f"{reached} {due_in_words(due, today)}" if due else reached


SPEC = ScreenSpec(
    key="assign",
    title=mark("Assign"),
    icon="list-checks",
    section=mark("Training"),
    needs=Capability.GIVE_TRAINING,
    factory=AssignScreen,
    beneath="assignments",
)
