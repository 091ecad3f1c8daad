"""The import contract of our own catches what it is there for."""

import pytest
from grimp import ImportGraph

from tools.contracts import FrontDoor

OPTIONS = {
    "container": "app.core",
    "open_features": ["base"],
    "features_of_parts": ["training"],
    "insiders": ["app.core.schema"],
}


def kept(importer: str, imported: str) -> bool:
    """Tell whether the contract allows the import."""
    graph = ImportGraph()
    for module in (importer, imported, "app.core.training.matrix.grid"):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    contract = FrontDoor(name="front doors", session_options={}, contract_options=OPTIONS)
    return contract.check(graph, verbose=False).kept


def test_the_inside_of_a_feature_is_closed_to_the_others() -> None:
    assert not kept("app.core.training.service", "app.core.people.models")


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("app.core.training.service", "app.core.people"),
        ("app.core.people.service", "app.core.people.models"),
        ("app.core.training.service", "app.core.base.clock"),
        ("app.core.schema.tables", "app.core.people.models"),
    ],
)
def test_front_doors_own_modules_open_features_and_insiders_are_allowed(
    importer: str, imported: str
) -> None:
    assert kept(importer, imported)


def test_a_feature_of_parts_has_a_front_door_for_each_and_no_other() -> None:
    assert kept("app.core.reports.kinds", "app.core.training.matrix")
    assert not kept("app.core.reports.kinds", "app.core.training.matrix.grid")
    assert not kept("app.core.reports.kinds", "app.core.training.kinds")
