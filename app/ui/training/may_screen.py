"""May I? A badge and a machine, the answer with its reasons; today or on a day gone by."""

from datetime import date
from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.training.permits import DayPass, Permit
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.training.may_board import Asking, MayBoard
from app.ui.training.passes_sheet import PassesSheet
from app.ui.training.visitor_form import ask_visitor


class MayScreen(Screen[Services]):
    """One board that a reader serves; the day of the question beside it."""

    topics = frozenset({"gate_rule"})
    scrolls = False

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("May I?"),
            subtitle=_("Whether somebody may do something now, and why."),
        )
        self._permits = desk.services.training.permits
        if desk.actor.may(Capability.ASSIGN):
            action = plain(_("Day passes"), "id-card").on_press(self.open_passes)
            self.header.add_action(action)
        self.header.add_action(plain(_("Tasks"), "qr-code").on_press(partial(desk.open, "tasks")))
        self.board = MayBoard()
        self.board.asked.connect(self._look_up)
        self.body.addWidget(self.board, 1)
        self.on = DateField(_("As of"), hint=_("Empty: now. A day gone by is answered as it was."))
        self.on.edited.connect(self.board.begin)
        self.body.addWidget(self.on)

    @override
    def refresh(self) -> None:
        """Take over how long an answer stays."""
        self.load(
            lambda _progress: self._permits.rules(),
            lambda rules: self.board.set_seconds(rules.shown_seconds),
            what="rules",
        )

    @override
    def focus_first(self) -> None:
        self.board.focus_first()

    @override
    def pause(self) -> None:
        self.board.begin()

    def open_passes(self) -> None:
        """Show who visits today."""
        passes, actor = self._permits.passes, self.desk.actor
        self.load(lambda _progress: passes.on(actor), self._show_passes, what="passes")

    def _show_passes(self, found: tuple[DayPass, ...]) -> None:
        PassesSheet(
            self,
            found,
            give=self.begin_pass,
            welcome=self.begin_welcome,
            save=self._offer_paper,
            take_back=self._ask_taking_back,
        ).open()

    def _ask_taking_back(self, one: DayPass) -> None:
        passes, actor = self._permits.passes, self.desk.actor
        question = Question(
            title=_("Take back the pass of {name}?").format(name=one.name),
            text=_("From now on the answer is no for them."),
            yes=_("Take back"),
            ask_reason=True,
        )
        self.act_on_yes(
            question,
            lambda reason: passes.take_back(actor, one.number, one.day, reason),
            _("The pass was taken back."),
        )

    def begin_welcome(self) -> None:
        """Ask who visits whom nobody has on record, or who was here before."""
        ask_visitor(self, self._offer_paper)

    def begin_pass(self) -> None:
        """Ask by number who visits, and who goes with them."""
        form = PassForm(self.desk.clock.now().astimezone().date())
        passes, actor = self._permits.passes, self.desk.actor

        def wish() -> Wish[DayPass]:
            visitor, escort = form.visitor.value(), form.escort.value()
            on, purpose = form.day.value(), form.purpose.value()
            act = partial(passes.give, actor, visitor, escort, on, purpose)
            return Wish(act, _("The pass was given."))

        open_form(self, _("Give a day pass"), form, wish, done=self._offer_paper, save=_("Give"))

    def _offer_paper(self, given: DayPass) -> None:
        passes, name = self._permits.passes, self.desk.place.name
        ask_where(
            self,
            _("Save the day pass"),
            f"pass-{given.number}-{given.day.isoformat()}.pdf",
            lambda path: save_document(self, path, lambda _progress: passes.paper(given, name)),
        )

    def _look_up(self, asking: Asking) -> None:
        on: date | None = self.on.value()
        actor, permits = self.desk.actor, self._permits
        sign_in = self.desk.services.sign_in

        def ask(_progress: Progress) -> Permit:
            beside = asking.by(sign_in)
            return permits.may(actor, asking.badge, asking.machine, supervisor=beside, on=on)

        self.load(
            ask,
            partial(self.board.show_permit, asking),
            failed=partial(self.board.show_error, asking),
            what="answer",
        )


class PassForm(Form):
    """Who visits, on which day, and who goes with them."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.visitor = TextField(
            _("Visitor's number"),
            required=True,
            hint=_(
                "Of a visitor who is on record. Of another site: the number there, its code before it."
            ),
        )
        self.escort = TextField(
            _("Escort's number"),
            required=True,
            hint=_("Of another site: whom they come to."),
        )
        self.day = DateField(_("Day"), today, required=True, hint=day(today))
        self.purpose = TextField(_("Purpose"), hint=_("Needed for somebody of another site."))
        for field in (self.visitor, self.escort, self.day, self.purpose):
            self.add(field)


SPEC = ScreenSpec(
    key="may_i",
    title=mark("May I?"),
    icon="badge-check",
    section=mark("Training"),
    needs=Capability.VIEW_RECORDS,
    factory=MayScreen,
)
