"""Ordering retraining: who learns what again, by when and why; whom it reaches is said before."""

from datetime import timedelta
from functools import partial

from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.training import Requirement, due_in_words
from app.core.training.assignments import RetrainingReach, let_off_in_words
from app.services import Services
from app.ui.kit.buttons import primary
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.layouts import centred
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.training.people_field import PeopleField, numbers_in

_USUAL_DAYS = 14


class RetrainScreen(Screen[Services]):
    """May be opened with `numbers` of people, and with the `code` of a requirement."""

    topics = frozenset({"requirement"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Order retraining"),
            subtitle=_("What was held stays on record; only evidence from now on counts."),
        )
        self._reach: RetrainingReach | None = None
        self._wanted = ""
        self.what: ComboField[str] = ComboField(_("What"), required=True)
        self.due = DateField(_("Due on"), hint=_("Empty: as the requirement says."))
        self.people = PeopleField(self, _("Who"), required=True)
        self.reason = TextField(
            _("Why"), hint=_("They read it beside the training."), required=True
        )
        self.about = TextField(
            _("About"), hint=_("Number of the incident, deviation or CAPA, where there is one.")
        )
        self.despite = TextField(
            _("Who is let off learns it all the same, because"),
            hint=_("Empty: they are left out. With a reason their waivers end."),
        )
        self.despite.hide()
        self.form = Form()
        self.form.add_beside(self.what, self.due)
        self.form.add(self.people)
        self.form.add_beside(self.reason, self.about)
        self.form.add(self.despite)
        self.form.edited.connect(self._look)
        self.form.submitted.connect(self._ask)
        self.reach = Banner("", Tone.INFO)
        self.reach.hide()
        self.order_button = primary(_("Order retraining"), "repeat").on_press(self._ask)
        self.order_button.setEnabled(False)
        self.header.add_action(self.order_button)
        card = Card()
        card.body.addWidget(self.reach)
        card.body.addWidget(self.form)
        self.body.addWidget(centred(card, 780))
        self.body.addStretch(1)

    def enter(self, **args: object) -> None:
        """Take whom and what it is for, when the screen was opened from a person or a list."""
        self.people.set_value(numbers_in(str(args.get("numbers", ""))))
        self._wanted = str(args.get("code", ""))
        self.due.set_value(local_day(self.desk.clock) + timedelta(days=_USUAL_DAYS))

    def refresh(self) -> None:
        """Load what can be asked for."""
        training, actor = self.desk.services.training, self.desk.actor
        self.load(lambda _progress: training.requirements(actor), self._show)

    def _show(self, requirements: tuple[Requirement, ...]) -> None:
        self.what.set_choices([(one.code, f"{one.title} ({one.code})") for one in requirements])
        if self._wanted in {one.code for one in requirements}:
            self.what.set_value(self._wanted)
        self._wanted = ""
        self._look()

    def _look(self) -> None:
        code, numbers = self.what.value(), self.people.value()
        self.order_button.setEnabled(False)
        self.reach.setVisible(bool(code and numbers))
        if not code or not numbers:
            self._reach = None
            self.despite.hide()
            return
        retraining, actor = self.desk.services.training.assignments.retraining, self.desk.actor

        def work(_progress: Progress) -> RetrainingReach:
            return retraining.preview(actor, code, numbers)

        self.load(work, self._show_reach, what="reach")

    def _show_reach(self, reach: RetrainingReach) -> None:
        self._reach = reach
        self.reach.set_text(reach_in_words(reach))
        self.reach.set_tone(Tone.WARNING if reach.let_off else Tone.INFO)
        self.despite.setVisible(bool(reach.let_off))
        self.order_button.setEnabled(self._count(reach) > 0 and not reach.unknown_numbers)

    def _despite(self, reach: RetrainingReach) -> str:
        return self.despite.value() if reach.let_off else ""

    def _count(self, reach: RetrainingReach) -> int:
        """Return how many learn it again, by what is said of those who are let off."""
        return reach.people + (len(reach.let_off) if self._despite(reach) else 0)

    def _ask(self) -> None:
        reach, due = self._reach, self.due.value()
        if reach is None or not self.form.is_valid() or not self.order_button.isEnabled():
            return
        count = self._count(reach)
        told = plural("{count} person learns it again.", "{count} people learn it again.", count)
        if reach.let_off and self._despite(reach):
            told += " " + plural("{count} waiver ends.", "{count} waivers end.", len(reach.let_off))
        today = local_day(self.desk.clock)
        question = Question(
            title=_("Order retraining of “{title}”?").format(title=reach.title),
            text=f"{told} {due_in_words(due, today)}" if due else told,
            yes=_("Order retraining"),
        )
        self.desk.confirm(question, lambda _reason: self._order(reach))

    def _order(self, reach: RetrainingReach) -> None:
        order = partial(
            self.desk.services.training.assignments.retraining.order,
            self.desk.actor,
            reach.code,
            self.people.value(),
            reason=self.reason.value(),
            due_on=self.due.value(),
            about=self.about.value(),
            despite_waiver=self._despite(reach),
        )
        self.act(lambda _progress: order(), self._ordered)

    def _ordered(self, count: int) -> None:
        self.desk.toast(plural("Ordered for {count} person.", "Ordered for {count} people.", count))
        self.form.mark_saved()
        self.desk.back()


def reach_in_words(reach: RetrainingReach) -> str:
    """Return whom an order would reach, and who of them has it open or never had it."""
    parts = [
        plural("{count} person learns it again.", "{count} people learn it again.", reach.people)
    ]
    if reach.open:
        parts.append(
            plural(
                "{count} has it open: this takes its place.",
                "{count} have it open: this takes its place.",
                reach.open,
            )
        )
    if reach.never:
        parts.append(
            plural(
                "{count} was never asked for it before.",
                "{count} were never asked for it before.",
                reach.never,
            )
        )
    if reach.let_off:
        parts.append(let_off_in_words(reach.let_off))
    if reach.unknown_numbers:
        parts.append(
            _("Nobody of yours has the number {numbers}.").format(
                numbers=", ".join(reach.unknown_numbers)
            )
        )
    return " ".join(parts)


SPEC = ScreenSpec(
    key="retrain",
    title=mark("Order retraining"),
    icon="repeat",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=RetrainScreen,
    beneath="assignments",
)
