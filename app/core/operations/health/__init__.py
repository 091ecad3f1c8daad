"""How the site is: its records and their disk, its keys, who gets in, and copies of it."""

from app.core.operations.health.copies import check_backups
from app.core.operations.health.gathering import check_health, looked
from app.core.operations.health.keys import is_enrolled
from app.core.operations.health.types import Check, Health

__all__ = ["Check", "Health", "check_backups", "check_health", "is_enrolled", "looked"]
