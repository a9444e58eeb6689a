"""What to call elements in a sentence, in the window's lists and undo labels. Knows no widget."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from cxmapper.locale import Words, msg, tr
from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane
from cxmapper.model.kinds import card_type, kind, lane_type


def label_of(element: Element) -> Words:
    """What sort of thing an element is: its kind, or its type of card or lane."""
    if isinstance(element, Card):
        return card_type(element.type).label
    if isinstance(element, Lane) and element.type != "cards":
        return lane_type(element.type).label
    return kind(element.kind).label


def name_of(element: Element) -> str:
    """The title of an element, or what sort of thing it is where it has none."""
    return element.caption or str(label_of(element))


def several(document: Document, ids: Collection[str]) -> str:
    """What to call the elements `ids` together: the name of one, the number of many."""
    found = [document.elements[i] for i in ids if i in document]
    if len(found) == 1:
        return name_of(found[0])
    return kinds_in(found)


def kinds_in(elements: Iterable[Element]) -> str:
    """How many of each kind there are, such as “2 cards, 1 stage”."""
    counts = Counter(e.kind for e in elements)
    parts = [
        str(msg("{n} {what}", n=n, what=str(kind(k).label if n == 1 else kind(k).plural).lower()))
        for k, n in counts.most_common()
    ]
    return tr(", ").join(parts)


def breakable(text: str, most: int = 16) -> str:
    """`text` with places to break in words of more than `most` characters, for labels that wrap.

    >>> breakable("a Donaudampfschiff", 8).split("\u200b")
    ['a Donaudam', 'pfschiff']
    """
    return re.sub(rf"(\S{{{most}}})(?=\S)", "\\1\u200b", text)


def shortened(text: str, most: int = 40) -> str:
    """`text` cut to `most` characters, with an ellipsis where something was left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
