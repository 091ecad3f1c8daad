"""Tests that stand on the same ground run in one worker, which lays it once.

Workers take test by test from one queue: what a module builds for all its tests, each of them would
otherwise build for itself.
"""

import pytest


def keep_modules_together(items: list[pytest.Item]) -> None:
    """Let one worker run all tests of a module that stand on what is built once in it."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None and _stands_on_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def _stands_on_its_module(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return any(definition.scope == "module" for found in fixtures for definition in found)
