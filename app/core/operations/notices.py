"""What an administrator is told on every screen until it is seen to: one sentence each."""

from dataclasses import dataclass
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.figures import day, number
from app.core.base.words import _, mark, plural
from app.core.journal import Site
from app.core.keys import NewLogsReason
from app.core.operations.backups import Backups, LastGood
from app.core.operations.incarnations import Incarnations, NewLogs
from app.core.people import LOCKING_TRY, LockedOut, locked_out
from app.core.people.imports import HrFolder, WatchedFile
from app.core.training import Training

_REASONS = {
    NewLogsReason.RESTORED: mark(
        "On {day} a backup was restored on {pc}; it writes in new logs since, and nothing that was "
        "recorded before was changed."
    ),
    NewLogsReason.ROLLED_BACK: mark(
        "On {day} {pc} found an old copy in the place of its records; it writes in new logs since, and "
        "what the copy lacks is lost unless another PC has it."
    ),
    NewLogsReason.OTHER_PC: mark(
        "On {day} the disk of {pc} was started in another PC; make sure that only one of the two goes "
        "on working."
    ),
    NewLogsReason.MOVED: mark(
        "On {day} the records of {pc} were opened in another folder; make sure that nobody works in "
        "the old one."
    ),
    NewLogsReason.KEYS_DAMAGED: mark(
        "On {day} {pc} no longer knew how far it had written; it writes in new logs since."
    ),
    NewLogsReason.TWIN: mark(
        "On {day} records came in under the name of {pc} that it has not written: there is a second "
        "copy of it, which should be stopped."
    ),
}
_TWIN = mark(
    "There are two of {pc}: on {day} a copy of it went on by itself, and so does the one it was copied "
    "from. All that both wrote is kept; use only one from now on, and put the other out of use."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotice:
    """Something to see to."""

    words: str
    new_logs: UUID | None = None
    """Names new logs, which somebody says that they know."""
    hr_file: str = ""
    """SHA-256 of an HR file that waits."""
    locked: LockedOut | None = None
    """Whose account was tried too often."""
    on_system_page: bool = False
    """Whether the page System tells more of it; without any of these the page of backups does."""
    on_rules_page: bool = False
    on_requirements_page: bool = False
    """Whether the page of enrolment rules, or of requirements, tells more of it."""


def notices_of(
    actor: Actor, site: Site, incarnations: Incarnations, backups: Backups, hr_folder: HrFolder
) -> tuple[SiteNotice, ...]:
    """Return what is to be seen to. For those who manage the site."""
    locked = locked_out(site, actor) if actor.may(Capability.MANAGE_ACCOUNTS) else ()
    told = [_of_lock(one) for one in locked]
    told += [_of_new_logs(one) for one in incarnations.unseen(actor)]
    good = backups.last_good(actor)
    if good is not None and _is_told(good):
        told.append(SiteNotice(words=_of_backups(good)))
    waiting = hr_folder.waiting(actor) if actor.may(Capability.MANAGE_PEOPLE) else ()
    waiting = tuple(sorted(waiting, key=lambda one: not one.mapping))  # first what can be applied
    if waiting:
        told.append(SiteNotice(words=_of_hr_files(waiting), hr_file=waiting[0].sha256))
    return tuple(told)


def notices_of_training(actor: Actor, training: Training) -> tuple[SiteNotice, ...]:
    """Return what keeps people from being asked for what they need. For those who keep training."""
    if not actor.may(Capability.ASSIGN):
        return ()
    told = []
    if held := training.enrolment.held_back(actor):
        told.append(SiteNotice(words=_of_held_back(held), on_rules_page=True))
    if over := training.catalogue.lacking_last_day(actor):
        told.append(SiteNotice(words=_of_last_days(over), on_requirements_page=True))
    return tuple(told)


def _of_held_back(titles: tuple[str, ...]) -> str:
    return _(
        "Rules wait, because they would suddenly reach many: {titles}. Nobody gets what they give until "
        "somebody looks at them and runs them."
    ).format(titles=", ".join(titles))


def _of_last_days(titles: tuple[str, ...]) -> str:
    return _(
        "The last valid day of {titles} is near or over, and no later one is said: nobody can hold it then."
    ).format(titles=", ".join(titles))


def _of_lock(locked: LockedOut) -> SiteNotice:
    words = _(
        "After {count} wrong tries nobody gets into the account of {name} on this PC. Find out who tried, then unlock it."
    ).format(count=number(LOCKING_TRY), name=locked.name)
    return SiteNotice(words=words, locked=locked)


def _of_hr_files(waiting: tuple[WatchedFile, ...]) -> str:
    first, others, counts = waiting[0], len(waiting) - 1, waiting[0].counts
    if first.mapping:
        words = _(
            "The HR file {file} has come: {new} new, {changed} changed, {gone} missing, {errors} with errors."
        ).format(
            file=first.path.name,
            new=number(counts.get("new", 0)),
            changed=number(counts.get("changed", 0)),
            gone=number(counts.get("gone", 0)),
            errors=number(counts.get("errors", 0)),
        )
    else:
        words = _("The HR file {file} has come; its columns are not known yet.").format(
            file=first.path.name
        )
    more = plural("{count} more waits.", "{count} more wait.", others) if others else ""
    return f"{words} {more}".rstrip()


def new_logs_in_words(told: NewLogs) -> str:
    """Return why a station writes in new logs, or that there are two of it, with what to do."""
    words = (
        _TWIN if told.is_twin and told.reason is not NewLogsReason.TWIN else _REASONS[told.reason]
    )
    return _(words).format(day=day(told.at.astimezone().date()), pc=told.station)


def _of_new_logs(told: NewLogs) -> SiteNotice:
    return SiteNotice(words=new_logs_in_words(told), new_logs=told.id)


def _is_told(good: LastGood) -> bool:
    return bool(good.is_old or good.trouble or good.is_newest_bad or good.is_older_bad)


def _of_backups(good: LastGood) -> str:
    if good.trouble:
        return _("The last backup could not be made: {trouble}").format(trouble=good.trouble)
    if good.is_newest_bad:
        return _("The newest backup of these records is damaged. Make another one now.")
    if good.is_older_bad:
        return _("An older backup was found damaged. The page of backups says which.")
    if good.at is None:
        return _("There is no backup of these records yet.")
    return _("The last good backup of these records is of {day}.").format(
        day=day(good.at.astimezone().date())
    )
