"""The same person twice? Who may be one person, side by side, until somebody decides with a reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import day, moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.people import PersonId
from app.core.people.merging import MergedPerson, Proposal, Side
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import CardGrid, FlowLayout, clear, column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.people.words import likeness_words

_SHOWN = 20
_LEAST_WIDTH = 320
_Found = tuple[tuple[Proposal, ...], tuple[MergedPerson, ...]]


class TwiceScreen(Screen[Services]):
    """Opened for everybody, or with `person_id` for one person."""

    topics = frozenset({"person", "person_decision", "account", "credential"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("The same person twice?"),
            subtitle=_(
                "Two PCs or plants may have entered one person each. Say whether they are one; "
                "every decision can be undone."
            ),
        )
        self._person_id: PersonId | None = None
        self.pairs: list[PairCard] = []
        self.merged = MergedCard(self)
        self._lines = column(gap=16)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.merged)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        self._person_id = PersonId(args["person_id"]) if "person_id" in args else None  # type: ignore[arg-type]  # the shell hands on what it was given

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def _look(self, _progress: Progress) -> _Found:
        merging, actor = self.desk.services.people.merging, self.desk.actor
        if self._person_id is None:
            return merging.proposals(actor), merging.merged(actor)
        person = self._person_id
        return merging.proposals_for(actor, person), merging.merged_into(actor, person)

    def _show(self, found: _Found) -> None:
        proposals, merged = found
        clear(self._lines)
        self.pairs = [PairCard(one, self) for one in proposals[:_SHOWN]]
        for card in self.pairs:
            self._lines.addWidget(card)
        if len(proposals) > _SHOWN:
            words = plural(
                "{count} more pair comes when these are decided.",
                "{count} more pairs come when these are decided.",
                len(proposals) - _SHOWN,
            )
            self._lines.addWidget(PlainLabel(words, TextRole.MUTED))
        if not proposals:
            self._lines.addWidget(_nobody(self.desk))
        self.merged.show_merged(merged)

    def ask_to_merge(self, stays: Side, other: Side) -> None:
        """Ask why two are one, and let the records of both stand under the first."""
        question = Question(
            title=_("Are they one person?"),
            text=_(
                "All records of {other} ({other_number}) will stand under {stays} ({number}), who "
                "signs in with their own PIN, password or badge; those of the other rest. Nothing "
                "is changed or lost, and it can be undone."
            ).format(
                other=other.name,
                other_number=other.number,
                stays=stays.name,
                number=stays.number,
            ),
            yes=_("Yes, one person"),
            ask_reason=True,
            careful=True,
        )
        self.desk.confirm(question, partial(self._merge, stays, other))

    def ask_to_keep_apart(self, proposal: Proposal) -> None:
        """Ask why two are two, and propose them no more."""
        question = Question(
            title=_("Are they two people?"),
            text=_("They stay as they are, and are not proposed again."),
            yes=_("Yes, two people"),
            ask_reason=True,
        )
        self.desk.confirm(question, partial(self._keep_apart, proposal))

    def ask_to_undo(self, merged: MergedPerson) -> None:
        """Ask why a merge was wrong, and undo it."""
        question = Question(
            title=_("Undo the merge of {name}?").format(name=merged.name),
            text=_(
                "{name} ({number}) is a person again, with everything that was theirs. What was "
                "recorded since stays with the one who stayed."
            ).format(name=merged.name, number=merged.number),
            yes=_("Undo the merge"),
            ask_reason=True,
        )
        self.desk.confirm(question, partial(self._undo, merged))

    def _merge(self, stays: Side, other: Side, reason: str) -> None:
        merging, actor = self.desk.services.people.merging, self.desk.actor

        def work(_progress: Progress) -> None:
            merging.merge(actor, stays.id, other.id, reason)

        self._decide(work, _("Merged. All records stand under {name}.").format(name=stays.name))

    def _keep_apart(self, proposal: Proposal, reason: str) -> None:
        merging, actor = self.desk.services.people.merging, self.desk.actor

        def work(_progress: Progress) -> None:
            merging.keep_apart(actor, proposal.stays.id, proposal.other.id, reason)

        self._decide(work, _("Recorded. They are two people."))

    def _undo(self, merged: MergedPerson, reason: str) -> None:
        merging, actor = self.desk.services.people.merging, self.desk.actor

        def work(_progress: Progress) -> None:
            merging.undo(actor, merged.id, reason)

        self._decide(work, _("Undone. {name} is a person again.").format(name=merged.name))

    def _decide(self, work: Callable[[Progress], None], words: str) -> None:
        def decided(_none: None) -> None:
            self.desk.toast(words)
            self.refresh()

        self.desk.jobs.run(work, done=decided, failed=self._refused, owner=self)

    def _refused(self, error: UserFacingError) -> None:
        self.desk.tell_error(error)
        self.refresh()


def _named(side: Side) -> str:
    return f"{side.name} ({side.number})"


class PairCard(Card):
    """Two people side by side: in what they are alike, and the three things one may decide."""

    def __init__(self, proposal: Proposal, screen: TwiceScreen) -> None:
        super().__init__(f"{_named(proposal.stays)} · {_named(proposal.other)}")
        alike = QWidget()
        chips = FlowLayout(alike)
        for words in likeness_words(proposal.likenesses):
            chips.addWidget(StatusChip(words, Tone.INFO, icon="check"))
        self.body.addWidget(alike)
        grid = CardGrid(_LEAST_WIDTH)
        self.keep_buttons: list[Button] = []
        sides = ((proposal.stays, proposal.other), (proposal.other, proposal.stays))
        grid.set_cards([self._side(one, other, screen) for one, other in sides])
        self.body.addWidget(grid)
        self.apart_button = plain(_("They are two people"), "users").on_press(
            partial(screen.ask_to_keep_apart, proposal)
        )
        self.apart_button.setAccessibleName(
            _("{one} and {other} are two people").format(
                one=_named(proposal.stays), other=_named(proposal.other)
            )
        )
        self.body.addWidget(self.apart_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _side(self, side: Side, other: Side, screen: TwiceScreen) -> QWidget:
        card = Card(gap=10, margin=16)
        card.setAccessibleName(f"{side.name}, {side.number}")
        card.body.addWidget(PlainLabel(side.name, TextRole.H2, wrap=True))
        for (title, value, icon), (_title, others, _icon) in zip(
            _facts(side), _facts(other), strict=True
        ):
            if value or others:  # a line that both have stands at one height
                card.body.addWidget(FactRow(value or "–", title, icon=icon))
        card.body.addStretch(1)
        keep = Button(_("One person: keep this one"), icon="users")
        keep.setAccessibleName(
            _("One person: keep {name}, {number}").format(name=side.name, number=side.number)
        )
        keep.on_press(partial(screen.ask_to_merge, side, other))
        self.keep_buttons.append(keep)
        card.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        return card


class MergedCard(Card):
    """Who was merged into whom, each with its undo."""

    def __init__(self, screen: TwiceScreen) -> None:
        super().__init__(_("Merged"))
        self._screen = screen
        self.undo_buttons: list[Button] = []
        self._lines = column(gap=14)
        self.body.addLayout(self._lines)
        self.hide()

    def show_merged(self, merged: tuple[MergedPerson, ...]) -> None:
        """Show them; with none the card is not there."""
        clear(self._lines)
        self.undo_buttons = []
        self.setVisible(bool(merged))
        for place, one in enumerate(merged):
            if place:
                self._lines.addWidget(Line())
            line = row(gap=12)
            line.addWidget(
                FactRow(f"{one.name} · {one.number}", merged_words(one), icon="users"), 1
            )
            undo = plain(_("Undo"), "undo-2").on_press(partial(self._screen.ask_to_undo, one))
            undo.setAccessibleName(_("Undo the merge of {name}").format(name=one.name))
            self.undo_buttons.append(undo)
            line.addWidget(undo)
            self._lines.addLayout(line)


def merged_words(one: MergedPerson) -> str:
    """Return who merged somebody, when and why."""
    if one.at is None:
        return _("Merged on another PC")
    who = one.by_name or _("the program")
    return _("Merged by {who}, {time} · {reason}").format(
        who=who, time=moment(one.at), reason=one.reason
    )


def _facts(side: Side) -> list[tuple[str, str, str]]:
    place = " · ".join(part for part in (side.org_unit, side.job_role) if part)
    return [
        (_("Number"), side.number, "id-card"),
        (_("Name in own script"), side.name_local, "languages"),
        (_("Department and job role"), place, "building-2"),
        (_("Joined on"), day(side.joined_on) if side.joined_on else "", "calendar"),
        (_("Left on"), day(side.left_on) if side.left_on else "", "log-out"),
        (_("E-mail"), side.email, "mail"),
        (_("Signs in as"), side.login, "key-round"),
        (_("Records"), str(side.records), "file-text"),
    ]


def _nobody(desk: Desk[Services]) -> EmptyState:
    return EmptyState(
        _("Nobody seems to be here twice."),
        icon="users",
        action=_("Back to people"),
        act=partial(desk.open, "people"),
    )


SPEC = ScreenSpec(
    key="same_person",
    title=mark("The same person twice?"),
    icon="users",
    needs=Capability.MANAGE_SITE,
    factory=TwiceScreen,
    in_navigation=False,
)
