"""Opening records whose password is lost: two people, two shares of the recovery kit, a new password."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.keys import (
    DEFAULT_COST,
    KeptTries,
    NewPassword,
    ShareRefused,
    SiteFileDamaged,
    SlotCost,
    SlotState,
    join_shares,
)
from app.core.operations.open_site import OpenSite
from app.core.operations.opening import Prepare
from app.core.operations.site_folder import SiteFolder
from app.core.people import (
    administrator_called,
    check_password,
    give_new_password,
    note_confirmed,
)
from app.core.storage.database import DatabaseUnreadable


class SharesOfOtherRecords(ShareRefused):
    """The shares belong together, and open something else."""

    def __init__(self) -> None:
        super().__init__(
            _("These shares do not open these records."),
            _("They are of another site, or of a kit from before the data key was changed."),
        )


class TwoPeopleNeeded(UserFacingError):
    """One person alone wants to recover."""

    def __init__(self) -> None:
        super().__init__(
            _("Recovery takes two different people, and the name of each."),
            safe=_("Nothing was changed."),
            remedy=_("Have the keeper of another share come to this PC."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What two people bring."""

    shares: Sequence[str] = field(repr=False, default=())
    people: Sequence[str]
    """Their names; both stand in the audit trail."""
    login: str
    """The administrator who gets a new password."""
    password: str = field(repr=False)
    answer: bytes = field(repr=False, default=b"")
    """What headquarters sent instead of shares."""
    cost: SlotCost = DEFAULT_COST


def recover(
    folder: SiteFolder, recovery: Recovery, prepare: Prepare, key: bytes | None = None
) -> OpenSite:
    """Open the records with two shares, or with the key that headquarters sent, and give a new password.

    The password signs the administrator in, and opens the records on any PC. A slot file that is
    damaged, lost or altered is made anew. Raises a ShareRefused, TwoPeopleNeeded, WeakSecret,
    NotFound for who is no administrator, and what `SiteFolder.open` does.
    """
    check_recovery(recovery)
    key = key or join_shares(recovery.shares)
    try:
        opened = folder.open_with_key(prepare, key)
    except DatabaseUnreadable:
        raise SharesOfOtherRecords from None
    try:
        give_back(opened, recovery)
    except BaseException:
        opened.site.close()
        raise
    return opened


def check_recovery(recovery: Recovery) -> None:
    """Raise TwoPeopleNeeded or WeakSecret; whether the login is an administrator's, the records tell."""
    names = _names(recovery)
    if len({name.casefold() for name in names if name}) != len(names) or len(names) < 2:  # noqa: PLR2004  two people
        raise TwoPeopleNeeded
    check_password(recovery.password, (recovery.login,))


def give_back(opened: OpenSite, recovery: Recovery) -> None:
    """Give the administrator a new password that opens the records too. Raises NotFound."""
    people = " + ".join(_names(recovery))
    administrator_called(opened.site, recovery.login)
    with opened.site.transaction(system_actor(), "data-key.recover", reason=people) as unit:
        way = "headquarters" if recovery.answer else "recovery kit"
        note_confirmed(unit, system_actor(), way, opened.site.clock.now())
    _set_slot(opened, recovery)
    give_new_password(
        opened.site,
        recovery.login,
        recovery.password,
        reason=f"{people}: {recovery.login}",
        kept=KeptTries(opened.authority.folder),
    )


def _names(recovery: Recovery) -> list[str]:
    return [" ".join(name.split()) for name in recovery.people]


def _set_slot(opened: OpenSite, recovery: Recovery) -> None:
    file, key = opened.data_key_file, opened.data_key
    new = NewPassword(label=recovery.login, password=recovery.password, cost=recovery.cost)
    try:
        is_whole = file.state(key) is SlotState.WHOLE
        asks = file.slots.read().asks
    except SiteFileDamaged:
        is_whole, asks = False, False
    if is_whole:
        file.slots.set_password(new, key)
        if not asks:
            file.slots.bind_machine(file.machine_secret, key)
    else:
        file.slots.begin(key, new, None if asks else file.machine_secret, file.latest + 1)
    file.note()
