"""Trials of what leaves and comes back: a backup, a file to another PC, its receipt."""

from pathlib import Path

from app.bootstrap.qualifying.site import LEARNER, LEARNER_NAME, TrialSite, require
from app.core.assurance import StepFailed, Trial
from app.core.base.errors import UserFacingError
from app.core.base.paging import PageRequest
from app.core.base.words import _, plural
from app.core.operations import SUFFIX


def backed_up(site: TrialSite) -> Trial:
    """Try: a backup restores on trial, and a damaged one is refused."""

    def run() -> str:
        backups, path = site.first.backups, site.folder / f"trial{SUFFIX}"
        backups.make_at(site.boss, path)
        proof = backups.verify(site.boss, path)
        require(proof.ok, "; ".join(proof.troubles))
        _damage(path)
        try:
            again = backups.verify(site.boss, path)
        except UserFacingError as refusal:
            says = refusal.happened
        else:
            require(not again.ok, _("A damaged backup was taken for a good one."))
            says = "; ".join(again.troubles)
        return _("Restored on trial: {entries}. Damaged by one byte: {refusal}").format(
            entries=plural("{count} entry", "{count} entries", proof.entries), refusal=says
        )

    return Trial(
        key="oq-backup",
        title=_("Backup"),
        expected=_("A backup is restored on trial and holds; one damaged by one byte is refused."),
        run=run,
    )


def carried(site: TrialSite) -> Trial:
    """Try: records go to another PC in a file, and a receipt comes back."""

    def run() -> str:
        stick = site.folder / "stick"
        stick.mkdir()
        first, second, boss = site.first, site.second, site.boss
        peer = first.sync.peer(boss, second.open_site.station.fingerprint.hex())
        exported = first.sync.export(boss, [peer], stick)
        _refuse_damaged(site, exported.path)
        taken = second.sync.take_first(stick)
        require(taken.applied > 0 and not taken.troubles, " ".join(taken.troubles))
        there = second.people.list_people(boss, PageRequest(text=LEARNER)).rows
        require([one.name for one in there] == [LEARNER_NAME], _("The learner is not there."))
        back = first.sync.take(boss, stick)
        require(back.receipts == 1, _("No receipt came back."))
        require(second.journal.verify(boss).ok, _("The journal of the other PC does not prove."))
        return _(
            "{entries} taken in on the other PC, its journal proves, and its receipt came back."
        ).format(entries=plural("{count} entry", "{count} entries", taken.applied))

    return Trial(
        key="oq-sync",
        title=_("Sync file to and fro"),
        expected=_(
            "A file of records is taken in by the PC it is for, with a receipt; one changed on the way "
            "is refused and nothing of it taken."
        ),
        run=run,
    )


def _refuse_damaged(site: TrialSite, path: Path) -> None:
    """Let the other PC be given a file that was changed on the way."""
    folder = site.folder / "damaged"
    folder.mkdir()
    changed = folder / path.name
    changed.write_bytes(path.read_bytes())
    _damage(changed)
    try:
        taken = site.second.sync.take_first(changed)
    except UserFacingError:
        return
    if taken.applied:
        raise StepFailed(_("A changed file was taken in."))


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


TRAVEL_TRIALS = (backed_up, carried)
