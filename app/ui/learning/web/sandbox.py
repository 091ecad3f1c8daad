"""Whether Chromium can wall its pages off from this PC. Where it cannot, it would end the whole program."""

import os
from pathlib import Path

from app.core.base.errors import UserFacingError
from app.core.base.words import _

_FORBIDDING = (
    ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
    ("/proc/sys/user/max_user_namespaces", "0"),
)
_RESTRICTED_BY_PROFILE = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
_OWN_PROFILE = "/proc/self/attr/current"


class NoSandbox(UserFacingError):
    """Packages are not opened without the engine's own walls."""

    def __init__(self, remedy: str) -> None:
        super().__init__(
            _("Packages cannot be opened here: this PC does not let them be walled off."),
            safe=_("Your progress is saved."),
            remedy=remedy,
        )


def require_sandbox() -> None:
    """Raise NoSandbox where the engine could not start its sandbox (Linux; tests switch it off)."""
    if os.name == "nt" or os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") == "1":
        return
    if os.geteuid() == 0:
        raise NoSandbox(_("Start Daksha as an ordinary user, not as root."))
    if _is_forbidden():
        raise NoSandbox(_("Ask whoever looks after the PC to allow user namespaces."))


def _is_forbidden() -> bool:
    if any(_read(file) == word for file, word in _FORBIDDING):
        return True
    is_bare = _read(_OWN_PROFILE) in {"", "unconfined"}
    return _read(_RESTRICTED_BY_PROFILE) == "1" and is_bare


def _read(file: str) -> str:
    try:
        return Path(file).read_text("utf-8").strip(" \n\0")
    except OSError:  # a kernel without this switch
        return ""
