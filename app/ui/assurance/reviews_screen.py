"""Reviews: the months of the audit trail, incidents, badge readers, and what this site asks of its looking."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.core.assurance import (
    SEVERITIES,
    Incident,
    Month,
    OversightRule,
    ReaderTest,
    Severity,
    rule_in_words,
)
from app.core.base.actor import Capability
from app.core.base.clock import local_day
from app.core.base.figures import day, moment, month
from app.core.base.progress import Progress
from app.core.base.words import _, mark
from app.services import Services
from app.ui.assurance.forms import (
    ask_evaluation,
    ask_incident,
    ask_oversight,
    ask_reader_test,
    ask_review,
)
from app.ui.assurance.incident_sheet import IncidentSheet
from app.ui.assurance.review_sheet import ReviewSheet
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.chips import StatusChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import SideBySide, clear, column, stacked
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import TextRole, Tone

_TONES = {
    Severity.MINOR: Tone.NEUTRAL,
    Severity.MAJOR: Tone.WARNING,
    Severity.CRITICAL: Tone.DANGER,
}


@dataclass(frozen=True, slots=True)
class _Shown:
    months: tuple[Month, ...]
    incidents: tuple[Incident, ...]
    readers: tuple[ReaderTest, ...]
    rule: OversightRule


class ReviewsScreen(Screen[Services]):
    """For auditors and administrators: what is looked at regularly, and what was found."""

    topics = frozenset(
        {"audit_review", "incident", "incident_step", "reader_test", "oversight_rule"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Reviews"),
            subtitle=_("What is looked at regularly, what went wrong, and who signed for it."),
        )
        self.header.add_action(
            plain(_("Qualification"), "clipboard-check").on_press(
                lambda: desk.open("qualification")
            )
        )
        self.header.add_action(
            plain(_("Evaluation"), "file-text").on_press(lambda: ask_evaluation(self))
        )
        self.report_button = primary(_("Report an incident"), "triangle-alert").on_press(
            lambda: ask_incident(self)
        )
        self.header.add_action(self.report_button)
        self.months = column(gap=12)
        self.incidents = column(gap=6)
        self.readers = column(gap=12)
        self.rule = PlainLabel("", wrap=True)
        self._rule = OversightRule()
        left = stacked(
            _card(_("Audit trail by month"), self.months), _card(_("Incidents"), self.incidents)
        )
        right = stacked(self._asked_card(), self._readers_card())
        self.body.addWidget(SideBySide(left, right, side_width=380, fold_below=900))
        self.body.addStretch(1)

    def _asked_card(self) -> Card:
        card = Card(_("How often it is asked for"))
        card.body.addWidget(self.rule)
        if self.desk.actor.may(Capability.MANAGE_SITE):
            change = plain(_("Change"), "settings")
            card.body.addWidget(change.on_press(lambda: ask_oversight(self, self._rule)))
        return card

    def _readers_card(self) -> Card:
        card = _card(_("Badge readers"), self.readers)
        if self.desk.actor.may(Capability.MANAGE_ACCOUNTS):
            test = plain(_("Test a reader"), "scan-line")
            card.body.addWidget(test.on_press(lambda: ask_reader_test(self)))
        return card

    @override
    def focus_first(self) -> None:
        self.report_button.setFocus()

    @override
    def refresh(self) -> None:
        """Look what waits, and what was found."""
        services, actor = self.desk.services, self.desk.actor

        def work(_progress: Progress) -> _Shown:
            return _Shown(
                services.audit_reviews.months(actor),
                services.incidents.incidents(actor),
                services.reader_tests.readers(actor),
                services.oversight_rules.now(),
            )

        self.load(work, self._show)

    def _show(self, shown: _Shown) -> None:
        self._rule = shown.rule
        self.rule.setText(rule_in_words(shown.rule))
        for lines, widgets, nothing in (
            (self.months, map(self._month, shown.months), _("No month is on record yet.")),
            (self.incidents, map(self._incident, shown.incidents), _("No incident is on record.")),
            (self.readers, map(self._reader, shown.readers), _("No reader was tested yet.")),
        ):
            clear(lines)
            for widget in widgets:
                lines.addWidget(widget)
            if not lines.count():
                lines.addWidget(PlainLabel(nothing, TextRole.MUTED, wrap=True))

    def _month(self, one: Month) -> QWidget:
        words, tone = _standing(one)
        about = (
            _("{name}, {moment}").format(name=one.review.by, moment=moment(one.review.at))
            if one.review
            else _("Due on {day}").format(day=day(one.due_on))
            if one.due_on and one.is_over
            else ""
        )
        row = FactRow(f"{month(one.first_on)} {one.first_on.year}", about, icon="calendar")
        row.add_button(StatusChip(words, tone))
        named = f"{month(one.first_on)} {one.first_on.year}"
        if one.review is not None:
            look = plain(_("Read"), "eye").on_press(partial(self._read, one))
            look.setAccessibleName(_("Read the review of {month}").format(month=named))
            row.add_button(look)
        elif one.is_over:
            review = plain(_("Review"), "signature").on_press(partial(ask_review, self, one))
            review.setAccessibleName(_("Review {month}").format(month=named))
            row.add_button(review)
        return row

    def _read(self, one: Month) -> None:
        if one.review is not None:
            ReviewSheet(self, one.review).open()

    def _incident(self, one: Incident) -> QWidget:
        state = _("Open") if one.is_open else _("Closed")
        about = _("{severity} · {state} · {moment}, reported by {name}").format(
            severity=_(SEVERITIES[one.severity]),
            state=state,
            moment=moment(one.happened_at),
            name=one.by,
        )
        tone = _TONES[one.severity] if one.is_open else Tone.SUCCESS
        icon = "triangle-alert" if one.is_open else "circle-check"
        button = RowButton(one.title, about, icon=icon, tone=tone)
        button.clicked.connect(lambda: IncidentSheet(self, one).open())
        return button

    def _reader(self, one: ReaderTest) -> QWidget:
        is_late = one.is_late(local_day(self.desk.clock))
        words = _("Read right") if one.is_right else one.remark
        about = _("{outcome} · {day}, {name}").format(
            outcome=words, day=day(one.at.astimezone().date()), name=one.by
        )
        if one.due_on is not None:
            about = f"{about} · " + _("again on {day}").format(day=day(one.due_on))
        icon, tone = ("triangle-alert", Tone.WARNING) if is_late else ("badge-check", Tone.SUCCESS)
        return FactRow(f"{one.reader} · {one.pc}", about, icon=icon, tone=tone)


def _standing(one: Month) -> tuple[str, Tone]:
    if one.review is not None:
        return _("Reviewed"), Tone.SUCCESS
    if one.is_overdue:
        return _("Overdue"), Tone.DANGER
    if not one.is_over:
        return _("Under way"), Tone.NEUTRAL
    return (_("To do"), Tone.WARNING) if one.due_on else (_("Not asked for"), Tone.NEUTRAL)


def _card(title: str, lines: QVBoxLayout) -> Card:
    card = Card(title)
    card.body.addLayout(lines)
    return card


SPEC = ScreenSpec(
    key="reviews",
    title=mark("Reviews"),
    icon="clipboard-list",
    section=mark("Control"),
    needs=Capability.VIEW_JOURNAL,
    factory=ReviewsScreen,
    beneath="audit",
)
