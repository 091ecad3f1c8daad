"""The pages of a list that are kept."""

from app.ui.kit.tables.pages import Pages


def page(number: int) -> tuple[str, ...]:
    return tuple(f"row {number * 3 + place}" for place in range(3))


def test_rows_are_found_by_their_place_in_the_list() -> None:
    pages: Pages[str] = Pages(3)
    pages.add(0, page(0))
    pages.add(2, page(2)[:1])

    assert [pages.row(index) for index in (0, 2, 3, 6, 7)] == [
        "row 0", "row 2", None, "row 6", None,
    ]  # fmt: skip
    assert [pages.missing(index) for index in (2, 3, 6, 7)] == [None, 1, None, None]


def test_of_too_many_pages_the_farthest_goes() -> None:
    pages: Pages[str] = Pages(3)
    for number in range(40):
        pages.add(number, page(number))

    pages.add(41, page(41))

    assert pages.row(0) is None
    assert pages.row(3) == "row 3"
    assert pages.row(41 * 3) == "row 123"
