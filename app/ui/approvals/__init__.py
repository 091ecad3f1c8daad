"""The approvers' screens: what waits, the review of one, and what this site asks for."""

from app.ui.approvals.inbox_screen import SPEC as INBOX
from app.ui.approvals.review_screen import SPEC as REVIEW
from app.ui.kit.screen import ScreenSpec

SCREENS: tuple[ScreenSpec, ...] = (INBOX, REVIEW)
