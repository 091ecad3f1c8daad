"""Photos of people: given, taken away, shown, and taken from a folder."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress, Progress
from app.core.base.words import _
from app.core.journal import Site, Unit, shown_for
from app.core.people.erasing import is_erased, require_not_erased
from app.core.people.homes import Homes
from app.core.people.lookups import people_by_numbers
from app.core.people.models import PersonRow
from app.core.people.photos.models import PersonPhotoRow
from app.core.people.photos.plan import (
    PhotoFile,
    PhotoPlan,
    PhotoTrouble,
    files_in,
    read_files,
    read_photo,
)
from app.core.people.photos.reading import last_photo, photo_of, photos_of
from app.core.people.queries import place_of
from app.core.people.rules import is_active, today

_AT_ONCE = 200
"""Photos in one entry of the journal: 4 MB."""
_TICK = timedelta(microseconds=1)


class Photos:
    """Who may: holders of MANAGE_PEOPLE, in their scope. Seen by who may see the person, and by themselves."""

    def __init__(self, site: Site, homes: Homes) -> None:
        self._site = site
        self._homes = homes

    def of(self, actor: Actor, person_id: UUID) -> bytes:
        """Return somebody's photo as JPEG; b"" where there is none. Raises NotAllowed."""
        with self._site.read() as session:
            person_id = shown_for(session, PersonRow, person_id)
            if person_id != actor.person_id:
                actor.require(Capability.VIEW_PEOPLE, place_of(session, person_id))
            return photo_of(session, person_id)

    def own(self, actor: Actor) -> bytes:
        """Return the actor's own photo; b"" where there is none, or they are no person here."""
        with self._site.read() as session:
            return photo_of(session, actor.person_id)

    def of_many(self, actor: Actor, people: Collection[UUID]) -> dict[UUID, bytes]:
        """Return the photos of those whom the actor may see and who have one."""
        with self._site.read() as session:
            scope = actor.scope_of(Capability.VIEW_PEOPLE)
            seen = [one for one in people if scope is None or place_of(session, one) in scope]
            return photos_of(session, seen)

    def give(self, actor: Actor, person_id: UUID, picture: Path) -> None:
        """Let a file be somebody's photo, in the place of the one before. Raises PhotoRefused."""
        photo = read_photo(picture)
        told = self._homes.told_of(person_id)
        with self._site.transaction(actor, "person.set-photo", for_site=told) as unit:
            self._write(actor, unit, person_id, photo)

    def take_away(self, actor: Actor, person_id: UUID, reason: str = "") -> None:
        """Show no photo of somebody any more; what the journal sealed goes when they are erased."""
        told = self._homes.told_of(person_id)
        with self._site.transaction(
            actor, "person.remove-photo", reason=reason, for_site=told
        ) as unit:
            if photo_of(unit, person_id):
                self._write(actor, unit, person_id, b"")

    def look_at(self, actor: Actor, folder: Path, progress: Progress | None = None) -> PhotoPlan:
        """Return what the photos of a folder would do, each file named by an employee number.

        Nothing is written. Raises FolderUnreadable.
        """
        actor.scope_of(Capability.MANAGE_PEOPLE)
        found = list(read_files(files_in(folder), progress or NoProgress()))
        with self._site.read() as session:
            matched = self._matched(actor, session, found)
        return PhotoPlan(folder=folder.name, files=matched)

    def take(self, actor: Actor, plan: PhotoPlan, progress: Progress | None = None) -> int:
        """Let the photos of a plan be those of their people; return how many came. Stopped: those so far."""
        progress = progress or NoProgress()
        homes: dict[UUID | None, list[PhotoFile]] = defaultdict(list)
        for one in plan.matched:
            if one.person_id is not None:
                homes[self._homes.told_of(one.person_id)].append(one)
        done = 0
        for told, files in homes.items():
            for start in range(0, len(files), _AT_ONCE):
                progress.step(done, len(plan.matched), _("Taking photos"))
                some = files[start : start + _AT_ONCE]
                done += self._take_some(actor, some, told)
        return done

    def _take_some(self, actor: Actor, files: Iterable[PhotoFile], told: UUID | None) -> int:
        taken = 0
        with self._site.transaction(actor, "person.import-photos", for_site=told) as unit:
            for one in files:
                if one.person_id is not None and not is_erased(unit, one.person_id):
                    self._write(actor, unit, one.person_id, one.photo)
                    taken += 1
        return taken

    def _write(self, actor: Actor, unit: Unit, person_id: UUID, photo: bytes) -> None:
        actor.require(Capability.MANAGE_PEOPLE, place_of(unit, person_id))
        require_not_erased(unit, person_id)
        before, now = last_photo(unit, person_id), self._site.clock.now()
        at = now if before is None else max(now, before.at + _TICK)
        unit.add(PersonPhotoRow(person_id=person_id, photo=photo, at=at))

    def _matched(
        self, actor: Actor, session: Session, files: list[PhotoFile]
    ) -> tuple[PhotoFile, ...]:
        numbers = people_by_numbers(session)
        times = Counter(numbers.get(one.number) for one in files)
        told = [self._told(actor, session, one, numbers.get(one.number), times) for one in files]
        present = photos_of(session, [one.person_id for one in told if one.person_id is not None])
        return tuple(
            replace(one, is_same=True)
            if one.trouble is None and one.person_id and present.get(one.person_id) == one.photo
            else one
            for one in told
        )

    def _told(
        self,
        actor: Actor,
        session: Session,
        file: PhotoFile,
        person_id: UUID | None,
        times: Counter[UUID | None],
    ) -> PhotoFile:
        if person_id is None or is_erased(session, person_id):
            return replace(file, trouble=file.trouble or PhotoTrouble.UNKNOWN)
        person = session.get_one(PersonRow, person_id)
        known = replace(file, person_id=person_id, person=person.name)
        if file.trouble is not None:
            return known
        if times[person_id] > 1:
            return replace(known, trouble=PhotoTrouble.TWICE)
        if not is_active(person.left_on, today(self._site.clock)):
            return replace(known, trouble=PhotoTrouble.LEFT)
        try:
            actor.require(Capability.MANAGE_PEOPLE, place_of(session, person_id))
        except NotAllowed:
            return replace(known, trouble=PhotoTrouble.NOT_YOURS)
        return known
