"""How it stands with somebody's signing, in words."""

from app.core.base.figures import moment
from app.core.base.words import _, mark
from app.core.signatures import KeyEnd, SignerLine

_SHOWN_OF_A_KEY = 16
_ENDS = {
    KeyEnd.RESET: mark("ended: somebody else set or took away the password"),
    KeyEnd.REPLACED: mark("ended: another took its place"),
    KeyEnd.REVOKED: mark("ended: somebody else may have known the password"),
}


def key_in_words(line: SignerLine) -> tuple[str, str]:
    """Return what is known of somebody's newest key, and a line about it."""
    if line.key_made_at is None:
        words = _("It is made when they choose a password of their own.")
        return _("No signing key"), words
    about = [moment(line.key_made_at), line.key.hex()[:_SHOWN_OF_A_KEY]]
    if line.key_ended is not None:
        about.append(_(_ENDS[line.key_ended]))
        return _("No signing key in use"), " · ".join(about)
    return _("Signing key"), " · ".join(about)


def check_in_words(line: SignerLine) -> tuple[str, str]:
    """Return who made sure whose the key is, and a line about it."""
    if not line.is_checked:
        return _("Identity not checked"), _("Until somebody has, the key signs nothing.")
    if not line.document:
        return _("Founded this site"), _("Nobody was there to check.")
    about = _("{document}, seen by {name}").format(document=line.document, name=line.checked_by)
    if line.was_alone:
        alone = _("who had given the secret, for nobody else could check")
        about = f"{about}, {alone}"
    if not line.is_confirmed:
        return _("Identity not confirmed"), about
    return _("Identity checked"), about
