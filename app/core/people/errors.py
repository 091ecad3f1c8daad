"""What can go wrong with people and accounts, told so that somebody can act on it."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from app.core.base.errors import NotAllowed, NotOne, UserFacingError
from app.core.base.figures import day, duration
from app.core.base.words import _

_MINUTE = timedelta(minutes=1)


class NumberTaken(UserFacingError):
    """Somebody else has the number, or signs in with it."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            _("The number {number} already belongs to somebody else.").format(number=number),
            safe=_("Nothing was changed."),
            remedy=_("Look that person up, or give another number."),
        )


class NameIsDouble(UserFacingError):
    """Somebody signs in with what two people have: nobody is let in under the wrong name."""

    def __init__(self, name: str, accounts: Iterable[UUID] = ()) -> None:
        self.accounts = tuple(sorted(accounts))
        """Which are called so, for an administrator alone."""
        super().__init__(
            _("More than one person here goes by {name}, so nobody can sign in with it.").format(
                name=name
            ),
            safe=_("Nothing is lost: both have their records."),
            remedy=_("Ask an administrator to give one of them another number, login or badge."),
        )


class SeveralAccounts(UserFacingError):
    """An administrator names an account by what several have."""

    def __init__(self, name: str, accounts: Iterable[str]) -> None:
        super().__init__(
            _("Several accounts are called {name}.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Name the one that is meant by its id: {accounts}.").format(
                accounts=", ".join(accounts)
            ),
        )


class NameOfSeveralSites(UserFacingError):
    """Somebody signs in with what people of several sites have, and the site here has none of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("People of more than one site go by {name}.").format(name=name),
            safe=_("Nothing is lost: each has their own records."),
            remedy=_("Type the code of your site before it, with a stroke: CODE/{name}.").format(
                name=name
            ),
        )


class SeveralSitesHaveIt(NotOne):
    """People of several sites have the number that somebody else named."""

    def __init__(self, what: str) -> None:
        UserFacingError.__init__(
            self,
            _("{what} is there at more than one site.").format(what=what),
            safe=_("Nothing was changed."),
            remedy=_("Put the code of the site before it, with a stroke: CODE/NUMBER."),
        )


class BecameAnother(UserFacingError):
    """Somebody who was signed in was found to be one person with another, under whom all records stand."""

    def __init__(self) -> None:
        super().__init__(
            _("An administrator found that you were here twice, and put your records together."),
            safe=_("Everything you did is kept."),
            remedy=_("Sign in again. If your PIN is not taken, ask for a new one."),
        )


class MayLess(UserFacingError):
    """Something that somebody could do when they signed in was taken from them meanwhile."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("What you may do here has changed since you signed in."),
            safe=_("Everything you did is kept."),
            remedy=_("Sign in again to go on with what you may do now."),
        )


class PlaceOfAnother(UserFacingError):
    """Somebody was to come to a department of one site with a job role or a manager of another."""

    def __init__(self) -> None:
        super().__init__(
            _("The department is another site's, but the job role or the manager is not."),
            safe=_("Nothing was changed."),
            remedy=_("Choose a job role and a manager of that site, or none."),
        )


class LoginTaken(UserFacingError):
    """Another account signs in with the name, or somebody has it as a number."""

    def __init__(self, login: str) -> None:
        super().__init__(
            _("Somebody else already signs in as {login}.").format(login=login),
            safe=_("Nothing was changed."),
            remedy=_("Choose another login."),
        )


class BadgeTaken(UserFacingError):
    """The badge opens another account; `owner` is whose, for those who may know."""

    def __init__(self, owner: str = "") -> None:
        self.owner = owner
        super().__init__(
            _("This badge already belongs to {name}.").format(name=owner)
            if owner
            else _("This badge already belongs to somebody else."),
            safe=_("Nothing was changed."),
            remedy=_("Take it away from them first, or use another badge."),
        )


class BadgeIsName(UserFacingError):
    """A badge's code is what somebody else signs in with: it would name them."""

    def __init__(self) -> None:
        super().__init__(
            _("This code is the number or login of somebody else."),
            safe=_("Nothing was changed."),
            remedy=_("Use a badge with another code."),
        )


class CodeTaken(UserFacingError):
    """Another org unit or job role has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("The code {code} is already in use.").format(code=code),
            safe=_("Nothing was changed."),
            remedy=_("Choose another code."),
        )


class NameTaken(UserFacingError):
    """Another org unit of the same place, or another job role, has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The name “{name}” is already in use here.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Choose another name."),
        )


