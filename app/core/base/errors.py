"""Errors that are told to a person. Every other exception is a bug and flies."""

from app.core.base.words import _

_ENDS = (".", "!", "?", "।", ":", "…")
"""What a sentence ends with; one that ends with a path has none of it."""


class UserFacingError(Exception):
    """Something a person can act on, said in one sentence: what happened, what is safe, what to do.

    Features subclass it with fields and word it in their `__init__`. `exit_code` is what the
    command line returns (architecture, Command line): 2 bad input, 3 not allowed.
    """

    exit_code = 2

    def __init__(self, happened: str, *, safe: str = "", remedy: str = "") -> None:
        self.happened = happened
        self.safe = safe
        self.remedy = remedy
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Return the whole message on one line."""
        parts = filter(None, (self.happened, self.safe, self.remedy))
        return " ".join(part if part.endswith(_ENDS) else f"{part}." for part in parts)


class NotAllowed(UserFacingError):
    """The actor lacks the capability for what was asked."""

    exit_code = 3

    def __init__(self, what: str) -> None:
        super().__init__(
            _("You are not allowed to do this ({what}).").format(what=what),
            safe=_("Nothing was changed."),
            remedy=_("Ask an administrator to give you the role for it."),
        )


class LentOnly(NotAllowed):
    """The actor gives training for somebody else, who cannot let them do more."""

    def __init__(self, what: str, names: str) -> None:
        UserFacingError.__init__(
            self,
            _("You may give training for {names}, and do nothing else for them ({what}).").format(
                names=names, what=what
            ),
            safe=_("Nothing was changed."),
            remedy=_("Ask them to do it, or an administrator for the role."),
        )


class NotFound(UserFacingError):
    """What was asked for is not in this site's records."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what} was not found.").format(what=what),
            safe=_("Nothing was changed."),
            remedy=_("Check the number or the name and try again."),
        )


class NotOne(UserFacingError):
    """Several things have the number or name: other PCs gave it too. None of them is taken for it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what} is there more than once.").format(what=what),
            safe=_("Nothing was changed."),
            remedy=_("Give each of them a number or a code of its own first."),
        )


class Cancelled(UserFacingError):
    """A person stopped a long piece of work."""

    def __init__(self) -> None:
        super().__init__(_("Stopped."), safe=_("Nothing that was not finished has been kept."))
