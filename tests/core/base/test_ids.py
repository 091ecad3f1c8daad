"""Ids sort by when they were made, one by one or by the thousand."""

from app.core.base.ids import new_id, new_ids


def test_ids_made_together_come_after_those_before_and_before_those_after() -> None:
    made = [new_id(), *new_ids(3000), new_id(), *new_ids(1), *new_ids(0), new_id()]

    assert len(made) == len(set(made)) == 3004
    assert made == sorted(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    endings = [one.bytes[-5:] for one in made[1:3001]]
    assert len(set(endings)) == 3000
    assert endings != sorted(endings)  # a pseudonym does not tell who stood beside whom in a file
