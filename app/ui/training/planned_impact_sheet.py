"""Who reads a revision again, as part of its draft: kept with the numbers, signed by who approves."""

from collections.abc import Callable

from typing_extensions import override

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training.controlled import BEGINS, Ask, AskFrom, Impact, PlannedImpact, Revision
from app.services import Services
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.screen import Screen
from app.ui.training.impact_sheet import ImpactSheet


class PlannedImpactSheet(ImpactSheet):
    """The same choice and numbers as after an approval, and when it is asked."""

    def __init__(
        self,
        host: Screen[Services],
        impact: Impact,
        revision: Revision,
        done: Callable[[int], None],
    ) -> None:
        super().__init__(host, impact, done)
        if revision.impact is not None:
            self._fill(revision.impact)

    @override
    def _end_button(self) -> Button:
        return Button(_("Keep in the draft"), Kind.PRIMARY, icon="check")

    @override
    def _add_days(self, impact: Impact) -> None:
        self.begins: ComboField[AskFrom] = ComboField(
            _("Asked"),
            [(one, _(words)) for one, words in BEGINS.items()],
            hint=_("Who is to have read it before that day is asked as soon as it is approved."),
        )
        self.begins.set_value(AskFrom.EFFECTIVE)
        self.due = DateField(_("Due on"), None, hint=_("Empty: as the requirement says."))
        self.form.add(self.begins)
        self.form.add(self.due)

    @override
    def _follow(self) -> None:
        super()._follow()
        self.begins.setVisible(self.ask.value() is not Ask.NONE)

    def _fill(self, plan: PlannedImpact) -> None:
        groups = (*plan.job_roles, *plan.org_units)
        self.choose(plan.ask, *(one.id for one in groups))
        self.begins.set_value(plan.begins)
        self.due.set_value(plan.due_on)
        self.reason.set_value(plan.reason)
        self.form.mark_saved()

    @override
    def _end(self) -> None:
        if not self.form.is_valid():
            return
        self.trouble.hide()
        desk, revision_id, decision = self._screen.desk, self._impact.subject_id, self._decision()
        begins = self.begins.value() or AskFrom.EFFECTIVE
        plans, actor = desk.services.documents.plans, desk.actor

        def work(_progress: Progress) -> int:
            return plans.keep(actor, revision_id, decision, begins).asked

        desk.jobs.run(work, done=self._decided, failed=self._refused, owner=self)
