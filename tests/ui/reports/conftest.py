"""A plant of twenty with a year of training, and its administrator at a desk."""

import pytest

from app.services import Services
from tests.support.plant import Plant, build_plant


@pytest.fixture
def plant(services: Services) -> Plant:
    return build_plant(services.open_site.site, people=20)
