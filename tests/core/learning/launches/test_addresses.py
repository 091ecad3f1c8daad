"""What a launch adds to an address, and what stays as it was."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.learning.launches.addresses import seen_by_pages, with_parameters


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("index.html", "index.html?a=1"),
        ("index.html?own=2", "index.html?own=2&a=1"),
        ("index.html?own=2&", "index.html?own=2&a=1"),
        ("index.html?", "index.html?a=1"),
        ("index.html#part", "index.html?a=1#part"),
        ("index.html?own=2#part?no", "index.html?own=2&a=1#part?no"),
    ],
)
def test_an_address_keeps_what_it_has(address: str, expected: str) -> None:
    assert with_parameters(address, {"a": "1"}) == expected


@given(some.dictionaries(some.text(min_size=1), some.text(), min_size=1))
def test_parameters_are_read_as_they_were_given(parameters: dict[str, str]) -> None:
    whole = {
        name.encode("utf-8", "ignore").decode(): value.encode("utf-8", "ignore").decode()
        for name, value in parameters.items()
    }
    address = with_parameters("a/b.html?own=1#part", whole)

    found = parse_qsl(urlsplit(address).query, keep_blank_values=True)

    assert found == [("own", "1"), *whole.items()]
    assert urlsplit(address).fragment == "part"


def test_pages_call_this_pc_by_the_one_name_that_is_known() -> None:
    assert seen_by_pages("http://127.0.0.1:4711/xapi/") == (
        "http://statements.localhost:4711/xapi/"
    )
