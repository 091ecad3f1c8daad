"""Looks at copies: of this PC, and of the records as backups and restores have left them."""

from collections.abc import Iterator

from app.core.base.actor import system_actor
from app.core.base.words import _, plural
from app.core.operations.backups import LastGood, proposed_to_go
from app.core.operations.health.types import Check, Health
from app.core.operations.notices import new_logs_in_words
from app.core.operations.open_site import OpenSite
from app.core.sync import twins_in_words, twins_of


def check_backups(opened: OpenSite, last: LastGood | None) -> tuple[Check, ...]:
    """Look how old the last backup is that is known to hold; nothing where a server looks after that."""
    if last is None:
        return ()
    if last.trouble or last.is_newest_bad:
        says, health = _("The newest does not hold, or could not be made."), Health.WATCH
    elif last.at is None:
        says, health = _("None has been made and proved yet."), Health.WATCH
    else:
        days = (opened.site.clock.now() - last.at).days
        says = plural(
            "The last one that is known to hold is {count} day old.",
            "The last one that is known to hold is {count} days old.",
            days,
        )
        health = Health.WATCH if last.is_old else Health.GOOD
    command = "" if health is Health.GOOD else "backup create"
    return (Check(key="backup", title=_("Backup"), health=health, says=says, command=command),)


def check_twins(opened: OpenSite) -> Iterator[Check]:
    """Look whether a PC of the site is there twice, or goes on in new logs that nobody has read of."""
    title, command = _("Copies of a PC"), "sync twins --seen"
    twins = twins_in_words(twins_of(opened.site, opened.keys))
    if twins:
        yield Check(key="twins", title=title, health=Health.BAD, says=twins, command=command)
    for one in opened.incarnations.unseen(system_actor()):
        health = Health.BAD if one.is_twin else Health.WATCH
        says = new_logs_in_words(one)
        yield Check(key="twins", title=title, health=health, says=says, command=command)


def check_set_aside(opened: OpenSite) -> tuple[Check, ...]:
    """Look whether records that were set aside may go; nothing where none do."""
    count = len(proposed_to_go(opened))
    if not count:
        return ()
    says = plural(
        "{count} copy of the records from before a restore may go. Clear it under Backups.",
        "{count} copies of the records from before a restore may go. Clear them under Backups.",
        count,
    )
    return (Check(key="set-aside", title=_("Set aside"), health=Health.WATCH, says=says),)
