"""Two revisions of a document beside each other: one is opened, the other is chosen."""

from uuid import UUID

from app.core.approvals import Comparison
from app.core.base.words import _
from app.core.training.controlled import DocumentDetail, Revision
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.comparison_view import ComparisonView
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.jobs import Lane
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole

_WIDTH = 760


class CompareRevisionsSheet(SideSheet):
    """Only shows. What is compared are words; the legend says what that leaves unseen."""

    def __init__(self, host: Screen[Services], found: DocumentDetail, later: Revision) -> None:
        super().__init__(
            host,
            _("Compare revisions"),
            subtitle=_("{number}, revision {label}").format(
                number=found.summary.number, label=later.label
            ),
            width=_WIDTH,
        )
        self._desk, self._later = host.desk, later
        self._labels = {one.id: one.label for one in found.revisions}
        self.earlier: ComboField[UUID] = ComboField(_("Compared with revision"))
        others = [one for one in found.revisions if one.id != later.id]
        self.earlier.set_choices([(one.id, one.label) for one in others])
        self.earlier.set_value(earlier_of(found, later).id)
        self.earlier.edited.connect(self.compare)
        legend = _(
            "Words between « and » are in one revision alone. What changed in pictures and drawings "
            "is not seen here: look at both."
        )
        self.view = ComparisonView()
        self.body.addWidget(self.earlier)
        self.body.addWidget(PlainLabel(legend, TextRole.MUTED, wrap=True))
        self.body.addWidget(self.view)
        self.close_button = plain(_("Close")).on_press(self.dismiss)
        self.foot.addWidget(self.close_button)
        self.compare()

    def compare(self) -> None:
        """Compare with the revision that is chosen."""
        earlier_id = self.earlier.value()
        if earlier_id is None:
            return
        desk, later = self._desk, self._later
        comparing, actor = desk.services.documents.comparing, desk.actor

        def show(comparison: Comparison) -> None:
            if self.earlier.value() == earlier_id:
                self._show(comparison, self._labels[earlier_id])

        desk.jobs.run(
            lambda progress: comparing.compare(actor, earlier_id, later.id, progress),
            done=show,
            failed=desk.tell_error,
            owner=self,
            lane=Lane.WORK,
        )

    def _show(self, comparison: Comparison, earlier: str) -> None:
        self.view.show_comparison(
            comparison,
            whole=_("The revision"),
            before=_("Revision {label}").format(label=earlier),
            after=_("Revision {label}").format(label=self._later.label),
            is_numbered=False,
        )


def earlier_of(found: DocumentDetail, later: Revision) -> Revision:
    """Return the revision that a revision is compared with first: the one before it, else the one after."""
    places = [one.id for one in found.revisions]
    place = places.index(later.id)  # the newest comes first
    return found.revisions[place + 1 if place + 1 < len(places) else place - 1]
