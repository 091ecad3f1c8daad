"""Views of lists are kept by name, for one account, without what was searched for."""

from pathlib import Path

import pytest

from app.core.base.ids import new_id
from app.core.base.paging import PageRequest, Sort
from app.core.operations import KeptView, KeptViews

VIEW = KeptView(
    request=PageRequest(text="asha")
    .filtered_by([("active", "yes")])
    .sorted_by(Sort("number", True)),
    hidden=frozenset({"kind"}),
)


def test_a_view_comes_back_without_the_search(tmp_path: Path) -> None:
    owner = new_id()
    KeptViews(tmp_path, owner).keep("people", "  Press shop ", VIEW)

    ((name, view),) = KeptViews(tmp_path, owner).of("people").items()
    assert name == "Press shop"
    assert (view.request.sort, view.request.descending) == ("number", True)
    assert view.request.filters == (("active", "yes"),)
    assert view.hidden == {"kind"}
    assert "asha" not in "".join(file.read_text("utf-8") for file in tmp_path.rglob("*.json"))


def test_views_are_one_accounts_own_and_one_lists_own(tmp_path: Path) -> None:
    owner = new_id()
    KeptViews(tmp_path, owner).keep("people", "Mine", VIEW)

    assert KeptViews(tmp_path, new_id()).of("people") == {}
    assert KeptViews(tmp_path, owner).of("courses") == {}


def test_a_view_is_forgotten(tmp_path: Path) -> None:
    views = KeptViews(tmp_path, None)
    views.keep("people", "One", VIEW)
    views.keep("people", "Two", VIEW)
    views.forget("people", "One")

    assert list(views.of("people")) == ["Two"]


@pytest.mark.parametrize(
    "untrusted", ["", "{", "[]", '{"people": 3}', '{"people": {"a": 3, "b": {"filters": 1}}}']
)
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, untrusted: str) -> None:
    views = KeptViews(tmp_path, None)
    views.keep("people", "One", VIEW)
    (file,) = tmp_path.rglob("*.json")
    file.write_text(untrusted, "utf-8")

    assert views.of("people") == {}
    views.keep("people", "Again", VIEW)
    assert list(views.of("people")) == ["Again"]
