"""A signed list of old training is proved by its rows, not by how many there were."""

from app.core.base.paging import PageRequest
from app.core.signatures import SignatureState
from tests.core.training.conftest import SYSTEM
from tests.core.training.paper.conftest import Shop
from tests.support.altering import alter


def test_p11_15_a_row_of_a_signed_list_is_altered_and_the_signature_fails(shop: Shop) -> None:
    """P11-15: a day, a person or a score in one row of it is of what was signed."""
    shop.sign(shop.bring())
    request = PageRequest().filtered_by([("kind", "legacy_batch")])
    (before,) = shop.door.signatures.check(SYSTEM, request)
    assert before.state is SignatureState.VALID

    alter(shop.pc.opened.site, "UPDATE legacy_record SET score = '100%' WHERE line = 2")

    (after,) = shop.door.signatures.check(SYSTEM, request)
    assert (after.state, after.changed) == (SignatureState.RECORD_CHANGED, ("legacy_record",))
