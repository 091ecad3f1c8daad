"""To approve: everything that waits for an approval, of every kind, and what this site asks for."""

from dataclasses import dataclass
from functools import partial

from typing_extensions import override

from app.core.approvals import ApprovalRule, WaitingLine, called
from app.core.base.actor import Capability
from app.core.base.figures import ago, moment
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.chips import CountChip
from app.ui.kit.dialogs import Question
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class _Found:
    waiting: tuple[WaitingLine, ...]
    rules: tuple[ApprovalRule, ...]


class InboxScreen(Screen[Services]):
    """One list for all kinds; a line opens the review of its subject."""

    topics = frozenset({"approval_step", "approval_rule", "course", "question_bank"})

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("To approve"),
            subtitle=_("What others wrote and submitted. Look at it, then sign or send it back."),
        )
        self.lines: list[RowButton] = []
        self.waiting = Card(_("Waiting"), gap=4)
        self._count = CountChip("")
        self.waiting.add_action(self._count)
        self._rows = column(gap=4)
        self.waiting.body.addLayout(self._rows)
        self.asked = Card(_("What this site asks for"), gap=10)
        self.rule_buttons: list[Button] = []
        self.count_buttons: list[Button] = []
        self._rules = column(gap=10)
        self.asked.body.addLayout(self._rules)
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.asked)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        self.load(self._look, self._show)

    def _look(self, _progress: Progress) -> _Found:
        approvals, actor = self.desk.services.approvals, self.desk.actor
        return _Found(approvals.waiting(actor), approvals.rules(actor))

    def _show(self, found: _Found) -> None:
        clear(self._rows)
        self._count.set_status(str(len(found.waiting)), Tone.NEUTRAL)
        self._count.setVisible(bool(found.waiting))
        self.lines = [self._line(one) for one in found.waiting[:_SHOWN]]
        for line in self.lines:
            self._rows.addWidget(line)
        if not found.waiting:
            self._rows.addWidget(
                EmptyState(_("Nothing waits for an approval."), icon="clipboard-check")
            )
        self._show_rules(found.rules)

    def _line(self, one: WaitingLine) -> RowButton:
        about = [
            one.kind_title,
            one.submitted_by_name or _("by the program or another site"),
            ago(one.submitted_at, self.desk.clock.now()),
            one.note,
        ]
        if one.given:
            about.append(_("approved by 1 of {count}").format(count=one.approvers))
        if one.has_approved:
            about.append(_("you have approved it"))
        if one.is_own:
            about.append(_("your own: somebody else approves it"))
        title = ", ".join(filter(None, (called(one.code, one.title), one.detail)))
        line = RowButton(
            title, " · ".join(part for part in about if part), icon="stamp", tone=Tone.WARNING
        )
        line.setToolTip(moment(one.submitted_at))
        line.clicked.connect(partial(self._open, one))
        return line

    def _open(self, one: WaitingLine, _checked: bool = False) -> None:
        self.desk.open(one.screen, subject=one.subject, subject_id=one.subject.id)

    def _show_rules(self, rules: tuple[ApprovalRule, ...]) -> None:
        clear(self._rules)
        self.rule_buttons, self.count_buttons = [], []
        may_change = self.desk.actor.may(Capability.MANAGE_SITE)
        for rule in rules:
            line = _rule_row(rule)
            if may_change and not rule.is_fixed:
                button = plain(
                    _("Ask no longer") if rule.is_asked else _("Ask for it"),
                    "circle-slash" if rule.is_asked else "stamp",
                )
                button.setAccessibleName(f"{button.text()}: {rule.title}")
                line.add_button(button.on_press(partial(self.change_rule, rule)))
                self.rule_buttons.append(button)
            if may_change and rule.is_asked:
                line.add_button(self._count_button(rule))
            self._rules.addWidget(line)
        words = _(
            "Nobody approves what they wrote or submitted. Every change of this is on record."
        )
        self._rules.addWidget(PlainLabel(words, TextRole.MUTED, wrap=True))

    def _count_button(self, rule: ApprovalRule) -> Button:
        words = _("Let one approve") if rule.approvers > 1 else _("Let two approve")
        button = plain(words, "user" if rule.approvers > 1 else "users")
        button.setAccessibleName(f"{words}: {rule.title}")
        self.count_buttons.append(button)
        return button.on_press(partial(self.change_count, rule))

    def change_count(self, rule: ApprovalRule) -> None:
        """Ask why, and let one person approve from now on, or two."""
        count = 1 if rule.approvers > 1 else 2
        title = (
            _("Let one person approve: {kind}?") if count == 1 else _("Let two approve: {kind}?")
        )
        question = Question(
            title=title.format(kind=rule.title),
            text=_("So it is for what is submitted from now on. Its authors never approve it."),
            yes=_("Let one approve") if count == 1 else _("Let two approve"),
            ask_reason=True,
        )
        approvals, actor = self.desk.services.approvals, self.desk.actor
        self.act_on_yes(
            question, lambda reason: approvals.count(actor, rule.kind, count, reason), _("Saved.")
        )

    def change_rule(self, rule: ApprovalRule) -> None:
        """Ask why, and ask for approvals of a kind from now on, or no longer."""
        if rule.is_asked:
            title, yes = _("Ask for no approval any more: {kind}?"), _("Ask no longer")
            text = _("One person can publish alone from then on. What was approved stays so.")
        else:
            title, yes = _("Ask for an approval: {kind}?"), _("Ask for it")
            text = _(
                "What is new is used only after somebody else has reviewed and signed it. "
                "What is in use now stays."
            )
        question = Question(
            title=title.format(kind=rule.title), text=text, yes=yes, ask_reason=True
        )
        approvals, actor = self.desk.services.approvals, self.desk.actor

        def change(reason: str) -> None:
            self.act(
                lambda _progress: approvals.ask(
                    actor, rule.kind, is_asked=not rule.is_asked, reason=reason
                ),
                lambda _none: self.desk.toast(_("Saved.")),
            )

        self.desk.confirm(question, change)


def _rule_row(rule: ApprovalRule) -> FactRow:
    is_by_two = rule.approvers > 1
    if rule.is_fixed:
        words = _("Always: somebody else reviews and signs before it is used.")
        by_two = _("Always: two others review and sign before it is used.")
        return FactRow(rule.title, by_two if is_by_two else words, icon="stamp", tone=Tone.SUCCESS)
    if rule.is_asked:
        words = _("Somebody else reviews and signs before it is used.")
        if is_by_two:
            words = _("Two others review and sign before it is used.")
        return FactRow(rule.title, words, icon="stamp", tone=Tone.SUCCESS)
    words = _("Published without approval: this site does not ask for it.")
    return FactRow(rule.title, words, icon="circle-slash")


SPEC = ScreenSpec(
    key="approvals",
    title=mark("To approve"),
    icon="stamp",
    section=mark("Learning"),
    needs=Capability.APPROVE,
    factory=InboxScreen,
)
