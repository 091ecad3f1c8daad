"""`sync export` and `sync plan` for several sites at once: a file for each, and what came of each."""

from collections.abc import Collection, Iterator
from pathlib import Path
from uuid import UUID

from app.cli.frame import Frame
from app.cli.sync_second import confirmed
from app.cli.sync_slips import write_slips
from app.cli.sync_words import exported_data
from app.core.base.errors import UserFacingError
from app.core.base.figures import size
from app.core.base.words import _, plural
from app.core.sync import (
    Delivery,
    Distributed,
    Distribution,
    ExportPlan,
    Peer,
    label_of,
)


class OnePaperEach(UserFacingError):
    """Sheets were asked for, for several readers."""

    def __init__(self) -> None:
        super().__init__(
            _("Sheets of codes are made for one site at a time."),
            safe=_("Nothing was written."),
            remedy=_("Name one site with --to, and make the sheets of the next one after that."),
        )


def export_to_several(
    frame: Frame,
    peers: list[Peer],
    out: Path,
    courses: Collection[UUID] | None,
    slip: Path | None,
    confirmed_by: str,
) -> int:
    """Write a file for each, signed by a second person if one is named; return the exit code.

    It is 2 where nothing was written for one of them, or not all that fits.
    """
    several, actor = frame.services.sync.several, frame.actor()
    orders = several.orders(actor, peers, courses) if confirmed_by else ()
    asked = [order for order in orders if order.asks_second]
    if asked:
        confirmed(frame, asked, confirmed_by)
    done = several.write(actor, peers, out, frame.progress(), courses, orders)
    told = [*map(_delivered, done.deliveries), *_stays(done)]
    told += filter(None, [done.trouble])
    if slip is not None:
        told.append(write_slips(frame, [one.bundle_id for one in done.written], slip))
    if not done.trouble:
        told.append(_("The stick can be taken out now."))
    frame.tell("\n".join(told), _data(done, slip))
    return 2 if done.trouble else 0


def planned_for_several(found: Distribution) -> str:
    """Return what files for several would carry, a line for each."""
    return "\n".join(map(_planned, found.readers))


def planned_data(found: Distribution) -> list[dict[str, object]]:
    """Return the same for scripts."""
    return [
        {
            "to": [peer.label for peer in one.peers],
            "entries": one.entries,
            "size": sum(each.size for each in one.lacking.fresh),
            "whole": sum(each.whole for each in one.lacking.fresh),
            "on_the_way": sum(each.size for each in one.lacking.on_the_way),
        }
        for one in found.readers
    ]


def _planned(one: ExportPlan) -> str:
    lacking = sum(each.size for each in one.lacking.fresh)
    whole = sum(each.whole for each in one.lacking.fresh)
    parts = [label_of(one.peers), plural("{count} entry", "{count} entries", one.entries)]
    if lacking:
        parts.append(
            _("{size} of {whole} of courses").format(size=size(lacking), whole=size(whole))
        )
    return "  ".join(parts)


def _delivered(one: Delivery) -> str:
    if one.exported is None:
        return _("{name}: nothing was written.").format(name=one.label)
    parts = [plural("{count} entry", "{count} entries", one.exported.entries)]
    if one.files:
        files = plural("{count} file of courses", "{count} files of courses", one.files)
        parts.append(f"{files}, {size(one.files_size)}")
    if one.files_left:
        left = plural("{count} file of courses", "{count} files of courses", one.files_left)
        words = _("{files}, {size}, did not go, and can go with the next export")
        parts.append(words.format(files=left, size=size(one.files_left_size)))
    return f"{one.label}: {one.exported.path}, {'; '.join(parts)}"


def _stays(done: Distributed) -> Iterator[str]:
    yield from done.cautions
    for name in dict.fromkeys(name for one in done.parcels for name in one.loaded.damaged):
        yield _("{name} is damaged on this PC and did not go.").format(name=name)


def _data(done: Distributed, slip: Path | None) -> dict[str, object]:
    return {
        "recipients": [
            {
                "to": [peer.label for peer in one.peers],
                "written": exported_data(one.exported) if one.exported is not None else None,
                "files": one.files,
                "files_size": one.files_size,
                "files_left": one.files_left,
                "files_left_size": one.files_left_size,
            }
            for one in done.deliveries
        ],
        "parcels": [exported_data(one) for one in done.parcels],
        "trouble": done.trouble,
        "unsealed": done.unsealed,
        "slip": str(slip) if slip else None,
    }
