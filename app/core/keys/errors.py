"""What can be wrong when keys are paired, revoked or rotated."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class WordsDiffer(UserFacingError):
    """The words that somebody read out are not those of the file."""

    def __init__(self) -> None:
        super().__init__(
            _("These are not the eight words of this file."),
            safe=_("Nothing was changed, and nobody was let in."),
            remedy=_(
                "Read them again from the other screen. If they still differ, "
                "somebody has changed the file: do not use it."
            ),
        )


class NotTheSitesPc(UserFacingError):
    """Only the PC that holds the site's key can do this."""

    exit_code = 3

    def __init__(self, site: str) -> None:
        super().__init__(
            _("This PC does not hold the key of {site}.").format(site=site),
            safe=_("Nothing was changed."),
            remedy=_("Do it on the PC where the site was set up."),
        )


class OfAnotherSite(UserFacingError):
    """The PC that asks belongs to another site."""

    def __init__(self) -> None:
        super().__init__(
            _("The PC that asks belongs to another site already."),
            safe=_("Nothing was changed."),
            remedy=_("Answer it where that site was set up, or begin on it with an empty folder."),
        )


class OfAnotherOrganisation(UserFacingError):
    """The site that asks belongs to another organisation."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _("{site} belongs to another organisation.").format(site=site),
            safe=_("Nothing was changed."),
            remedy=_("Ask its headquarters for the file, and pair with that."),
        )


class OwnRequest(UserFacingError):
    """A site was to be paired with itself."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was made by this site itself."),
            safe=_("Nothing was changed."),
            remedy=_("Take it to the other PC, and bring that one's file here."),
        )


class CannotRevoke(UserFacingError):
    """A key that is not revoked here."""

    def __init__(self) -> None:
        super().__init__(
            _("This is a key that this site stands on; it cannot be revoked here."),
            safe=_("Nothing was changed."),
            remedy=_("Rotate it instead: a new key takes its place."),
        )


class NoSuchKey(UserFacingError):
    """No key begins so, several do, or too little of it was given to be sure."""

    def __init__(self, start: str, *, found: int = 0, least: int = 0) -> None:
        if not found:
            happened = _("No key begins with {start}.").format(start=start)
        elif found > 1:
            happened = _("More than one key begins with {start}.").format(start=start)
        else:
            happened = _(
                "{start} is too little of a key to be sure which is meant: give {count} letters or more."
            ).format(start=start, count=least)
        super().__init__(
            happened,
            safe=_("Nothing was changed."),
            remedy=_("Take it from the list of keys: the first 16 letters are enough."),
        )


class NoSuchPc(UserFacingError):
    """No PC of this site is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("No PC of this site is called {name}.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Take its name, or the words of its key, from the list of keys."),
        )


class SeveralPcs(UserFacingError):
    """PCs of this site that are called alike."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(
            _("Several PCs of this site are called {name}.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Name the one that is meant: {names}.").format(names=", ".join(names)),
        )


class WeakPassphrase(UserFacingError):
    """The passphrase of a site file could be guessed."""

    def __init__(self, least: int) -> None:
        super().__init__(
            _("The passphrase is too short: at least {count} characters.").format(count=least),
            safe=_("No file was made."),
            remedy=_("Take four or five words that do not belong together."),
        )


class WrongPassphrase(UserFacingError):
    """The passphrase does not open the site file."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This passphrase does not open the site file."),
            safe=_("Nothing was changed."),
            remedy=_("Type the one that was chosen when the file was made."),
        )


class SiteFileExpired(UserFacingError):
    """The day up to which a site file holds is over."""

    def __init__(self, site: str, day: str) -> None:
        super().__init__(
            _("This site file of {site} was good until {day}.").format(site=site, day=day),
            safe=_("Nothing was changed."),
            remedy=_(
                "Have a new one made where the site was set up, or set this PC's clock right."
            ),
        )


class SiteKeyHere(UserFacingError):
    """The key that should take another's place is not needed: this PC holds the site's."""

    def __init__(self) -> None:
        super().__init__(
            _("This PC holds the site's key."),
            safe=_("Nothing was changed."),
            remedy=_("Make new keys for the site instead: the old one signs for them."),
        )


class HasHeadquarters(UserFacingError):
    """A site that has somebody above it does not name its own new key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} can name a new key for this site.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Save the request, and carry it there."),
        )


class NotTheRootsPc(UserFacingError):
    """Only the PC with the organisation's root names a site's new key."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This PC does not hold the root of the organisation."),
            safe=_("Nothing was changed."),
            remedy=_("Take the request to the PC of headquarters that pairs sites."),
        )


class LostKeyUnknown(UserFacingError):
    """The key whose place is asked for is none that this site knows as that site's."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _("The lost key of {site} is not known here as that site's.").format(site=site),
            safe=_("Nothing was changed."),
            remedy=_("Bring the request to the headquarters that the site was paired with."),
        )
