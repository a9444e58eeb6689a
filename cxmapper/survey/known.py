"""What a map calls its parts, in the plain words that columns of a survey are recognised by.

Knows the map, no file: `detect` asks whether a column's cells are among these.
"""

from __future__ import annotations

from cxmapper.model.document import Document
from cxmapper.model.elements import Persona, Stage, Touchpoint
from cxmapper.model.lookup import writings
from cxmapper.survey.places import Known
from cxmapper.survey.words import plain


def known_names(document: Document) -> Known:
    """The names of the touchpoints, stages and personas of a map, and what else they are called."""
    touchpoints: set[str] = set()
    stages: set[str] = set()
    personas: set[str] = set()
    for element in document.elements.values():
        if isinstance(element, Touchpoint):
            touchpoints.update(map(plain, (element.title, *element.aliases)))
        elif isinstance(element, Stage):
            stages.update(map(plain, (element.title, *element.aliases)))
        elif isinstance(element, Persona):
            personas.update(map(plain, writings(element)))
    return {
        "touchpoint": frozenset(touchpoints - {""}),
        "stage": frozenset(stages - {""}),
        "persona": frozenset(personas - {""}),
    }
