"""People found by a name, to be chosen: at the roll, and for a list."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.base.paging import Page
from app.core.base.words import _, plural
from app.core.people import PersonSummary
from app.ui.kit.buttons import plain
from app.ui.kit.cards import RowButton
from app.ui.kit.overlay import SideSheet


class PeopleFound(SideSheet):
    """Each as one button; choosing one closes it."""

    Found = Page[PersonSummary]

    def __init__(
        self,
        host: QWidget,
        typed: str,
        found: Page[PersonSummary],
        choose: Callable[[UUID], None],
    ) -> None:
        told = plural("{count} found", "{count} found", found.total)
        super().__init__(host.window(), _("Who is it?"), subtitle=f"“{typed.strip()}” · {told}")
        self._choose = choose
        self.rows = [self._add(one) for one in found.rows]
        self.foot.addWidget(plain(_("Cancel")).on_press(self.dismiss))

    def _add(self, one: PersonSummary) -> RowButton:
        about = " · ".join(filter(None, (one.number, one.org_unit, one.job_role)))
        button = RowButton(one.name, about, icon="user")
        button.clicked.connect(partial(self._chosen, one.id))
        self.body.addWidget(button)
        return button

    def _chosen(self, person_id: UUID, *_checked: bool) -> None:
        self.dismiss()
        self._choose(person_id)
