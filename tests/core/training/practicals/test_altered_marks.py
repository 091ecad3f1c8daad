"""What both signed of a practical is proved by its marks, its form and its result, not by a number."""

import pytest

from app.core.base.paging import PageRequest
from app.core.signatures import SignatureState
from app.core.training.practicals import Hand
from tests.support.altering import alter
from tests.support.practicals import SYSTEM, Floor


def states(floor: Floor) -> set[tuple[SignatureState, tuple[str, ...]]]:
    """Prove the signatures under practicals."""
    request = PageRequest().filtered_by([("kind", "practical_signing")])
    found = floor.door.signatures.check(SYSTEM, request)
    assert len(found) == 2
    return {(one.state, one.changed) for one in found}


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE practical_mark SET mark = 'not_done'", "practical_mark"),
        ("UPDATE practical_result SET remark = 'well done'", "practical_result"),
        ("UPDATE practical_round SET stage = 'guided'", "practical_round"),
        ("UPDATE practical_run SET number = 2", "practical_run"),
        ("UPDATE practical_version SET content = '{}'", "practical_version"),
    ],
)
def test_p11_15_both_signatures_of_a_practical_fail_where_what_was_seen_is_altered(
    floor: Floor, statement: str, table: str
) -> None:
    """P11-15: "Competent" over steps that were not done is no signed result."""
    floor.practise()
    result = floor.assess()
    floor.sign(result, Hand.LEARNER, floor.asha)
    floor.sign(result, Hand.ASSESSOR, floor.ravi)
    assert states(floor) == {(SignatureState.VALID, ())}

    alter(floor.door.pc.opened.site, statement)

    assert states(floor) == {(SignatureState.RECORD_CHANGED, (table,))}
