"""Tests that stand on what their module builds once run in one worker."""

import os

import pytest


@pytest.fixture(scope="module")
def built_once() -> str:
    return __name__


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
@pytest.mark.usefixtures("built_once")
def test_a_module_that_builds_something_once_is_one_group(
    request: pytest.FixtureRequest,
) -> None:
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("tests are not shared out by groups")

    assert request.node.nodeid.endswith("@tests/architecture/test_together.py")
