"""A visitor at the gate: name, who sends them, to whom they come, and the rules that they read and acknowledge."""

from collections.abc import Callable
from functools import partial

from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training import Requirement
from app.core.training.permits import DayPass, KnownVisitor, NewVisitor
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.fields import CheckField, ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole

_USUAL_INDUCTION = "IND-103"
"""The visitors' induction of the samples."""


class VisitorForm(Form):
    """Who visits. The visitor reads the last line and ticks it."""

    def __init__(self, offered: tuple[Requirement, ...]) -> None:
        super().__init__()
        self.name = TextField(_("Name"), required=True)
        self.company = TextField(_("Company"), required=True)
        self.known = PlainLabel("", TextRole.MUTED, wrap=True)
        self.somebody_else = CheckField(
            _("It is somebody else"), hint=_("They come on record with a number of their own.")
        )
        self.contact = TextField(
            _("Phone or ID"), hint=_("Not needed. It is kept with the person, and goes with them.")
        )
        self.escort = TextField(_("Escort's number"), required=True)
        self.purpose = TextField(_("Purpose"))
        self.induction: ComboField[str] = ComboField(
            _("What they read at the gate"),
            [
                ("", _("The rules for visitors")),
                *((one.code, f"{one.title} · {one.code}") for one in offered),
            ],
            hint=_("An induction is credited to them."),
        )
        if _USUAL_INDUCTION in {one.code for one in offered}:
            self.induction.set_value(_USUAL_INDUCTION)
        self.rules = PlainLabel(
            _(
                "I stay with my escort, follow the rules for visitors, and keep to myself what I see."
            ),
            TextRole.STRONG,
            wrap=True,
        )
        self.acknowledged = CheckField(
            _("I have read it and keep to it"),
            hint=_("The visitor ticks this. Not needed while they hold the induction."),
        )
        self.add_beside(self.name, self.company)
        self.add_part(self.known)
        self.add(self.somebody_else)
        self.add_beside(self.contact, self.escort)
        self.add(self.purpose)
        self.add(self.induction)
        self.add_part(self.rules)
        self.add(self.acknowledged)

    def show_known(self, found: tuple[KnownVisitor, ...]) -> None:
        """Say who of that name and company is on record, and let it be said that it is not them."""
        words = known_in_words(found)
        if words != self.known.text():
            self.somebody_else.set_value(False)
        self.known.setText(words)
        self.known.setVisible(bool(words))
        self.somebody_else.setVisible(bool(words))

    def visitor(self) -> NewVisitor:
        """Return who stands there."""
        return NewVisitor(
            name=self.name.value(), company=self.company.value(), contact=self.contact.value()
        )


def ask_visitor(host: Screen[Services], given: Callable[[DayPass], None]) -> None:
    """Ask who visits, say whether they were here before, and give them a pass for today."""
    training, actor = host.desk.services.training, host.desk.actor

    def work(_progress: Progress) -> tuple[Requirement, ...]:
        return training.requirements(actor)

    host.load(work, partial(_ask, host, given), what="inductions")


def _ask(
    host: Screen[Services],
    given: Callable[[DayPass], None],
    offered: tuple[Requirement, ...],
) -> None:
    visiting, actor = host.desk.services.training.permits.visiting, host.desk.actor
    form = VisitorForm(offered)
    _tell_known(host, form)

    def wish() -> Wish[DayPass]:
        act = partial(
            visiting.welcome,
            actor,
            form.visitor(),
            form.escort.value(),
            purpose=form.purpose.value(),
            induction=form.induction.value() or "",
            acknowledged=form.acknowledged.value(),
            somebody_else=form.somebody_else.value(),
        )
        return Wish(act, _("The pass was given."))

    open_form(host, _("Welcome a visitor"), form, wish, done=given, save=_("Give the pass"))


def _tell_known(host: Screen[Services], form: VisitorForm) -> None:
    """Let the form say whether somebody so called was here before."""
    visiting, actor = host.desk.services.training.permits.visiting, host.desk.actor

    def look() -> None:
        name, company = form.name.value(), form.company.value()
        if not name or not company:
            form.show_known(())
            return

        def work(_progress: Progress) -> tuple[KnownVisitor, ...]:
            return visiting.known(actor, name, company)

        host.desk.jobs.run(
            work, done=form.show_known, failed=lambda _refused: form.show_known(()), owner=form
        )

    for field in (form.name, form.company):
        field.edited.connect(look)
    form.show_known(())


def known_in_words(found: tuple[KnownVisitor, ...]) -> str:
    """Return who of a name and company is on record; "" for nobody."""
    told = [
        _("{name} ({number}), last here on {day}").format(
            name=one.name, number=one.number, day=day(one.last_on)
        )
        if one.last_on
        else f"{one.name} ({one.number})"
        for one in found
    ]
    return _("On record: {people}.").format(people="; ".join(told)) if told else ""
