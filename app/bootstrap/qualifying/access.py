"""Trials of who gets in, and what is on the disk for who does not."""

from app.bootstrap.qualifying.site import LEARNER, LEARNER_NAME, LOGIN, PASSWORD, TrialSite, require
from app.core.assurance import Trial
from app.core.base.errors import NotAllowed
from app.core.base.words import _, plural
from app.core.people import AccountId, AccountLocked, NewPerson, WrongSignIn

_TRIES = 12
"""More than it takes to lock an account, whatever the waits are."""


def founded(site: TrialSite) -> Trial:
    """Try: a site is founded and its records are encrypted."""

    def run() -> str:
        site.first.people.add(site.boss, NewPerson(number="TRIAL-2", name="Unmistakable Name"))
        files = [one for one in (site.folder / "first").rglob("*") if one.is_file()]
        readable = [one.name for one in files if b"Unmistakable" in one.read_bytes()]
        require(not readable, ", ".join(readable))
        return plural(
            "{count} file of the data folder: the name is readable in none.",
            "{count} files of the data folder: the name is readable in none.",
            len(files),
        )

    return Trial(
        key="oq-founded",
        title=_("A site is founded"),
        expected=_("Nothing in the data folder says a name without the key."),
        run=run,
    )


def let_in(site: TrialSite) -> Trial:
    """Try: the right secret lets in, a wrong one does not."""

    def run() -> str:
        actor = site.first.sign_in.sign_in(LOGIN, PASSWORD).actor
        learner = site.learner
        require(learner.name == LEARNER_NAME, learner.name)
        try:
            site.first.sign_in.sign_in(LOGIN, "not the password at all")
        except WrongSignIn as refusal:
            return _("{name} let in. Wrong password: {refusal}").format(
                name=actor.name, refusal=refusal.happened
            )
        require(False, _("A wrong password let in."))
        return ""

    return Trial(
        key="oq-sign-in",
        title=_("Sign-in"),
        expected=_(
            "The right secret lets in, a wrong one is refused without saying what was wrong."
        ),
        run=run,
    )


def locked_out(site: TrialSite) -> Trial:
    """Try: who tries again and again is made to wait, and an administrator lets in again."""

    def run() -> str:
        _person = site.learner
        for tried in range(1, _TRIES + 1):
            try:
                site.first.sign_in.sign_in(LEARNER, "000000")
            except AccountLocked as locked:
                says = _("After {count} wrong tries: {refusal}").format(
                    count=tried - 1, refusal=locked.happened
                )
                if site.learner.account_id is not None:
                    site.first.sign_in.accounts.unlock(
                        site.boss, AccountId(site.learner.account_id), "Trial"
                    )
                return says
            except WrongSignIn:
                continue
        require(False, _("{count} wrong tries in a row were taken.").format(count=_TRIES))
        return ""

    return Trial(
        key="oq-lock-out",
        title=_("Lock-out"),
        expected=_("After several wrong tries even the right secret is not taken."),
        run=run,
    )


def refused(site: TrialSite) -> Trial:
    """Try: who lacks a right is refused by the core, whatever a screen shows."""

    def run() -> str:
        try:
            site.first.people.add(site.learner, NewPerson(number="TRIAL-3", name="Nobody"))
        except NotAllowed as refusal:
            return refusal.happened
        require(False, _("A learner added a person."))
        return ""

    return Trial(
        key="oq-rights",
        title=_("Rights"),
        expected=_("A learner who adds a person is refused by the core itself."),
        run=run,
    )


ACCESS_TRIALS = (founded, let_in, locked_out, refused)
