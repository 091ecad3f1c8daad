"""Who signs in at the demo plant, and with what: no secret, the sign-in page tells it.

Read before the first paint, so nothing of the database may be imported here.
"""

from pathlib import Path

from app.core.base.words import _

ADMINISTRATOR_LOGIN = "admin"
AUDITOR_LOGIN = "auditor"
LEARNER_NUMBER = "E-10040"
PASSWORD = "demo plant in pune"  # noqa: S105  a demo's password is no secret: the first screen tells it
PIN = "7305"
_MARK = "demo-plant"


def mark_as_demo(folder: Path) -> None:
    """Leave a mark in a data folder that says: this is the demo plant."""
    (folder / _MARK).touch()


def told_at_sign_in(folder: Path) -> str:
    """Return what the sign-in page tells of the demo's logins; "" at every other site."""
    if not (folder / _MARK).exists():
        return ""
    return _(
        "This is the demo plant. Look around as administrator ({administrator}) or auditor "
        "({auditor}), both with the password “{password}”, or as learner {learner} with PIN {pin}."
    ).format(
        administrator=ADMINISTRATOR_LOGIN,
        auditor=AUDITOR_LOGIN,
        password=PASSWORD,
        learner=LEARNER_NUMBER,
        pin=PIN,
    )
