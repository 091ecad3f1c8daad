"""Effectiveness checks: whose training is to be looked at, what is asked, and what was found."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import day, number
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.core.training.effectiveness import CheckMade, ChecksDue, DueCheck, RuleNow
from app.services import Services
from app.ui.kit.buttons import IconButton, plain
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column, stacked
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone
from app.ui.training.effectiveness_forms import CheckSheet, ask_check, ask_rule

_SHOWN, _AT_ONCE = 20, 50


@dataclass(frozen=True, slots=True)
class _Shown:
    due: ChecksDue
    made: tuple[CheckMade, ...]
    rules: tuple[RuleNow, ...]


class EffectivenessScreen(Screen[Services]):
    """For who assesses: whether training is seen at work. Coordinators say what is asked."""

    topics = frozenset(
        {
            "effectiveness_rule",
            "effectiveness_check",
            "requirement_credit",
            "course_completion",
            "completion_withdrawal",
        }
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Effectiveness checks"),
            subtitle=_(
                "Some weeks after training: is it seen at work? Who it failed is trained again."
            ),
        )
        report = plain(_("As a report"), "file-text")
        self.header.add_action(report.on_press(lambda: desk.open("report", report="effectiveness")))
        self.due, self.made, self.rules = column(gap=6), column(gap=6), column(gap=6)
        self.total = PlainLabel("", TextRole.MUTED, wrap=True)
        left = stacked(self._due_card(), _card(_("Looked at"), self.made))
        self.body.addWidget(
            SideBySide(left, stacked(self._rules_card()), side_width=380, fold_below=900)
        )
        self.body.addStretch(1)

    def _due_card(self) -> Card:
        card = _card(_("To be looked at"), self.due)
        card.body.addWidget(self.total)
        return card

    def _rules_card(self) -> Card:
        card = _card(_("What is looked at"), self.rules)
        if self.desk.actor.may(Capability.ASSIGN):
            self.rule_button = plain(_("Ask for a check"), "plus")
            card.body.addWidget(self.rule_button.on_press(lambda: ask_rule(self, None)))
        return card

    @override
    def refresh(self) -> None:
        checks, actor = self.desk.services.training.effectiveness, self.desk.actor

        def work(_progress: Progress) -> _Shown:
            return _Shown(checks.due(actor), checks.made(actor), checks.rules(actor))

        self.load(work, self._show)

    def _show(self, shown: _Shown) -> None:
        for lines, widgets, nothing in (
            (
                self.due,
                map(self._due, shown.due.first[:_AT_ONCE]),
                _("Nobody is to be looked at today."),
            ),
            (self.made, map(self._made, shown.made[:_SHOWN]), _("Nobody was looked at yet.")),
            (self.rules, map(self._rule, shown.rules), _("Nothing is checked after training.")),
        ):
            clear(lines)
            for widget in widgets:
                lines.addWidget(widget)
            if not lines.count():
                lines.addWidget(PlainLabel(nothing, TextRole.MUTED, wrap=True))
        more = shown.due.total - _AT_ONCE
        self.total.setText(_("{count} more wait.").format(count=number(more)) if more > 0 else "")
        self.total.setVisible(more > 0)

    def _due(self, one: DueCheck) -> QWidget:
        about = _("{title} · trained on {trained}, due {due}").format(
            title=one.title,
            trained=day(one.trained_at.astimezone().date()),
            due=day(one.due_on),
        )
        shown = FactRow(f"{one.name} ({one.number})", about, icon="eye", tone=Tone.WARNING)
        look = plain(_("Check"), "clipboard-check").on_press(partial(ask_check, self, one))
        look.setAccessibleName(_("Check {name}: {title}").format(name=one.name, title=one.title))
        shown.add_button(look)
        return shown

    def _made(self, one: CheckMade) -> QWidget:
        found = _("Took hold") if one.is_effective else _("Trained again")
        about = _("{title} · {found} · {day}, {name}").format(
            title=one.title, found=found, day=day(one.at.astimezone().date()), name=one.by
        )
        icon, tone = (
            ("circle-check", Tone.SUCCESS) if one.is_effective else ("repeat", Tone.WARNING)
        )
        button = RowButton(f"{one.name} ({one.number})", about, icon=icon, tone=tone)
        button.clicked.connect(lambda: CheckSheet(self, one).open())
        return button

    def _rule(self, one: RuleNow) -> QWidget:
        about = _("{days} days after · {count} questions").format(
            days=number(one.rule.after_days), count=number(len(one.rule.questions))
        )
        shown = FactRow(one.title, f"{one.code} · {about}", icon="clipboard-list")
        if self.desk.actor.may(Capability.ASSIGN):
            change = IconButton(
                "pencil", _("Change what is looked at: {title}").format(title=one.title)
            )
            shown.add_button(change.on_press(partial(ask_rule, self, one)))
        return shown


def _card(title: str, lines: QVBoxLayout) -> Card:
    card = Card(title)
    card.body.addLayout(lines)
    return card


SPEC = ScreenSpec(
    key="effectiveness",
    title=mark("Effectiveness"),
    icon="eye",
    section=mark("Training"),
    needs=Capability.ASSESS,
    factory=EffectivenessScreen,
    beneath="my_assessments",
)
