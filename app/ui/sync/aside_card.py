"""What revoked PCs wrote after their last accepted entry: how much, what it says, and the decision."""

from uuid import UUID

from PySide6.QtCore import Qt

from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.reports import WordedAside
from app.core.signatures import Meaning, Undersigned
from app.core.sync import Aside, aside_in_words, leaving_in_words
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import TextRole, Tone


class AsideCard(Card):
    """One line for each PC."""

    def __init__(self, screen: Screen[Services], lying: tuple[Aside, ...]) -> None:
        super().__init__(_("Written after it was revoked"))
        self._screen = screen
        about = _(
            "It counts nowhere and goes to nobody, and it is not lost. What is true in it can be entered anew."
        )
        self.body.addWidget(PlainLabel(about, TextRole.BODY2, wrap=True))
        for one in lying:
            self.body.addWidget(self._row(one))

    def _row(self, one: Aside) -> FactRow:
        count = plural("{count} entry", "{count} entries", one.entries)
        title = _("{name}: {entries}").format(name=one.label, entries=count)
        row = FactRow(title, _about(one), icon="archive")
        word, tone = (
            (_("Stays aside"), Tone.NEUTRAL) if one.decided else (_("To decide"), Tone.WARNING)
        )
        row.add_button(StatusChip(word, tone))
        look = Button(_("Look"), Kind.GHOST, icon="eye", dense=True)
        look.setAccessibleName(_("Look at what {name} wrote").format(name=one.label))
        row.add_button(look.on_press(lambda: AsideSheet(self._screen, one).open()))
        return row


def _about(one: Aside) -> str:
    parts = [
        _("written {since} to {until}").format(since=moment(one.since), until=moment(one.until)),
        _("came {time}").format(time=moment(one.came_at)),
    ]
    if one.decided is not None:
        parts.append(f"{one.decided.by_name}, {moment(one.decided.at)}: {one.decided.reason}")
    return " · ".join(parts)


class AsideSheet(SideSheet):
    """What each entry says, and the button that lets all of it stay aside."""

    def __init__(self, host: Screen[Services], lying: Aside) -> None:
        super().__init__(host, lying.label, subtitle=aside_in_words(lying), width=640)
        self._screen = host
        self._lying = lying
        self._shown = 0
        self.entries = column(gap=12)
        self.body.addLayout(self.entries)
        self.more_button = plain(_("Show more"), "chevron-down").on_press(self._load)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.foot.addWidget(Button(_("Close")).on_press(self.dismiss))
        self.leave_button = Button(_("Leave aside, and sign"), Kind.PRIMARY, icon="signature")
        self.leave_button.on_press(self._ask)
        self.leave_button.setVisible(lying.decided is None)
        self.foot.addWidget(self.leave_button)
        self._load()

    def _load(self) -> None:
        services, actor, lying, first = (
            self._screen.desk.services,
            self._screen.desk.actor,
            self._lying,
            self._shown,
        )

        def read(_progress: Progress) -> tuple[WordedAside, ...]:
            return services.reports.travel.aside(
                actor, services.sync.aside.entries(actor, lying, first)
            )

        self._screen.load(read, self._show, what="aside")

    def _show(self, worded: tuple[WordedAside, ...]) -> None:
        for one in worded:
            self.entries.addWidget(_card(one))
        self._shown += len(worded)
        self.more_button.setVisible(self._shown < self._lying.entries and bool(worded))

    def _ask(self) -> None:
        aside, actor, lying = (
            self._screen.desk.services.sync.aside,
            self._screen.desk.actor,
            self._lying,
        )

        def leave(signed: Undersigned, reason: str) -> UUID:
            return aside.leave(actor, lying, reason, signed)

        wanted = ToSign(
            title=_("Leave it aside, and sign"),
            shown=leaving_in_words(lying),
            meaning=Meaning.DECIDED,
            act=leave,
            done=self._left,
            ask_reason=True,
        )
        ask_signature(self._screen, wanted)

    def _left(self, _decision: UUID) -> None:
        self._screen.desk.toast(_("It stays aside."))
        self.dismiss()
        self._screen.refresh()


def _card(one: WordedAside) -> Card:
    card = Card(one.title, subtitle=one.about, gap=6, margin=16)
    who = " · ".join(filter(None, (moment(one.at), one.author, one.entry.reason)))
    card.body.addWidget(PlainLabel(who, TextRole.MUTED, wrap=True))
    for line in one.said:
        card.body.addWidget(PlainLabel(line, TextRole.BODY2, wrap=True))
    return card
