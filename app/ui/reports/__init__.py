"""Screens that read everything: overview, reports, audit trail, a person's record."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.ui.kit.screen import ScreenSpec
from app.ui.reports.audit_screen import AuditScreen
from app.ui.reports.dossier_screen import DossierScreen
from app.ui.reports.overview_screen import OverviewScreen
from app.ui.reports.question_look_screen import SPEC as QUESTION_LOOK
from app.ui.reports.report_screen import ReportScreen
from app.ui.reports.reports_screen import ReportsScreen
from app.ui.reports.signatures_screen import SignaturesScreen
from app.ui.reports.where_used_screen import SPEC as WHERE_USED

SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        key="overview",
        title=mark("Overview"),
        icon="layout-dashboard",
        needs=Capability.VIEW_REPORTS,
        factory=OverviewScreen,
    ),
    ScreenSpec(
        key="reports",
        title=mark("Reports"),
        icon="chart-column",
        section=mark("Control"),
        needs=Capability.VIEW_REPORTS,
        factory=ReportsScreen,
    ),
    ScreenSpec(
        key="report",
        title=mark("Report"),
        icon="chart-column",
        needs=Capability.VIEW_REPORTS,
        factory=ReportScreen,
        in_navigation=False,
    ),
    ScreenSpec(
        key="audit",
        title=mark("Audit trail"),
        icon="scroll-text",
        section=mark("Control"),
        needs=Capability.VIEW_JOURNAL,
        factory=AuditScreen,
    ),
    ScreenSpec(
        key="signatures",
        title=mark("Signatures"),
        icon="signature",
        section=mark("Control"),
        needs=Capability.VIEW_JOURNAL,
        factory=SignaturesScreen,
        beneath="audit",
    ),
    ScreenSpec(
        key="dossier",
        title=mark("Training record"),
        icon="file-text",
        factory=DossierScreen,
        in_navigation=False,
    ),
    QUESTION_LOOK,
    WHERE_USED,
)
"""The record asks for no capability: one's own may be read by anybody; the core decides."""
