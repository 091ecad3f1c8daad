"""Why a file or a folder could not be read or written, in words for whoever stands before the PC."""

import errno

from app.core.base.words import _, mark

_WHY: dict[int, str] = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), mark("This PC does not allow it.")),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), mark("It is not there any more.")),
    errno.EISDIR: mark("It is a folder."),
    errno.ELOOP: mark("It is a link that leads nowhere."),
    errno.ENAMETOOLONG: mark("Its name is too long."),
    errno.EROFS: mark("The disk or stick is write-protected."),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), mark("The disk is full.")),
    errno.EFBIG: mark("It is too large for that disk."),
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), mark("Another program has it open.")),
    **dict.fromkeys(
        (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT),
        mark("The disk or stick does not answer, or is failing."),
    ),
}
_OPEN_ELSEWHERE = {32, 33}
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, which Windows hands over as EACCES."""


def why_refused(refusal: OSError) -> str:
    """Return a sentence that says why the system refused; what it says itself where no words are known."""
    if getattr(refusal, "winerror", None) in _OPEN_ELSEWHERE:
        return _(_WHY[errno.EBUSY])
    known = _WHY.get(refusal.errno or 0)
    if known is not None:
        return _(known)
    return _("This PC says: {words}.").format(words=refusal.strerror or type(refusal).__name__)
