"""Records that restores have set aside: what they take, and clearing them."""

from app.core.base.figures import moment, size
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.operations import SetAside, SetAsides, set_aside_in_words
from app.services import Services
from app.ui.kit.buttons import IconButton
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import StatusChip
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone

_WORD = mark("DELETE")


class SetAsideCard(Card):
    """Hidden while nothing is set aside."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(_("Set aside by restores"))
        self._screen = screen
        self._asides = SetAsides(screen.desk.services.open_site)
        self.about = PlainLabel("", TextRole.MUTED, wrap=True)
        self.body.addWidget(self.about)
        self.rows = column(gap=12)
        self.body.addLayout(self.rows)
        self.hide()

    def refresh(self) -> None:
        """Look what there is."""
        actor = self._screen.desk.actor

        def work(_progress: Progress) -> tuple[SetAside, ...]:
            return self._asides.listed(actor)

        self._screen.load(work, self._show, what="set-aside")

    def _show(self, found: tuple[SetAside, ...]) -> None:
        clear(self.rows)
        words = _(
            "{size} in the data folder are records from before a restore. They may go after a month, or "
            "when the disk is full, once a backup made since has held."
        )
        self.about.setText(words.format(size=size(sum(one.size for one in found))))
        for one in found:
            self.rows.addWidget(self._row(one))
        self.setVisible(bool(found))

    def _row(self, one: SetAside) -> FactRow:
        named = moment(one.at)
        about = f"{size(one.size)} · {set_aside_in_words(one)}"
        row = FactRow(_("Records until {day}").format(day=named), about, icon="archive")
        if one.may_go:
            row.add_button(StatusChip(_("May go"), Tone.WARNING))
        button = IconButton("trash-2", _("Delete the records until {day}").format(day=named))
        row.add_button(button.on_press(lambda: self.ask(one)))
        return row

    def ask(self, one: SetAside) -> None:
        """Ask for the reason, and for a word where something would be lost with them."""
        question = Question(
            title=_("Delete these records for good?"),
            text=" ".join(
                (
                    set_aside_in_words(one),
                    _("The records of now and the backups are not touched."),
                )
            ),
            yes=_("Delete"),
            danger=True,
            word="" if one.only_here == 0 else _(_WORD),
            ask_reason=True,
        )
        self._screen.desk.confirm(question, lambda reason: self._clear(one, reason))

    def _clear(self, one: SetAside, reason: str) -> None:
        actor = self._screen.desk.actor
        self._screen.act(
            lambda _progress: self._asides.clear(actor, one.name, reason), self._cleared
        )

    def _cleared(self, gone: SetAside) -> None:
        self._screen.desk.toast(_("Deleted; {size} are free again.").format(size=size(gone.size)))
        self.refresh()
