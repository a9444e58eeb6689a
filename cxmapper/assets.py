"""Finds the files that come with the program: in a wheel, an editable install and a checkout.

The one door to `resources/`. It hands out bytes and never assumes a path; only `as_path` makes
one, for libraries that take nothing else.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def root() -> Traversable:
    """The folder of resources, wherever this copy of the program keeps it.

    Raises FileNotFoundError where the installation is not whole.
    """
    packaged = files("cxmapper") / "resources"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parent.parent / "resources"
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"resources: looked in {packaged} and {checkout}; reinstall cxmapper")


@cache
def samples() -> Traversable:
    """The folder of sample maps (inside the resources of a wheel, at the top of a checkout)."""
    packaged = root() / "samples"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "samples"


def read_bytes(name: str) -> bytes:
    """The bytes of the resource `name`, a path with forward slashes below `resources/`."""
    return root().joinpath(*name.split("/")).read_bytes()
