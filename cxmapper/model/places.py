"""Which kinds of elements may hang under which: the table that adding and checking share."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# None stands for the document itself.
PARENT_KINDS: Mapping[str, tuple[str | None, ...]] = MappingProxyType(
    {
        "objective": ("strategy",),
        "competitor": ("strategy",),
        "action": ("strategy",),
        "persona": (None,),
        "journey": (None,),
        "stage": ("journey",),
        "touchpoint": ("stage",),
        "lane": ("journey",),
        "survey": (None,),
        "initiative": (None,),
        "milestone": ("initiative",),
        "risk": ("initiative",),
        "comment": (None, "journey"),
        "review": (None, "journey"),
    }
)
COLUMN_KINDS = ("touchpoint", "stage")
LINKED_KINDS = ("card", "touchpoint", "stage")
