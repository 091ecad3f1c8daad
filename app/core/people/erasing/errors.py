"""Why somebody is not erased, told so that somebody can act on it."""

from collections.abc import Sequence

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people.erasing.types import Hindrance
from app.core.people.erasing.words import hindrance_in_words


class ErasureHindered(UserFacingError):
    """Something stands in the way."""

    def __init__(self, hindrances: Sequence[Hindrance]) -> None:
        self.hindrances = tuple(hindrances)
        super().__init__(
            _("This person cannot be erased now. {why}").format(
                why=" ".join(map(hindrance_in_words, hindrances))
            ),
            safe=_("Nothing was changed."),
            remedy=_("The request stays; confirm it when nothing stands in the way any more."),
        )


class SecondPersonNeeded(UserFacingError):
    """Whoever asked cannot confirm it too."""

    def __init__(self) -> None:
        super().__init__(
            _("Erasing somebody takes two people, and neither of them may be the person erased."),
            safe=_("Nothing was changed."),
            remedy=_("Let another administrator sign in and confirm it."),
        )


class NobodyMadeSure(UserFacingError):
    """One of the two is an account of which nobody independent has made sure whose it is."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "Erasing somebody takes two people, and nobody has made sure yet who {name} is."
            ).format(name=name),
            safe=_("Nothing was changed."),
            remedy=_(
                "Let another administrator see who they are, and say so on their page under Signature."
            ),
        )


class AlreadyAsked(UserFacingError):
    """A request for the person stands."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody asked for this already, and it waits to be confirmed."),
            safe=_("Nothing was changed."),
            remedy=_("Let another administrator confirm it, or withdraw it."),
        )


class NothingAsked(UserFacingError):
    """There is no request, or no hold, that stands."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what}: there is nothing of the kind, or it is over.").format(what=what),
            safe=_("Nothing was changed."),
            remedy=_("Look at the list of what is asked for and held back."),
        )


class PersonErased(UserFacingError):
    """The person was erased."""

    def __init__(self) -> None:
        super().__init__(
            _("This person was erased, and nothing personal is kept of them any more."),
            safe=_("Nothing was changed."),
            remedy=_("If they come back, add them as a new person."),
        )


class RetentionRefused(UserFacingError):
    """So many years are no retention."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(
            _("Personal data is kept for {least} to {most} years after somebody left.").format(
                least=least, most=most
            ),
            safe=_("Nothing was changed."),
            remedy=_("Give a number of years within that."),
        )
