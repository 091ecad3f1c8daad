"""What a refusal calls what one may not do."""

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed


@pytest.mark.parametrize("capability", Capability)
def test_a_refusal_says_in_words_what_it_refuses(capability: Capability) -> None:
    nobody = Actor(account_id=None, person_id=None, name="Asha Rao")
    with pytest.raises(NotAllowed) as refused:
        nobody.require(capability)
    assert capability.named in refused.value.happened
    assert f"({capability.value})" not in refused.value.happened


def test_no_two_capabilities_are_called_alike() -> None:
    assert len({capability.named for capability in Capability}) == len(Capability)
