"""One typesetter for all layout tests: opening faces is the slow part."""

from __future__ import annotations

import pytest

from cxmapper.layout.fonts import load_fonts
from cxmapper.layout.text import Typesetter


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter(load_fonts(system=False))
