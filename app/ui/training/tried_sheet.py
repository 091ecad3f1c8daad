"""What a rule would do now: how many, who, and why them."""

from collections.abc import Callable

from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.training.enrolment import Matched, NamedInVain, Rule, RuleTried, in_words
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 50


class TriedSheet(SideSheet):
    """Tells; nothing has been changed. `carry_out` is None for who may only look."""

    def __init__(
        self,
        host: Screen[Services],
        rule: Rule,
        tried: RuleTried,
        carry_out: Callable[[], None] | None,
    ) -> None:
        parts = (in_words(rule.words.condition), rule.words.when())
        told = " · ".join(part for part in parts if part)
        super().__init__(host, rule.words.title, subtitle=told)
        tone = Tone.WARNING if tried.reaches_many else Tone.INFO
        self.reach = Banner(_reach(tried), tone)
        self.body.addWidget(self.reach)
        if tried.also_by:
            told = _("Some of them are matched by another rule for the same requirement: {titles}.")
            self.body.addWidget(Banner(told.format(titles=", ".join(tried.also_by))))
        if tried.in_vain.named:
            self.in_vain = Banner(_in_vain(tried.in_vain), _tone(tried.in_vain))
            self.body.addWidget(self.in_vain)
        self._name(_("Would get it"), tried.first, tried.assigned)
        self._name(_("Would lose what is open"), tried.losing, tried.cancelled)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        waits = rule.is_on and tried.begins_on is not None
        if carry_out is not None and not waits and not tried.in_vain.reaches_nobody:
            self._carry_out = carry_out
            words = _("Run now") if rule.is_on else _("Switch on")
            self.carry_out_button = primary(words, "play").on_press(self._do)
            self.foot.addWidget(self.carry_out_button)

    def _do(self) -> None:
        self.dismiss()
        self._carry_out()

    def _name(self, head: str, people: tuple[Matched, ...], total: int) -> None:
        if not people:
            return
        self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(head, TextRole.H2))
        for one in people[:_SHOWN]:
            self.body.addWidget(FactRow(f"{one.name} · {one.number}", _about(one), icon="user"))
        more = total - min(len(people), _SHOWN)
        if more > 0:
            words = plural("and {count} more", "and {count} more", more)
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))


def _reach(tried: RuleTried) -> str:
    matched = plural("It matches {count} person.", "It matches {count} people.", tried.matched)
    fresh = plural("{count} would get it.", "{count} would get it.", tried.assigned)
    words = f"{matched} {fresh}"
    if tried.cancelled:
        lost = plural("{count} would lose it.", "{count} would lose it.", tried.cancelled)
        words = f"{words} {lost}"
    if tried.begins_on is not None:
        begins = _("It begins on {day}, and assigns nothing before.").format(
            day=day(tried.begins_on)
        )
        words = f"{words} {begins}"
    return words


def _in_vain(found: NamedInVain) -> str:
    told = _("Not here, or no longer: {named}.").format(named=found.in_words())
    if not found.reaches_nobody:
        return told
    remedy = _("Add what it names first, or change the rule: as it is, it can match nobody.")
    return f"{told} {remedy}"


def _tone(found: NamedInVain) -> Tone:
    return Tone.DANGER if found.reaches_nobody else Tone.WARNING


def _about(one: Matched) -> str:
    due = "" if one.due_on is None else _("due {day}").format(day=day(one.due_on))
    return " · ".join(part for part in (one.org_unit, one.job_role, _since(one), due) if part)


def _since(one: Matched) -> str:
    if one.away_from is not None and one.back_on is not None:
        told = _("away from {first}, back on {day}")
        return told.format(first=day(one.away_from), day=day(one.back_on))
    if one.moved_on is not None:
        told = _("moved on {day} from {place}")
        return told.format(day=day(one.moved_on), place=one.moved_from or "–")
    return "" if one.joined_on is None else _("joined {day}").format(day=day(one.joined_on))
