"""Looks at the keys: whether this PC can sign, whether others believe it, how old its keys are."""

from app.core.base.actor import system_actor
from app.core.base.words import _, plural
from app.core.keys import KeyKind, KeyLine, KeyNotTrusted, KeyState
from app.core.operations.health.types import Check, Health
from app.core.operations.open_site import OpenSite


def check_signing(opened: OpenSite) -> Check:
    """Tell whether this PC can sign certificates."""
    can_sign = opened.authority.can_sign
    return Check(
        key="keys",
        title=_("Signing keys"),
        health=Health.GOOD if can_sign else Health.WATCH,
        says=_("This PC can sign certificates.")
        if can_sign
        else _("This PC cannot sign certificates; they are issued where the site was set up."),
    )


def check_identity(opened: OpenSite) -> Check:
    """Look whether other PCs believe this one: a copied data folder has no identity of its own."""
    title, key = _("This PC's key certificate"), "identity"
    if opened.authority.can_sign:
        says = _("This PC holds the site's key and certifies others.")
        return Check(key=key, title=title, health=Health.GOOD, says=says)
    if not is_enrolled(opened):
        says = _("Other PCs do not believe this one. Ask for a certificate under Peers and keys.")
        return Check(key=key, title=title, health=Health.WATCH, says=says)
    says = _("The site has certified this PC.")
    return Check(key=key, title=title, health=Health.GOOD, says=says)


def is_enrolled(opened: OpenSite) -> bool:
    """Tell whether the site has certified this PC, or this is the PC that certifies."""
    if opened.authority.can_sign:
        return True
    try:
        opened.keys.ring().trusted(opened.station.fingerprint)
    except KeyNotTrusted:
        return False
    return True


def check_key_ages(opened: OpenSite) -> Check:
    """Look how old the keys are with which this PC signs, and its site."""
    signs = [one for one in opened.keys.care.inventory(system_actor()) if _signs_here(one)]
    title, now = _("Age of the keys"), opened.site.clock.now()
    due = [one for one in signs if one.state is not KeyState.IN_USE]
    if due:
        says = plural(
            "{count} key is older than a year or has run out. Make new keys.",
            "{count} keys are older than a year or have run out. Make new keys.",
            len(due),
        )
        command = "sync rotate" if any(one.is_this_pc for one in due) else "sync rotate --site"
        return Check(key="key-ages", title=title, health=Health.WATCH, says=says, command=command)
    oldest = max((one.age(now) for one in signs), default=None)
    says = (
        _("This PC has none yet that others know.")
        if oldest is None
        else plural(
            "The oldest that signs here is {count} day old.",
            "The oldest that signs here is {count} days old.",
            oldest.days,
        )
    )
    return Check(key="key-ages", title=title, health=Health.GOOD, says=says)


def _signs_here(line: KeyLine) -> bool:
    is_ours = line.is_this_pc or (line.is_own_site and line.kind is KeyKind.SITE)
    return is_ours and line.state in (KeyState.IN_USE, KeyState.OLD, KeyState.EXPIRED)
