"""What the start of a version means for the records: it is in use, or another one was left for it."""

from contextlib import suppress

from app.core.base.actor import system_actor
from app.core.base.errors import UserFacingError
from app.core.base.installation import About, Installation, Pointer
from app.core.operations.open_site import OpenSite
from app.core.operations.program import laying
from app.core.operations.program.record import ProgramRecord
from app.core.operations.program.types import ProgramEvent
from app.core.operations.program.words import version_of


def settle(opened: OpenSite, here: About, installation: Installation) -> None:
    """Put on record what the program finds out at its start, and confirm the version on trial.

    Where this user may not write where the program lies, the next one who may confirms it.
    """
    if opened.waits:
        return
    pointer = installation.pointer()
    if installation.is_on_trial:
        _note_in_use(opened, here, installation, pointer)
        with suppress(OSError):
            installation.confirm()
        with suppress(UserFacingError), laying.alone(installation):  # what stays goes another time
            laying.clear(installation)
    elif pointer.left is not None and pointer.current == installation.running:
        _note_left(opened, here, pointer)
        with suppress(OSError):
            installation.settled()


def _note_in_use(
    opened: OpenSite, here: About, installation: Installation, pointer: Pointer
) -> None:
    record, former = ProgramRecord(opened.site), installation.about(pointer.before or "")
    if not record.is_last(ProgramEvent.IN_USE, here.version):
        record.note(
            system_actor(),
            ProgramEvent.IN_USE,
            here.version,
            former=former.version if former else "",
            is_by_hand=False,
        )


def _note_left(opened: OpenSite, here: About, pointer: Pointer) -> None:
    record, left = ProgramRecord(opened.site), version_of(pointer.left or "")
    if not record.is_last(
        ProgramEvent.LEFT, left
    ):  # who decided it has noted it, or these are older records
        record.note(
            system_actor(),
            ProgramEvent.LEFT,
            left,
            former=here.version,
            what=pointer.why,
            is_by_hand=pointer.by_hand,
        )
