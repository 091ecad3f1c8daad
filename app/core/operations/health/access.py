"""Looks who gets in: what opens the records, and who may sign in."""

from app.core.base.words import _, plural
from app.core.keys import SiteFileDamaged, SlotKind, SlotState
from app.core.operations.folder_errors import NoDataKey
from app.core.operations.health.types import Check, Health
from app.core.operations.open_site import OpenSite
from app.core.operations.protection import Ways, ways_of
from app.core.sync import claims_in_words, claims_of


def check_protection(opened: OpenSite) -> tuple[Check, ...]:
    """Look who can open the records; nothing where a server looks after that."""
    try:
        ways = ways_of(opened)
    except NoDataKey:
        return ()
    except SiteFileDamaged as damage:
        title = _("Ways to the records")
        return (Check(key="ways", title=title, health=Health.BAD, says=damage.sentence),)
    return _ways(ways), _start(ways), _kit(ways)


def _ways(ways: Ways) -> Check:
    """Look whether the slot file is as this program left it."""
    health = Health.GOOD if ways.state is SlotState.WHOLE else Health.BAD
    if ways.state is SlotState.ALTERED:
        says = _("Another hand has changed the list of passwords. Look at it: site key list.")
    elif ways.state is SlotState.OLDER:
        says = _("An older list of passwords was put back; one that had ended may open again.")
    else:
        count = sum(way.kind is SlotKind.PASSWORD for way in ways.ways)
        says = plural("{count} password opens them.", "{count} passwords open them.", count)
    return Check(key="ways", title=_("Ways to the records"), health=health, says=says)


def _start(ways: Ways) -> Check:
    """Tell whether this PC opens the records by itself: whoever has the PC then has the key."""
    asks = not ways.has(SlotKind.MACHINE)
    return Check(
        key="start",
        title=_("At the start"),
        health=Health.GOOD if asks else Health.WATCH,
        says=_("Somebody is asked before the records open.")
        if asks
        else _(
            "This PC opens the records by itself: who takes the PC takes the key. "
            "Encrypt its disk, or have it ask."
        ),
        command="" if asks else "site key ask",
    )


def _kit(ways: Ways) -> Check:
    kit = ways.kit
    return Check(
        key="kit",
        title=_("Recovery kit"),
        health=Health.WATCH if kit is None else Health.GOOD,
        says=_("None is printed: a lost password would lose the records.")
        if kit is None
        else _("Kit {number} is kept by {names}.").format(
            number=kit.number, names=", ".join(kit.keepers)
        ),
        command="site recovery-kit" if kit is None else "",
    )


def check_claims(opened: OpenSite) -> tuple[Check, ...]:
    """Look whether another site said who may sign in here; nothing where none did."""
    says = "\n".join(claims_in_words(claims_of(opened.site, opened.keys)))
    title, command = _("Who may sign in"), "sync claims --seen"
    check = Check(key="claims", title=title, health=Health.BAD, says=says, command=command)
    return (check,) if says else ()
