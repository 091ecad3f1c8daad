"""The disk's and the database's own troubles, said to a person."""

import errno
import logging
from contextlib import ContextDecorator
from types import TracebackType

import sqlalchemy as sa

from app.core.base.errors import UserFacingError
from app.core.base.words import _

_log = logging.getLogger(__name__)

_FULL, _READ_ONLY, _BUSY, _CORRUPT, _NOT_A_DATABASE = 13, 8, 5, 11, 26
_INPUT_OUTPUT, _CANNOT_OPEN = 10, 14
_DISK_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE_ERRORS = {errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENODEV, errno.ENXIO}
_READ_ONLY_ERRORS = {errno.EROFS, errno.EACCES, errno.EPERM}


class DiskFull(UserFacingError):
    """There is no room left to write."""

    def __init__(self) -> None:
        super().__init__(
            _("The disk is full."),
            safe=_("Everything saved before is safe; this step was not saved."),
            remedy=_("Free some space and do it again."),
        )


class DiskSilent(UserFacingError):
    """The disk refused a read or a write; SQLite says the same of a disk without room for its log."""

    def __init__(self) -> None:
        super().__init__(
            _("The disk is full, or does not answer."),
            safe=_("Everything saved before is safe; this step was not saved."),
            remedy=_("Free some space, or have the disk looked at, and do it again."),
        )


class DiskForgets(UserFacingError):
    """The disk did not keep what was written: it refused the write, or to bring it down (fsync).

    The driver does not say which of them it was. The handle of the records was let go of, for to ask a
    second time would be answered with a lie: the system forgets what it could not bring down, and says yes.
    What was written may be there all the same when the file is opened anew.
    """

    def __init__(self) -> None:
        super().__init__(
            _("The disk of this PC did not keep what was written to it; the records were closed."),
            safe=_("Everything saved before is safe; whether this step was saved is seen then."),
            remedy=_(
                "Look whether it is there, else do it again: the records are opened anew and proved "
                "first. If this comes back, make a backup on another disk and have this one looked at."
            ),
        )


class FolderReadOnly(UserFacingError):
    """The data folder cannot be written to."""

    def __init__(self) -> None:
        super().__init__(
            _("The data folder cannot be written to."),
            safe=_("Everything saved before is safe; this step was not saved."),
            remedy=_("Ask whoever looks after this PC to allow Daksha to write there."),
        )


class PlaceReadOnly(UserFacingError):
    """A folder outside the product's own cannot be written to."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("Nothing may be written here: {place}").format(place=place),
            safe=_("Everything saved before is safe; this file was not written."),
            remedy=_("Choose another folder, or a stick that is not write-protected."),
        )


class PlaceGone(UserFacingError):
    """A folder or a stick is no longer there."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("This can no longer be reached: {place}").format(place=place),
            safe=_("Everything saved before is safe; this step was not done."),
            remedy=_("Put the stick back in, or choose another folder, and do it again."),
        )


class DatabaseBusy(UserFacingError):
    """Another program has held the write lock for too long."""

    def __init__(self) -> None:
        super().__init__(
            _("Another program is using the records."),
            safe=_("Everything saved before is safe; this step was not saved."),
            remedy=_("Wait a moment and do it again."),
        )


class DatabaseDamaged(UserFacingError):
    """The database file is damaged."""

    def __init__(self) -> None:
        super().__init__(
            _("The records' file is damaged."),
            safe=_("It was not changed any further."),
            remedy=_("Stop working on this PC and restore the last backup."),
        )


class ServerSilent(UserFacingError):
    """The server that keeps the records cannot be reached, has gone away, or does not let this PC in.

    Which of these it is, the driver does not tell where a connection is not made.
    """

    def __init__(self) -> None:
        super().__init__(
            _("The server of the records does not answer, or does not let this PC in."),
            safe=_("Everything saved before is safe; this step was not saved."),
            remedy=_(
                "Look whether it runs and the network is there, and whether the name, the password "
                "and the database in its address are right; then do it again."
            ),
        )


