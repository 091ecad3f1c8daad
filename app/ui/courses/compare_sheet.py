"""What a draft changes, beside the version that new learners begin."""

from PySide6.QtWidgets import QWidget

from app.core.approvals import Comparison
from app.core.base.words import _
from app.ui.kit.comparison_view import ComparisonView
from app.ui.kit.overlay import SideSheet

_WIDTH = 760


class CompareSheet(SideSheet):
    """Only shows."""

    def __init__(self, host: QWidget, title: str, comparison: Comparison) -> None:
        super().__init__(host, _("Compare with the version in force"), subtitle=title, width=_WIDTH)
        self.view = ComparisonView()
        self.view.show_comparison(
            comparison, whole=_("The course"), before=_("In force"), after=_("Draft")
        )
        self.body.addWidget(self.view)
