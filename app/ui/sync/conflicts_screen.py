"""Conflicts: what was changed in two places, side by side, until somebody says which is right."""

from functools import partial

from PySide6.QtCore import Qt
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.errors import UserFacingError
from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.people.ownership import FIELD_OWNERS, FieldOwner
from app.core.reports import (
    WordedChoice,
    WordedConflict,
    WordedValue,
    shown_text,
)
from app.core.signatures import Meaning, ReadOtherwise, Undersigned
from app.core.sync import AlreadyDecided
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import CardGrid, clear, column
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.topics import SYNC_TOPIC

_SHOWN = 30
_LEAST_WIDTH = 360


class ConflictsScreen(Screen[Services]):
    """Nothing is lost by waiting: every value is kept, and every PC shows the same one meanwhile."""

    topics = frozenset({SYNC_TOPIC})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Conflicts"),
            subtitle=_(
                "Changed in two places by people who did not know of each other. Say which is right; "
                "the other stays in the journal."
            ),
        )
        self.cards: list[ConflictCard] = []
        self._lines = column(gap=16)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def _look(self, _progress: Progress) -> tuple[WordedConflict, ...]:
        services, actor = self.desk.services, self.desk.actor
        return services.reports.travel.worded(actor, services.sync.conflicts(actor))

    def _show(self, conflicts: tuple[WordedConflict, ...]) -> None:
        clear(self._lines)
        self.cards = [ConflictCard(one, self) for one in conflicts[:_SHOWN]]
        for card in self.cards:
            self._lines.addWidget(card)
        if len(conflicts) > _SHOWN:
            words = plural(
                "{count} more comes when these are decided.",
                "{count} more come when these are decided.",
                len(conflicts) - _SHOWN,
            )
            self._lines.addWidget(PlainLabel(words, TextRole.MUTED))
        if not conflicts:
            self._lines.addWidget(
                EmptyState(
                    _("Nothing waits for a decision."),
                    icon="git-compare",
                    action=_("Back to Sync"),
                    act=partial(self.desk.open, "sync"),
                )
            )

    def ask(self, conflict: WordedConflict, value: WordedValue) -> None:
        """Ask why, and let a value stand; with a signature where rules depend on it."""
        if conflict.conflict.needs_signature:
            self._ask_signature(conflict, value)
            return
        question = Question(
            title=_("Keep {value}?").format(value=shown_text(value)),
            text=_("{column} of {record}. Every PC and site shows it once the decision reaches it.")
            .format(column=conflict.column, record=conflict.record),
            yes=_("Decide"),
            ask_reason=True,
        )  # fmt: skip
        self.desk.confirm(question, partial(self._decide, conflict, value))

    def _ask_signature(self, conflict: WordedConflict, value: WordedValue) -> None:
        sync, actor = self.desk.services.sync, self.desk.actor

        def decide(signed: Undersigned, reason: str) -> None:
            sync.decide(actor, conflict.conflict, value.standing, reason, signed)

        def ask(text: str) -> None:
            wanted = ToSign(
                title=_("Keep {value}, and sign").format(value=shown_text(value)),
                shown=text,
                meaning=Meaning.DECIDED,
                act=decide,
                done=self._decided,
                failed=self._refused,
                ask_reason=True,
            )
            ask_signature(self, wanted)

        self.desk.jobs.run(
            lambda _progress: sync.decision_text(actor, conflict.conflict, value.standing),
            done=ask,
            failed=self._refused,
            owner=self,
        )

    def _decide(self, conflict: WordedConflict, value: WordedValue, reason: str) -> None:
        sync, actor = self.desk.services.sync, self.desk.actor

        def work(_progress: Progress) -> None:
            sync.decide(actor, conflict.conflict, value.standing, reason)

        self.desk.jobs.run(work, done=self._decided, failed=self._refused, owner=self)

    def _decided(self, _none: None) -> None:
        self.desk.toast(_("Decided."))
        self.desk.changes.announce({SYNC_TOPIC})

    def _refused(self, error: UserFacingError) -> None:
        self.desk.tell_error(error)
        if isinstance(error, AlreadyDecided | ReadOtherwise):
            self.refresh()


class ConflictCard(Card):
    """One column of one record, with the values that stand."""

    def __init__(self, conflict: WordedConflict, screen: ConflictsScreen) -> None:
        title = f"{conflict.record or conflict.kind}: {conflict.column}"
        super().__init__(title, subtitle=conflict.kind)
        if conflict.conflict.needs_signature:
            self.add_action(StatusChip(_("Needs a signature"), Tone.WARNING, icon="signature"))
        if conflict.was_decided_apart:
            words = _(
                "It was decided in several places, each time otherwise: what is shown now holds until somebody decides again."
            )
            self.body.addWidget(Banner(words, Tone.WARNING, icon="git-compare"))
        self.buttons: list[Button] = []
        grid = CardGrid(_LEAST_WIDTH)
        proposed = conflict.conflict.proposed
        values = sorted(conflict.values, key=lambda one: one.standing.version != proposed)
        grid.set_cards([self._value(conflict, value, screen) for value in values])
        self.body.addWidget(grid)

    def _value(self, conflict: WordedConflict, value: WordedValue, screen: ConflictsScreen) -> Card:
        card = Card(gap=10, margin=16)
        text = shown_text(value)
        card.setAccessibleName(text)
        card.body.addWidget(PlainLabel(text, TextRole.H1, wrap=True))
        if value.then:
            card.body.addWidget(PlainLabel(value.then, TextRole.MUTED, wrap=True))
        card.body.addWidget(_written(value))
        for one in value.chosen:
            card.body.addWidget(_chosen(one))
        if value.standing.version == conflict.conflict.proposed:
            card.body.addWidget(_owners(conflict), 0, Qt.AlignmentFlag.AlignLeft)
        if value.standing.is_shown:
            chip = StatusChip(_("Shown now"), Tone.INFO, icon="eye")
            card.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        button = Button(_("Keep this"), icon="check")
        button.setAccessibleName(_("Keep {value}").format(value=text))
        button.on_press(partial(screen.ask, conflict, value))
        self.buttons.append(button)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _owners(conflict: WordedConflict) -> StatusChip:
    owner = conflict.conflict.owner or FieldOwner.ANYBODY
    words = _("Proposed (owner: {owner})").format(owner=_(FIELD_OWNERS[owner]))
    return StatusChip(words, Tone.SUCCESS, icon="user")


def _written(value: WordedValue) -> FactRow:
    standing = value.standing
    if standing.at is None:
        return FactRow(_("As it was before"), _("By nobody who is known here."), icon="history")
    where = _("on {station}, {time}").format(station=standing.station, time=moment(standing.at))
    about = f"{where} · {standing.reason}" if standing.reason else where
    return FactRow(value.author, about, icon="user")


def _chosen(chosen: WordedChoice) -> FactRow:
    at = chosen.choice
    where = _("on {station}, {time}").format(station=at.station, time=moment(at.at))
    title = _("Chosen by {name}").format(name=chosen.author)
    return FactRow(title, f"{where} · {at.reason}", icon="signature")


SPEC = ScreenSpec(
    key="conflicts",
    title=mark("Conflicts"),
    icon="git-compare",
    needs=Capability.MANAGE_SITE,
    factory=ConflictsScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="sync",
)