class AddressUnreadable(UserFacingError):
    """What was given as the address of a server is none of PostgreSQL."""

    def __init__(self) -> None:
        super().__init__(
            _("This is no address of a PostgreSQL database."),
            safe=_("Nothing was changed."),
            remedy=_("Write it as postgresql+psycopg://name:password@server/database."),
        )


class WrittenMeanwhile(UserFacingError):
    """Another station wrote the same row at the same moment."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody on another PC has just entered the same."),
            safe=_("What they entered is kept; this step was not saved."),
            remedy=_("Look at what is there now, and do it again if it is still needed."),
        )


_BY_CODE: dict[int, type[UserFacingError]] = {
    _FULL: DiskFull,
    _READ_ONLY: FolderReadOnly,
    _INPUT_OUTPUT: DiskSilent,
    _CANNOT_OPEN: FolderReadOnly,
    _BUSY: DatabaseBusy,
    _CORRUPT: DatabaseDamaged,
    _NOT_A_DATABASE: DatabaseDamaged,
}


_BY_STATE: dict[str, type[UserFacingError]] = {
    "23505": WrittenMeanwhile,
    "40001": DatabaseBusy,
    "40P01": DatabaseBusy,
    "53100": DiskFull,
    "57P01": ServerSilent,
    "57P02": ServerSilent,
    "57P03": ServerSilent,
}
"""By SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html). What two stations must not both do
they do in turns; a key that both wrote all the same is logged, for it may be a bug as well."""


def told_of(error: sa.exc.DBAPIError) -> type[UserFacingError] | None:
    """Return what people are told of an error of the database's; None for what is a bug."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        told = _BY_STATE.get(state)
        if told is WrittenMeanwhile:
            _log.warning("a key was written twice: %s", error.orig)
        return told
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None:  # a server that says nothing has no state to tell, either
        return ServerSilent if isinstance(error, sa.exc.OperationalError) else None
    return _told_of_code(code)


def check_damage(error: Exception) -> str:
    """Return what a driver's error says of damage; raise what is told where it is the disk's or a lock's."""
    told = _told_of_code(getattr(error, "sqlite_errorcode", _CORRUPT))
    if told is not None and told is not DatabaseDamaged:
        raise told from error
    return str(error)


def _told_of_code(code: int) -> type[UserFacingError] | None:
    # The low byte is the primary code (sqlite.org/rescode.html).
    return _BY_CODE.get(code & 0xFF)


def is_forgotten(error: BaseException | None) -> bool:
    """Tell whether an error in a transaction says that the disk did not keep what was written."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return code is not None and code & 0xFF == _INPUT_OUTPUT


class _Plainly(ContextDecorator):
    """What `told_plainly` gives. It is one: no transaction begins with making another."""

    def __enter__(self) -> None:
        """Let the block begin."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Raise what is to be said of an error; one of which nothing is known goes on."""
        tell_plainly(error)


def tell_plainly(error: BaseException | None) -> None:
    """Raise what is to be said of an error, if that is known."""
    if isinstance(error, sa.exc.DBAPIError):
        told = told_of(error)
        if told is not None:
            raise told from error
    elif isinstance(error, OSError):
        trouble = _trouble_of(error)
        if trouble is not None:
            raise trouble from error


def told_plainly() -> _Plainly:
    """Turn a full disk, a read-only folder, a lock, a stick that is gone or a damaged file into the error that says so."""
    return _PLAINLY


_PLAINLY = _Plainly()


def _trouble_of(error: OSError) -> UserFacingError | None:
    if error.errno in _DISK_FULL_ERRORS:
        return DiskFull()
    if error.errno in _READ_ONLY_ERRORS:
        return PlaceReadOnly(str(error.filename)) if error.filename else FolderReadOnly()
    if error.errno in _GONE_ERRORS and error.filename:
        return PlaceGone(str(error.filename))
    if error.errno == errno.EIO:  # of a file that is open already, whose name nobody tells
        return DiskSilent()
    return None
