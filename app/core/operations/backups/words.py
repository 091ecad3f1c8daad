"""What a restore would lose, and what it has done, in words."""

from collections.abc import Iterator

from app.core.base.figures import day, moment, number
from app.core.base.words import _, mark, plural
from app.core.operations.backups.set_aside import SetAside
from app.core.operations.backups.types import (
    BackupEvent,
    HeldElsewhere,
    Loss,
    LossSource,
    LostPeople,
    Restored,
)
from app.core.reports import action_in_words

BACKUP_EVENTS = {
    BackupEvent.MADE: mark("Backup made"),
    BackupEvent.VERIFIED: mark("Backup verified"),
    BackupEvent.FAILED: mark("Backup did not work"),
    BackupEvent.RESTORED: mark("Backup restored"),
    BackupEvent.PLANNED: mark("Place of the backups chosen"),
    BackupEvent.CLEARED: mark("Records from before a restore deleted"),
}
"""Marked words for what was done with a backup, as the audit trail says them."""


def loss_in_words(loss: Loss) -> str:
    """Return what would be lost, in one sentence."""
    if loss.source is LossSource.NOTHING:
        return _("There is nothing here that could be lost.")
    if loss.source is LossSource.UNKNOWN:
        return _("The records here cannot be read; what came after the backup will be lost.")
    if not loss.entries:
        return _("Nothing will be lost: the backup has everything that is here.")
    entries = plural("{count} entry", "{count} entries", loss.entries)
    since = day(loss.since.astimezone().date()) if loss.since else "–"
    if loss.source is LossSource.ANCHOR:
        return _(
            "The records here cannot be read; at least {entries} since {day} will be lost."
        ).format(entries=entries, day=since)
    until = day(loss.until.astimezone().date()) if loss.until else since
    if until == since:
        return _("{entries} of {day} will be lost.").format(entries=entries, day=since)
    return _("{entries} from {first} to {last} will be lost.").format(
        entries=entries, first=since, last=until
    )


def loss_told(loss: Loss) -> tuple[str, ...]:
    """Return what would be lost, and what of it comes back: a sentence each."""
    sentences = [loss_in_words(loss)]
    if loss.entries and loss.elsewhere is not None:
        sentences.append(_elsewhere_in_words(loss.entries, loss.elsewhere))
    return tuple(sentences)


def _elsewhere_in_words(lost: int, elsewhere: HeldElsewhere) -> str:
    alone = lost - elsewhere.entries
    if not elsewhere.entries:
        return _("No other PC or site has said that it holds any of it: it is here alone.")
    holders = ", ".join(elsewhere.by)
    if not alone:
        return _(
            "All of it is at {names} too, and comes back with the next sync file of those."
        ).format(names=holders)
    words = _("The rest is at {names} too, and comes back with the next sync file of those.")
    here = plural("{count} entry is here alone.", "{count} entries are here alone.", alone)
    return f"{here} {words.format(names=holders)}"


def loss_in_detail(loss: Loss) -> tuple[str, ...]:
    """Return what was done in the entries that would be lost, and whose records they changed, by line."""
    lines: list[str] = []
    if loss.people is not None and loss.people.total:
        lines += _people_in_words(loss.people, loss.entries)
    if loss.deeds:
        lines.append(_("What was done:"))
        lines += [f"{number(deed.entries)} × {action_in_words(deed.action)}" for deed in loss.deeds]
    return tuple(lines)


def _people_in_words(people: LostPeople, lost: int) -> Iterator[str]:
    yield plural("Records of {count} person:", "Records of {count} people:", people.total)
    for person in people.named:
        entries = plural("{count} entry", "{count} entries", person.entries)
        yield f"{person.name} · {person.number} · {entries}"
    more = people.total - len(people.named)
    if more:
        yield plural("and {count} more", "and {count} more", more)
    if people.looked_at < lost:
        words = _("Only the newest {count} entries were looked through for people.")
        yield words.format(count=number(people.looked_at))


def restored_in_words(done: Restored) -> str:
    """Return what a restore has done, one sentence a line."""
    lines = [
        _("The records of {day} are in force in {folder}.").format(
            day=moment(done.backup.made_at), folder=done.folder
        )
    ]
    if done.set_aside:
        words = _("The records of before lie in {folder}.")
        lines.append(words.format(folder=done.set_aside))
    if done.missing_assets:
        lines.append(missing_in_words(done.missing_assets))
    return "\n".join([*lines, *done.troubles])


def set_aside_in_words(one: SetAside) -> str:
    """Return what is known of records that were set aside, in one sentence."""
    if one.only_here is None:
        return _("This PC cannot open them, so nobody knows what is in them alone.")
    if not one.only_here:
        return _("Everything in them is in the records of now too.")
    return plural(
        "{count} entry in them is not in the records of now.",
        "{count} entries in them are not in the records of now.",
        one.only_here,
    )


def missing_in_words(count: int) -> str:
    """Return how many stored files are missing."""
    return plural(
        "{count} stored file is missing or damaged.",
        "{count} stored files are missing or damaged.",
        count,
    )
