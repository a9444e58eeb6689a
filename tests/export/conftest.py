"""What the tests of the export share: one typesetter with the fonts that come with the program."""

from __future__ import annotations

import pytest

from cxmapper.layout.fonts import load_fonts
from cxmapper.layout.text import Typesetter


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter(load_fonts(system=False))
