"""Sheets of the matrix: what a cell asked for at any time, what another job role would ask, the sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.core.base.figures import day, number
from app.core.base.words import _, plural
from app.core.training.enrolment import in_words
from app.core.training.matrix import NEEDS, Curriculum, Gap, GapItem, Need, PastEntry, SavedAudience
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone


class CellSheet(SideSheet):
    """A cell with its days: what it asks for, will ask for, and asked for before."""

    def __init__(
        self,
        host: Screen[Services],
        title: str,
        history: Sequence[PastEntry],
        doubts: Sequence[Need],
        say: Callable[[Need, date | None], None] | None,
        until: date | None = None,
    ) -> None:
        super().__init__(host, title)
        if doubts:
            others = ", ".join(_(NEEDS[one]) for one in doubts)
            told = _(
                "On another PC somebody said for the same day: {needs}. Say again what counts."
            )
            self.body.addWidget(Banner(told.format(needs=others), Tone.WARNING))
        for one in history:
            self.body.addWidget(
                FactRow(_entry(one), f"{one.reason} · {one.by_name}", icon="calendar-days")
            )
        if not history:
            told = _("Nothing was asked for here at any time.")
            self.body.addWidget(PlainLabel(told, TextRole.BODY2, wrap=True))
        self.choices = {}
        if say is not None:
            self.body.addWidget(Line())
            self.body.addWidget(PlainLabel(_("Mark it as"), TextRole.H2))
            self.until = DateField(_("Up to, not on (for good without a day)"), until)
            self.body.addWidget(self.until)
            for need in Need:
                button = plain(_(NEEDS[need])).on_press(partial(self._leave, say, need))
                self.choices[need] = button
                self.body.addWidget(button)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _leave(self, say: Callable[[Need, date | None], None], need: Need) -> None:
        until = None if need is Need.NOTHING else self.until.value()
        self.dismiss()
        say(need, until)


class GapSheet(SideSheet):
    """What somebody would have to learn in another job role. Nothing has been changed."""

    def __init__(self, host: Screen[Services], gap: Gap) -> None:
        roles = ", ".join(gap.roles)
        super().__init__(
            host,
            _("In the job role {role}").format(role=roles),
            subtitle=f"{gap.name} · {gap.number}",
        )
        self.body.addWidget(Banner(_to_do(gap), Tone.INFO))
        self._tell(_("New"), gap.gains, "plus")
        self._tell(_("As before"), gap.keeps, "check")
        self._tell(_("No more asked for"), gap.loses, "minus")
        open_person = partial(
            self._leave, partial(host.desk.open, "person", person_id=gap.person_id)
        )
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        self.foot.addWidget(primary(_("Open the person"), "user").on_press(open_person))

    def _leave(self, act: Callable[[], None]) -> None:
        self.dismiss()
        act()

    def _tell(self, head: str, items: Sequence[GapItem], icon: str) -> None:
        if not items:
            return
        self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(f"{head} · {number(len(items))}", TextRole.H2))
        for one in items:
            tone = Tone.SUCCESS if one.is_held else Tone.NEUTRAL
            self.body.addWidget(FactRow(one.title, _about(one), icon=icon, tone=tone))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine:
    """A curriculum or an audience, and what can be done with it."""

    name: str
    about: str
    change: Callable[[], None]
    retire: Callable[[], None]
    bring_back: Callable[[], None]
    retired_on: date | None


class SetsSheet(SideSheet):
    """Curricula, or audiences: each with what it stands for, and ways to change and to retire it."""

    def __init__(
        self,
        host: Screen[Services],
        title: str,
        lines: Sequence[SetLine],
        add: tuple[str, Callable[[], None]] | None,
        empty: str,
    ) -> None:
        super().__init__(host, title)
        for line in lines:
            self.body.addWidget(self._made_row(line, may_change=add is not None))
        if not lines:
            self.body.addWidget(PlainLabel(empty, TextRole.BODY2, wrap=True))
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        if add is not None:
            words, act = add
            self.add_button = primary(words, "plus").on_press(partial(self._leave, act))
            self.foot.addWidget(self.add_button)

    def _made_row(self, line: SetLine, *, may_change: bool) -> FactRow:
        about = line.about
        if line.retired_on is not None:
            said = _("{about} · retired from {day} on")
            about = said.format(about=about, day=day(line.retired_on))
        row = FactRow(line.name, about, icon="list-tree")
        if not may_change:
            return row
        acts = [(_("Bring back"), "rotate-ccw", line.bring_back)]
        if line.retired_on is None:
            acts = [(_("Change"), "pencil", line.change), (_("Retire"), "archive", line.retire)]
        for words, icon, act in acts:
            button = plain(words, icon).on_press(partial(self._leave, act))
            button.setAccessibleName(f"{words}: {line.name}")
            row.add_button(button)
        return row

    def _leave(self, act: Callable[[], None]) -> None:
        self.dismiss()
        act()


def curriculum_about(one: Curriculum) -> str:
    """Return what a curriculum holds."""
    return ", ".join(part.code for part in one.parts) or _("Nothing yet")


def audience_about(one: SavedAudience) -> str:
    """Return whom an audience means, and how many they are."""
    people = plural("{count} person", "{count} people", one.people)
    return f"{people} · {in_words(one.condition)}"


def _entry(one: PastEntry) -> str:
    asked = one.asked
    words = _(NEEDS[asked.need])
    if asked.to_on is None:
        return _("{what} from {first} on").format(what=words, first=day(asked.from_on))
    return _("{what} from {first} up to {last}").format(
        what=words, first=day(asked.from_on), last=day(asked.to_on)
    )


def _to_do(gap: Gap) -> str:
    count = len(gap.to_do)
    if not count:
        return _("There is nothing to learn: all that is asked for is held.")
    return plural("{count} thing to learn first.", "{count} things to learn first.", count)


def _about(one: GapItem) -> str:
    held = _("held already") if one.is_held else ""
    due = "" if one.due_on is None else _("due {day}").format(day=day(one.due_on))
    grace = (
        plural("{count} day of grace", "{count} days of grace", one.grace_days)
        if one.grace_days and one.due_on is not None
        else ""
    )
    return " · ".join(part for part in (one.code, held, due, grace) if part)
