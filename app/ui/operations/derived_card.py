"""Lists, sums and indexes: what is worked out from the records, compared with them and mended."""

from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.operations import Rebuilt
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.jobs import Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


class DerivedCard(Card):
    """Says what it would do, does it when asked, and says what had been wrong."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(_("Lists and sums"))
        self._screen = screen
        self.body.addWidget(
            PlainLabel(
                _(
                    "Lists, progress and search are worked out from the records. "
                    "They can be made anew at any time; the records are not touched."
                ),
                wrap=True,
            )
        )
        self.rows = column(gap=12)
        self.body.addLayout(self.rows)
        self.button = plain(_("Check and mend"), "refresh-cw").on_press(self.mend)
        self.body.addWidget(self.button)

    def mend(self) -> None:
        """Make everything that is derived anew."""
        desk = self._screen.desk
        derivations, actor = desk.services.derivations, desk.actor

        def work(progress: Progress) -> tuple[Rebuilt, ...]:
            return derivations.rebuild(actor, progress)

        self._screen.act(work, self._show, title=_("Check and mend"), lane=Lane.WORK)

    def _show(self, lines: tuple[Rebuilt, ...]) -> None:
        clear(self.rows)
        for line in lines:
            icon, tone = (
                ("circle-check", Tone.SUCCESS)
                if line.was_right
                else ("triangle-alert", Tone.WARNING)
            )
            self.rows.addWidget(FactRow(line.title, said_of(line), icon=icon, tone=tone))


def said_of(line: Rebuilt) -> str:
    """Return what came of a line, in words."""
    rows = plural("{count} row", "{count} rows", line.rows)
    if line.was_right:
        return _("As the records say: {rows}.").format(rows=rows)
    wrong = plural("{count} was wrong", "{count} were wrong", line.wrong)
    missing = plural("{count} was missing", "{count} were missing", line.missing)
    return _("Mended: {wrong}, {missing}; {rows} now.").format(
        wrong=wrong, missing=missing, rows=rows
    )
