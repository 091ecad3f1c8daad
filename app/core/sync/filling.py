"""Filling a sync file: the entries its readers lack, as many as find room in it."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.journal import people_sealed_in, segments_of
from app.core.sync.bundle.writer import BundleFull, BundleWriter
from app.core.sync.drafts import Draft
from app.core.sync.limits import MOST_PEOPLE
from app.core.sync.people_keys import pack_keys
from app.core.sync.positions import to_ref


def fill(session: Session, writer: BundleWriter, draft: Draft, progress: Progress) -> int:
    """Pack the entries of a draft; return how many found no room."""
    connection, done = session.connection(), 0
    people = set(draft.asked)
    try:
        for stretch in draft.stretches:
            ref = to_ref(stretch.log.name, stretch.parting)
            for segment, rows in segments_of(connection, stretch):
                spoken_of = people | people_sealed_in(rows.bodies)
                _require_room_for_keys(spoken_of, done)
                writer.add_segment(ref, segment.first, (segment.previous, segment.head), rows)
                people = spoken_of
                done += segment.entries
                progress.step(done, draft.entries, _("Packing records"))
    except BundleFull:
        return draft.entries - done
    finally:
        writer.give_keys(pack_keys(session, people))
    return 0


def _require_room_for_keys(people: Collection[bytes], done: int) -> None:
    if done and len(people) > MOST_PEOPLE:
        raise BundleFull
