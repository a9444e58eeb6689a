"""What can be done to a map: pure functions from a document to the Change that does it.

None of them writes anything, knows the history, or sees a selection. A call that makes no sense
(an id that is not there, a sibling that is none) raises KeyError or ValueError; a value that does
not fit its field raises pydantic.ValidationError. Whoever needs an id gets `new_id`.
"""

from cxmapper.edit.operations.cards import (
    add_card,
    in_reading_order,
    move_cards,
    set_until,
    set_valence,
    snapped,
)
from cxmapper.edit.operations.duplication import copies_on_top, duplicate
from cxmapper.edit.operations.elements import add_element, move_elements, set_fields
from cxmapper.edit.operations.journeys import add_journey, add_persona, move_journeys, move_personas
from cxmapper.edit.operations.lanes import add_lane, move_lanes
from cxmapper.edit.operations.links import add_link
from cxmapper.edit.operations.removal import delete, doomed_with
from cxmapper.edit.operations.stages import add_stage, move_stages
from cxmapper.edit.operations.surveys import (
    Overlap,
    assign,
    bring_in,
    forget_name,
    overlap,
    tallies_of,
    unmatched_names,
    unmatched_personas,
)
from cxmapper.edit.operations.touchpoints import add_touchpoint, move_touchpoints

__all__ = [
    "Overlap",
    "add_card",
    "add_element",
    "add_journey",
    "add_lane",
    "add_link",
    "add_persona",
    "add_stage",
    "add_touchpoint",
    "assign",
    "bring_in",
    "copies_on_top",
    "delete",
    "doomed_with",
    "duplicate",
    "forget_name",
    "in_reading_order",
    "move_cards",
    "move_elements",
    "move_journeys",
    "move_lanes",
    "move_personas",
    "move_stages",
    "move_touchpoints",
    "overlap",
    "set_fields",
    "set_until",
    "set_valence",
    "snapped",
    "tallies_of",
    "unmatched_names",
    "unmatched_personas",
]
