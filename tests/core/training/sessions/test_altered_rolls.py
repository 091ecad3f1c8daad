"""A signed roll proves the lines, the plan and the times that it stands for, not its own row alone."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Site
from app.core.signatures import SignatureDetail, SignatureState
from app.core.training.sessions.models import AttendanceRow
from tests.support.altering import alter
from tests.support.classes import BOSS, Room
from tests.support.unsigned_parts import forget_parts


def signed_roll(room: Room) -> UUID:
    """Sign a class in which Asha was all the time, and Bina for ten minutes."""
    room.somebody("E-10", "Asha")
    room.somebody("E-11", "Bina")
    room.require()
    session_id = room.opened()
    room.tap(session_id, "E-10")
    room.pass_by(50)
    room.tap(session_id, "E-11")
    room.pass_by(10)
    room.end(session_id)
    return room.sign(session_id).signing_id


def another_line(session: Session) -> AttendanceRow:
    """Return a line more of somebody who is on the roll, as of its beginning."""
    one = session.scalars(sa.select(AttendanceRow)).first()
    assert one is not None
    kept = {name: getattr(one, name) for name in ("session_id", "person_id", "mark", "method")}
    return AttendanceRow(**kept, at=one.at, noted_at=one.noted_at, by=one.by, by_name=one.by_name)


def proved(room: Room, signing: UUID) -> SignatureDetail:
    """Return the signature under a signed roll, proved."""
    (line,) = room.door.signatures.under(signing)
    return room.door.signatures.signature(BOSS, line.id)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE class_session SET title = 'Working at height'", "class_session"),
        ("UPDATE class_session SET threshold = 5", "class_session"),
        ("UPDATE session_attendance SET at = (SELECT min(at) FROM session_attendance)",
         "session_attendance"),
        ("UPDATE session_requirement SET ended_at = 1", "session_requirement"),
        ("UPDATE session_event SET ended_at = began_at + 1", "session_event"),
        ("UPDATE session_trainer SET name = 'Somebody else'", "session_trainer"),
    ],
)  # fmt: skip
def test_p11_15_what_a_signed_roll_stands_for_is_altered_and_the_signature_says_where(
    room: Room, statement: str, table: str
) -> None:
    """P11-15: minutes, title, what it proves and who led it are of what was signed."""
    signing = signed_roll(room)
    assert proved(room, signing).state is SignatureState.VALID

    alter(_site(room), statement)

    found = proved(room, signing)
    assert (found.state, found.changed) == (SignatureState.RECORD_CHANGED, (table,))


def test_p11_15_a_line_that_is_gone_from_a_signed_roll_is_told(room: Room) -> None:
    signing = signed_roll(room)

    alter(
        _site(room),
        "DELETE FROM session_attendance WHERE at = (SELECT max(at) FROM session_attendance)",
    )

    found = proved(room, signing)
    assert (found.state, found.changed) == (SignatureState.RECORD_MISSING, ("session_attendance",))


def test_a_correction_of_the_roll_after_the_signature_leaves_it_valid(room: Room) -> None:
    """What another PC noted comes by its journal: it is not of what was signed, and takes nothing from it."""
    signing = signed_roll(room)
    with _site(room).transaction(room.meera, "session.came") as unit:
        unit.add(another_line(unit))

    assert proved(room, signing).state is SignatureState.VALID


def test_p11_15_a_line_that_no_entry_wrote_is_told(room: Room) -> None:
    signing = signed_roll(room)
    with _site(room).database.write() as connection, Session(connection) as session:
        session.add(another_line(session))
        session.flush()

    found = proved(room, signing)
    assert (found.state, found.changed) == (SignatureState.RECORD_CHANGED, ("session_attendance",))


def test_a_signature_of_before_says_that_the_journal_alone_proves_its_parts(room: Room) -> None:
    """It holds, and nobody is told that more was proved than its own row."""
    signing = signed_roll(room)
    old = forget_parts(room.door, room.meera, room.door.signatures.under(signing)[0].id)

    found = room.door.signatures.signature(BOSS, old)
    assert found.state is SignatureState.OWN_ROW
    assert found.state.holds


def _site(room: Room) -> Site:
    return room.pc.opened.site
