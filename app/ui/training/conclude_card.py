"""What an assessment comes to: competent, or not yet with a day for another try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.core.base.words import _
from app.core.training.practicals import AssessmentVerdict, FormContent, RoundFact
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.theme import TextRole, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What an assessor says of a round."""

    verdict: AssessmentVerdict
    remark: str
    retry_on: date | None


class ConcludeCard(Card):
    """Two buttons; with a critical step that is not done only one of them can be pressed."""

    def __init__(self, conclude: Callable[[Conclusion], None]) -> None:
        super().__init__(_("Result"), gap=12)
        self._conclude = conclude
        self._round: UUID | None = None
        self.told = PlainLabel("", TextRole.BODY2, wrap=True)
        self.remark = TextAreaField(_("Remark"), rows=2, hint=_("The learner reads it."))
        self.retry = DateField(_("Next try, if not yet competent"))
        self.no_button = plain(_("Not yet competent"), "x").on_press(
            lambda: self._say(AssessmentVerdict.NOT_YET)
        )
        self.yes_button = primary(_("Competent"), "check").on_press(
            lambda: self._say(AssessmentVerdict.COMPETENT)
        )
        for part in (self.told, self.remark, self.retry):
            self.body.addWidget(part)
        line = row(gap=8)
        line.addWidget(self.yes_button)
        line.addWidget(self.no_button)
        line.addStretch(1)
        self.body.addLayout(line)

    def show_round(self, seen: RoundFact, content: FormContent, today: date) -> None:
        """Say what can be concluded from a round. Nothing is left of what was said of another one."""
        if seen.id != self._round:
            self._round = seen.id
            self.remark.set_value("")
            self.retry.set_value(today + timedelta(days=content.retry_days))
        missed = seen.missed
        self.yes_button.setEnabled(seen.is_whole and not missed)
        self.no_button.setEnabled(seen.is_whole)
        if not seen.is_whole:
            told = _("Mark every step; then say what it comes to.")
        elif missed:
            told = _("★ “{step}” is not done: nobody is competent without it.").format(
                step=missed[0].text
            )
        else:
            told = _("Every step is marked, and the critical ones are done.")
        self.told.setText(told)
        self.told.set_tone(Tone.DANGER if seen.is_whole and missed else None)

    def _say(self, verdict: AssessmentVerdict) -> None:
        self._conclude(
            Conclusion(
                verdict=verdict,
                remark=self.remark.value(),
                retry_on=self.retry.value() if verdict is AssessmentVerdict.NOT_YET else None,
            )
        )
