from __future__ import annotations

import pytest

from tests.tools.driver import Driver


@pytest.fixture
def driver() -> Driver:
    return Driver()
