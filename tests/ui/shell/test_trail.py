"""Where "back" leads."""

from app.ui.shell.trail import Trail


def gone(*keys: str) -> Trail:
    trail = Trail()
    for key in keys:
        trail.go(key, {})
    return trail


def test_back_leads_to_the_step_before_and_stops_at_the_first() -> None:
    trail = gone("home", "course", "player")

    trail.back()
    assert trail.here == ("course", {})
    trail.back()
    trail.back()

    assert trail.here == ("home", {})


def test_going_to_where_one_is_adds_no_step() -> None:
    trail = gone("home", "people", "people")

    trail.back()

    assert trail.here[0] == "home"


def test_the_same_screen_with_something_else_is_another_step() -> None:
    trail = gone("home")
    trail.go("person", {"person_id": 1})
    trail.go("person", {"person_id": 2})

    trail.back()

    assert trail.here == ("person", {"person_id": 1})


def test_the_screens_back_begin_with_the_one_that_is_open() -> None:
    assert not Trail()
    assert list(gone("home", "people", "person").keys_back()) == ["person", "people", "home"]