class DetailRefused(UserFacingError):
    """A field holds what it must not."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why, safe=_("Nothing was changed."), remedy=remedy)


class UnitWithinItself(UserFacingError):
    """An org unit was to be moved below itself."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} cannot be moved into itself or into a unit below it.").format(name=name),
            safe=_("Nothing was changed."),
            remedy=_("Choose a unit outside it."),
        )


class DayRefused(UserFacingError):
    """A move, leaving or return was dated where it cannot be."""

    def __init__(self, on: date, why: str) -> None:
        super().__init__(
            _("{day} cannot be taken: {why}.").format(day=day(on), why=why),
            safe=_("Nothing was changed."),
            remedy=_("Give another day."),
        )


class LendingOver(NotAllowed):
    """Somebody gave training for another when they came, and may do so no longer."""

    def __init__(self, names: str) -> None:
        UserFacingError.__init__(
            self,
            _("You give training for {names} no longer.").format(names=names),
            safe=_("Nothing was changed."),
            remedy=_("Ask them whether they let you go on."),
        )


class HasAccount(UserFacingError):
    """The person has an account already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} already has an account.").format(name=name), safe=_("Nothing was changed.")
        )


class WeakSecret(UserFacingError):
    """A PIN or password is too easy to guess."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why, safe=_("Nothing was changed."), remedy=_("Choose one that is harder to guess.")
        )


class WrongSignIn(UserFacingError):
    """Number, login, badge, PIN or password: which of them was wrong is never said."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("The number or login, or the PIN or password, is not right."),
            safe=_("Nothing was lost."),
            remedy=_("Try again, or ask your trainer for a new one."),
        )


class NobodyYet(UserFacingError):
    """There is no account in these records: a PC that joined waits for its first sync file."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Nobody can sign in here yet: this PC waits for its first sync file."),
            safe=_("Nothing was lost."),
            remedy=_(
                "Bring one from the PC where the site was set up; everybody then signs in "
                "with the number and the PIN or password they have there."
            ),
        )


class WrongSecret(WrongSignIn):
    """Who it is stands fast; the PIN or password is not theirs."""

    def __init__(self) -> None:
        UserFacingError.__init__(
            self,
            _("That PIN or password is not right."),
            safe=_("Nothing was lost."),
            remedy=_("Try again, or ask your trainer or administrator for a new one."),
        )


class PinSignsNothing(UserFacingError):
    """A PIN was typed where somebody signs."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("A PIN does not sign: it is short, and whoever gave it knows it."),
            safe=_("Nothing was signed."),
            remedy=_("Sign with a password of your own; choose one first if you have none."),
        )


class HasPassword(UserFacingError):
    """Somebody wanted to choose a first password by their PIN, and has a password."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("You have a password; a PIN is not enough to choose another."),
            safe=_("Nothing was changed."),
            remedy=_(
                "Change it with the password you have, or ask an administrator to take it away."
            ),
        )


class AccountLocked(UserFacingError):
    """Too many wrong tries; `wait` None means until an administrator unlocks it."""

    exit_code = 3

    def __init__(self, wait: timedelta | None) -> None:
        self.wait = wait
        super().__init__(
            _("Too many wrong tries."),
            safe=_("Your records are safe."),
            remedy=_("Ask an administrator to unlock your account.")
            if wait is None
            else _("Wait {time}, then try again.").format(time=duration(_rounded_up(wait))),
        )


def _rounded_up(wait: timedelta) -> timedelta:
    """Return a wait in whole seconds, from a minute on in whole minutes: never less than it is."""
    step = timedelta(seconds=1) if wait <= _MINUTE else _MINUTE
    return -(-wait // step) * step


class AccountClosed(UserFacingError):
    """The account is disabled, its owner has left, or it is not open at this time."""

    exit_code = 3

    def __init__(self, why: str) -> None:
        super().__init__(
            why, safe=_("Nothing was changed."), remedy=_("Ask an administrator if that is wrong.")
        )


class ChangeNeeded(UserFacingError):
    """The secret must be changed before anything else is done."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This PIN or password was given to you and must be changed first."),
            remedy=_("Sign in at the window once and choose your own."),
        )


class LastAdministrator(UserFacingError):
    """Nobody would be left who can manage the site."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last administrator of the site."),
            safe=_("Nothing was changed."),
            remedy=_("Make somebody else an administrator first, with a PIN or password."),
        )


class WindowRefused(UserFacingError):
    """An auditor's account would never be open."""

    def __init__(self) -> None:
        super().__init__(
            _("The account would close before it opens."),
            safe=_("Nothing was changed."),
            remedy=_("Give an end that lies after the beginning and after now."),
        )
