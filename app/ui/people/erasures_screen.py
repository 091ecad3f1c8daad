"""Erasures: what erasing somebody would do, what is asked for, held back, and done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.operations import BackupOfBefore
from app.core.people import PersonId
from app.core.people.erasing import ErasureDesk, ErasurePlan, ErasureRequest, Hold, PersonErased
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.people.erasure_cards import ErasedCard, HoldsCard, PlanCard, RequestsCard
from app.ui.people.erasure_sheets import AskSheet, ConfirmSheet, RetentionSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    desk: ErasureDesk
    plan: ErasurePlan | None
    backups: tuple[BackupOfBefore, ...]
    """That hold what would go now."""
    backups_of_erased: tuple[BackupOfBefore, ...]
    """That hold somebody who is erased."""


class ErasuresScreen(Screen[Services]):
    """Opened for everything, or with `person_id` to begin with one person."""

    topics = frozenset(
        {
            "person",
            "erasure_request",
            "erasure_withdrawn",
            "person_erasure",
            "legal_hold",
            "legal_hold_lifted",
            "retention_rule",
            "backup_event",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Erasures"),
            subtitle=_(
                "What is personal of somebody goes for good, and their records stay under a "
                "pseudonym. It takes two people."
            ),
        )
        self._person_id: PersonId | None = None
        self._years = 0
        self.plan = PlanCard(self)
        self.requests = RequestsCard(self)
        self.holds = HoldsCard(self)
        self.erased = ErasedCard()
        self.retention = Card(_("How long data is kept"))
        self._rule = column()
        self.retention.body.addLayout(self._rule)
        self.retention_button: Button | None = None
        for card in (self.plan, self.requests, self.holds, self.retention, self.erased):
            self.body.addWidget(card)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        self._person_id = PersonId(args["person_id"]) if args.get("person_id") else None  # type: ignore[arg-type]  # the shell hands on what it was given

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def _look(self, _progress: Progress) -> _Found:
        services, actor = self.desk.services, self.desk.actor
        desk = services.people.erasures.desk(actor)
        last = max((one.at for one in desk.erased), default=None)
        of_before = services.backups.of_before
        return _Found(
            desk=desk,
            plan=self._plan(),
            backups=of_before(actor, self.desk.clock.now()) if self._person_id else (),
            backups_of_erased=of_before(actor, last) if last else (),
        )

    def _plan(self) -> ErasurePlan | None:
        if self._person_id is None:
            return None
        try:
            return self.desk.services.people.erasures.plan(self.desk.actor, self._person_id)
        except PersonErased:
            return None

    def _show(self, found: _Found) -> None:
        self._years = found.desk.retention_years
        self.plan.show_plan(found.plan, found.backups)
        self.requests.show_requests(found.desk.requests)
        self.holds.show_holds(found.desk.holds)
        self.erased.show_erased(found.desk.erased, found.backups_of_erased)
        clear(self._rule)
        years = plural("{count} year", "{count} years", self._years)
        kept = _("{years} after somebody left").format(years=years)
        line = FactRow(kept, _("Nobody is erased before."), icon="calendar")
        self.retention_button = plain(_("Change"), "pencil").on_press(self._change_retention)
        self.retention_button.setAccessibleName(_("Change how long data is kept"))
        line.add_button(self.retention_button)
        self._rule.addWidget(line)

    def ask_for(self, plan: ErasurePlan) -> None:
        """Ask that somebody be erased."""
        AskSheet(self, plan).open()

    def hold(self, plan: ErasurePlan) -> None:
        """Ask why somebody is held back, and hold them."""
        question = Question(
            title=_("Hold {name} back?").format(name=plan.name),
            text=_("They are not erased until the hold is lifted, whatever was asked for."),
            yes=_("Set the hold"),
            ask_reason=True,
        )
        erasures, actor = self.desk.services.people.erasures, self.desk.actor
        act = partial(erasures.hold, actor, plan.person_id)
        self._ask(question, act, _("The hold stands."))

    def confirm(self, request: ErasureRequest) -> None:
        """Ask once more, then let the second person sign."""
        question = Question(
            title=_("Erase {name} for good?").format(name=request.name),
            text=_(
                "Name, number, e-mail, PIN and badge go on every PC, and certificates lose their "
                "name. The records stay under a pseudonym. Nothing can undo it."
            ),
            yes=_("Go on"),
            danger=True,
            word=request.number,
        )
        self.desk.confirm(question, lambda _reason: ConfirmSheet(self, request).open())

    def withdraw(self, request: ErasureRequest) -> None:
        """Ask why a request is over."""
        question = Question(
            title=_("Withdraw the request about {name}?").format(name=request.name),
            text=_("Nobody is erased. It can be asked for again."),
            yes=_("Take back"),
            ask_reason=True,
        )
        erasures, actor = self.desk.services.people.erasures, self.desk.actor
        act = partial(erasures.withdraw, actor, request.id)
        self._ask(question, act, _("Withdrawn."))

    def lift(self, hold: Hold) -> None:
        """Ask why a hold is over."""
        question = Question(
            title=_("Lift the hold on {name}?").format(name=hold.name),
            text=_("Nothing is erased by that alone."),
            yes=_("Lift the hold"),
            ask_reason=True,
        )
        erasures, actor = self.desk.services.people.erasures, self.desk.actor
        self._ask(question, partial(erasures.lift, actor, hold.id), _("Lifted."))

    def _change_retention(self) -> None:
        RetentionSheet(self, self._years).open()

    def _ask(self, question: Question, act: Callable[[str], object], words: str) -> None:
        def done(_none: object) -> None:
            self.desk.toast(words)
            self.refresh()

        self.desk.confirm(question, lambda reason: self.act(lambda _progress: act(reason), done))


SPEC = ScreenSpec(
    key="erasures",
    title=mark("Erasures"),
    icon="user-x",
    needs=Capability.ERASE_PEOPLE,
    factory=ErasuresScreen,
    in_navigation=False,
    beneath="people",
)
