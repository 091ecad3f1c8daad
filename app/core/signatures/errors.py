"""Why somebody cannot sign, told so that they can act on it."""

from datetime import timedelta

from app.core.base.errors import UserFacingError
from app.core.base.figures import duration
from app.core.base.words import _


class CannotSign(UserFacingError):
    """Nothing was signed, and what was to be signed was not done."""

    exit_code = 3


class NoSigningKey(CannotSign):
    """The password that was given is nobody's own: an administrator gave it, or it is an old one."""

    def __init__(self) -> None:
        super().__init__(
            _("You have no signing key yet: it is made when you choose a password of your own."),
            safe=_("Nothing was signed."),
            remedy=_("Change your password once, then sign with the new one."),
        )


class AnothersPen(CannotSign):
    """An act of one person was to be signed by another."""

    def __init__(self) -> None:
        super().__init__(
            _("This is signed by whoever does it, and somebody else's signature was given."),
            safe=_("Nothing was signed, and nothing was changed."),
            remedy=_("Let whoever signs sign in and do it themselves."),
        )


class NotChecked(CannotSign):
    """Nobody has made sure who the owner of the key is."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody has checked yet who you are, and without that you cannot sign."),
            safe=_("Nothing was signed."),
            remedy=_(
                "Show a paper with your name to an administrator who did not give you your password; "
                "they allow it on your page under People."
            ),
        )


class StatementMissing(CannotSign):
    """The signer has not said yet that their electronic signature binds them."""

    def __init__(self) -> None:
        super().__init__(
            _("You have not accepted yet that your electronic signature binds you as one by hand."),
            safe=_("Nothing was signed."),
            remedy=_("Read the statement and sign it first; it is asked once."),
        )


class TrainingFirst(CannotSign):
    """The site asks for training before somebody signs (21 CFR 11.10(i)), and the signer lacks it."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(
            _("Before you sign here you have to hold “{title}”.").format(title=title),
            safe=_("Nothing was signed."),
            remedy=_(
                "Take that training first; if you had it, let whoever assigns training note it."
            ),
        )


class IdNeeded(CannotSign):
    """The first signature of a series was given with the password alone."""

    def __init__(self) -> None:
        super().__init__(
            _("The first signature needs your number or login as well as your password."),
            safe=_("Nothing was signed."),
            remedy=_("Give both; the next ones ask for the password alone."),
        )


class ClockSetBack(CannotSign):
    """The PC's clock shows a time before what was written already."""

    def __init__(self, behind: timedelta) -> None:
        super().__init__(
            _("The clock of this PC stands {time} before what was last written here.").format(
                time=duration(behind)
            ),
            safe=_(
                "Nothing was signed: a signature must not bear a time before the one before it."
            ),
            remedy=_(
                "Set the clock right; if it is right, an administrator confirms that under Signatures."
            ),
        )


class ClockIsSound(UserFacingError):
    """A clock was to be confirmed that nothing speaks against."""

    def __init__(self) -> None:
        super().__init__(
            _("The clock of this PC is not behind what was written; there is nothing to confirm."),
            safe=_("Nothing was changed."),
        )


class MayNotCheck(UserFacingError):
    """Whoever gave somebody's secret, or the owner, wanted to say who the owner is, though others could."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Whoever gave the PIN or password, and the owner, cannot also say who the owner is."),
            safe=_("Nothing was changed."),
            remedy=_("Ask another administrator of the site to look at the paper."),
        )


class NotMadeSureOf(UserFacingError):
    """Somebody wanted to say who another is, of whom nobody independent has made sure."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody independent has made sure yet who you are, so you cannot say who others are."
            ),
            safe=_("Nothing was changed."),
            remedy=_(
                "Show your paper to another administrator who can sign, or let them look at this one."
            ),
        )


class NothingToCheck(UserFacingError):
    """Somebody has no signing key that waits for a check."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} has no signing key that waits for a check.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("They choose a password of their own first."),
        )


class ReadOtherwise(UserFacingError):
    """What is to be signed changed after the signer had read it."""

    def __init__(self) -> None:
        super().__init__(
            _("What you read is not what stands there any more; it changed meanwhile."),
            safe=_("Nothing was signed, and nothing was changed."),
            remedy=_("Read it again, then sign."),
        )


class NotSigned(UserFacingError):
    """An act that is done with a signature only was to be done without."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This is done with a signature only."),
            safe=_("Nothing was changed."),
            remedy=_(
                "Do it in the window and sign there, or by command with --as and your password."
            ),
        )


class WordsMissing(UserFacingError):
    """Something that is kept with a signature was left empty, or is far too long."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what} is missing, or longer than can be kept.").format(what=what),
            safe=_("Nothing was signed."),
            remedy=_("Say it in a few words."),
        )
