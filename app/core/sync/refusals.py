"""Why a file that travelled was not taken in, in words for whoever brought it."""

from app.core.base.errors import UserFacingError
from app.core.base.refusals import why_refused
from app.core.base.words import _, plural


class BundleRefused(UserFacingError):
    """A file that travelled cannot be taken in. Whatever comes from outside raises nothing else."""

    def __init__(self, happened: str, *, remedy: str) -> None:
        super().__init__(happened, safe=_("The records on this PC are safe."), remedy=remedy)


class NotABundle(BundleRefused):
    """The file does not begin as the files that travel do."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a file that Daksha writes for other PCs, or it was changed on its way."),
            remedy=_("Choose another file, or copy it again from where it was made."),
        )


class BundleDamaged(BundleRefused):
    """The file was cut short or altered."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was cut short or altered on its way."),
            remedy=_("Copy it again from where it was made, or let it be made again."),
        )


class BundleTooNew(BundleRefused):
    """The file is of a format that came later."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was made by a newer version of Daksha."),
            remedy=_("Update Daksha on this PC and read it again."),
        )


class BundleOverLimits(BundleRefused):
    """The file announces more than any that Daksha writes."""

    def __init__(self) -> None:
        super().__init__(
            _("This file says it holds more than any that Daksha writes."),
            remedy=_("Do not use it; tell whoever looks after the records where it came from."),
        )


class NotForUs(BundleRefused):
    """No key of this PC opens the file, or the sender meant it for others."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was made for another site; no key of this PC opens it."),
            remedy=_("Take it to the site it was made for, or let it be made for this one."),
        )


class OtherOrganisation(BundleRefused):
    """The file belongs to an organisation that this site is not part of."""

    def __init__(self) -> None:
        super().__init__(
            _("This file belongs to another organisation."),
            remedy=_("Pair the two sites first, or take the file to where it belongs."),
        )


class SenderNotTrusted(BundleRefused):
    """Whoever signed the file may not send."""

    def __init__(self, objection: UserFacingError) -> None:
        """Say why, and what helps: with a PC that nobody knows other things do than with a stolen one."""
        super().__init__(
            _("Who signed this file may not send records here. {reason}").format(
                reason=objection.happened
            ),
            remedy=objection.remedy or _("Ask whoever looks after the keys."),
        )


class KeptAside(BundleRefused):
    """Whoever signed the file was revoked; what it wrote since is kept apart."""

    def __init__(self, name: str, entries: int) -> None:
        """Keep whose file it is, and how many entries of it are new there."""
        self.entries = entries
        refused = _("The key of {name} was revoked, so its file is not taken in.").format(name=name)
        kept = plural(
            "{count} entry in it was written after that. It is kept aside, and counts nowhere.",
            "{count} entries in it were written after that. They are kept aside, and count nowhere.",
            entries,
        )
        super().__init__(
            f"{refused} {kept}",
            remedy=_("Look at what it says under Peers and keys, and decide there."),
        )


class OtherBundlesVolume(BundleRefused):
    """A volume lies beside a bundle that is not its own."""

    def __init__(self) -> None:
        super().__init__(
            _("This file of course material belongs to other records than these."),
            remedy=_("Use the files that were written together."),
        )


class FileUnreachable(BundleRefused):
    """The system would not give out the file: the stick was pulled, say."""

    def __init__(self, refusal: OSError) -> None:
        super().__init__(
            _("The file could not be read to its end. {reason}").format(
                reason=why_refused(refusal)
            ),
            remedy=_("Put the stick back in, or copy the file to this PC, and read it again."),
        )
