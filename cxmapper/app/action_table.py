"""The table of all actions: what the menus, the toolbar and the shortcuts offer.

One row an action; a new one is added here and nowhere else.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence

from cxmapper.app.actions import Spec
from cxmapper.app.commands import Commands
from cxmapper.app.palette_items import PaletteItem, face_items, palette_items
from cxmapper.app.session import Session
from cxmapper.app.theme import CHOICES
from cxmapper.edit.nudge import Direction
from cxmapper.locale import Words, msg
from cxmapper.model.elements import Touchpoint
from cxmapper.model.kinds import CARD_TYPES, LANE_TYPES

_Key = QKeySequence.StandardKey


def _has_map(session: Session) -> bool:
    return session.journey is not None


def _has_document(session: Session) -> bool:
    return session.open


def _has_selection(session: Session) -> bool:
    return bool(session.selection)


def _has_one(session: Session) -> bool:
    return len(session.selection) == 1


def _has_touchpoint(session: Session) -> bool:
    return any(session.document.get(i, Touchpoint) is not None for i in session.selection)


def _undo_words(session: Session) -> Words:
    name = session.editor.undo_label if session.editor.can_undo else None
    return msg("Undo {name}", name=name) if name is not None else msg("Undo")


def _redo_words(session: Session) -> Words:
    name = session.editor.redo_label if session.editor.can_redo else None
    return msg("Redo {name}", name=name) if name is not None else msg("Redo")


_FILE = (
    Spec("file.new", msg("New…"), lambda c: c.files.new(), "file", 0, (_Key.New,), "new"),
    Spec("file.open", msg("Open…"), lambda c: c.files.open(), "file", 0, (_Key.Open,), "open"),
    Spec("file.save", msg("Save"), lambda c: c.files.save(), "file", 1, (_Key.Save,), "save",
         enabled=_has_document),
    Spec("file.save-as", msg("Save as…"), lambda c: c.files.save_as(), "file", 1, ("Ctrl+Shift+S",),
         enabled=_has_document),
    Spec("file.export", msg("Export blueprint…"), lambda c: c.exports.ask(), "file", 2, ("Ctrl+E",), "export",
         enabled=_has_map, tip=msg("Export the blueprint as PDF")),
    Spec("file.import-survey", msg("Import survey…"), lambda c: c.surveys.ask(), "file", 2, ("Ctrl+I",),
         enabled=_has_map, tip=msg("Bring the answers of a survey onto the map")),
    Spec("file.close", msg("Close window"), lambda c: c.view.close(), "file", 3, (_Key.Close,)),
    Spec("file.quit", msg("Quit"), lambda c: c.files.quit(), "file", 3, ("Ctrl+Q",)),
)  # fmt: skip

_EDIT = (
    Spec("edit.undo", msg("Undo"), lambda c: c.session.undo(), "edit", 0, (_Key.Undo,), "undo",
         enabled=lambda s: s.editor.can_undo, label=_undo_words),
    Spec("edit.redo", msg("Redo"), lambda c: c.session.redo(), "edit", 0,
         (_Key.Redo, "Ctrl+Shift+Z", "Ctrl+Y"), "redo", enabled=lambda s: s.editor.can_redo,
         label=_redo_words),
    Spec("edit.rename", msg("Edit text"), lambda c: c.edits.rename(), "edit", 1, ("F2",), "rename",
         enabled=_has_one),
    Spec("edit.duplicate", msg("Duplicate"), lambda c: c.edits.duplicate(), "edit", 1, ("Ctrl+D",),
         "duplicate", enabled=_has_selection),
    Spec("edit.delete", msg("Delete"), lambda c: c.edits.delete(), "edit", 1, ("Del",), "delete",
         enabled=_has_selection),
    Spec("edit.select-all", msg("Select all"), lambda c: c.edits.select_all(), "edit", 2, (_Key.SelectAll,),
         enabled=_has_map),
    Spec("edit.select-none", msg("Select nothing"), lambda c: c.session.select(()), "edit", 2,
         ("Ctrl+Shift+A",), enabled=_has_selection),
)  # fmt: skip


def _move(direction: Direction, words: Words, keys: str) -> Spec:
    return Spec(
        f"edit.move-{direction}",
        words,
        lambda c: c.edits.move(direction),
        "edit",
        3,
        (keys,),
        direction,
        enabled=_has_selection,
    )


_MOVES = (
    _move("left", msg("Move left"), "Alt+Left"),
    _move("right", msg("Move right"), "Alt+Right"),
    _move("up", msg("Move up"), "Alt+Up"),
    _move("down", msg("Move down"), "Alt+Down"),
)

_VIEW = (
    Spec("view.zoom-in", msg("Zoom in"), lambda c: c.view.zoom_by(1.25), "view", 0, (_Key.ZoomIn, "Ctrl+="),
         "zoom-in", enabled=_has_map),
    Spec("view.zoom-out", msg("Zoom out"), lambda c: c.view.zoom_by(0.8), "view", 0, (_Key.ZoomOut,),
         "zoom-out", enabled=_has_map),
    Spec("view.zoom-100", msg("Zoom to 100 %"), lambda c: c.view.zoom_100(), "view", 0, ("Ctrl+0",),
         enabled=_has_map),
    Spec("view.fit", msg("Fit map in window"), lambda c: c.view.fit(), "view", 0, ("Ctrl+1",), "fit",
         enabled=_has_map),
    Spec("view.left", msg("Maps, palette and lanes"), lambda c: c.view.toggle_left(), "view", 1, ("F7",),
         enabled=_has_document, checked=lambda c: c.view.left_shown),
    Spec("view.right", msg("Properties"), lambda c: c.view.toggle_right(), "view", 1, ("F8",),
         enabled=_has_document, checked=lambda c: c.view.right_shown),
    Spec("view.next-part", msg("Go to the next part of the window"), lambda c: c.view.next_part(), "view", 1,
         ("F6",)),
)  # fmt: skip


def _toggle_scores(overlay: str, c: Commands) -> None:
    c.scores.toggle(overlay)


def _shows_scores(overlay: str, c: Commands) -> bool:
    return c.scores.shows(overlay)


_SCORES = tuple(
    Spec(
        f"view.scores.{overlay}",
        words,
        partial(_toggle_scores, overlay),
        "view/scores",
        2,
        enabled=_has_map,
        checked=partial(_shows_scores, overlay),
    )
    for overlay, words in (
        ("line", msg("Measured scores with their intervals")),
        ("band", msg("Where map and customers disagree")),
        ("badges", msg("Badges of proven gaps")),
    )
)


def _choose_theme(choice: str, c: Commands) -> None:
    c.view.choose_theme(choice)


def _is_theme(choice: str, c: Commands) -> bool:
    return c.view.theme_choice == choice


_THEMES = tuple(
    Spec(
        f"view.theme.{choice}",
        words,
        partial(_choose_theme, choice),
        "view/theme",
        2,
        checked=partial(_is_theme, choice),
    )
    for choice, words in CHOICES
)


def _insert(item: PaletteItem, menu: str, section: int) -> Spec:
    return Spec(
        f"insert.{item.key}",
        item.label,
        lambda c: c.edits.arm(item),
        menu,
        section,
        drawing=(item.icon, item.colour, item.valence),
        enabled=_has_map,
        checked=lambda c: c.session.armed == item,
        tip=msg("{item}: drag it onto the map, or click and then click the map", item=item.label),
    )


_INSERTS = (
    *(
        _insert(item, "insert", 1 if item.kind == "card" else 0)
        for item in palette_items()
        if item.kind != "mark"
    ),
    *(_insert(item, "insert/face", 2) for item in face_items()),
)

_MAP = (
    Spec("map.new", msg("New map"), lambda c: c.edits.new_map(), "map", 0, ("Ctrl+Shift+N",), "add",
         enabled=_has_document),
    Spec("map.duplicate", msg("Duplicate map"), lambda c: c.edits.duplicate_map(), "map", 0, icon="duplicate",
         enabled=_has_map),
    Spec("map.rename", msg("Rename map"), lambda c: c.edits.rename_map(), "map", 0, icon="rename",
         enabled=_has_map),
    Spec("map.delete", msg("Delete map"), lambda c: c.edits.delete_map(), "map", 0, icon="delete",
         enabled=_has_map),
    Spec("map.properties", msg("Properties of the map"), lambda c: c.view.show_map_properties(), "map", 0,
         ("Alt+Return",), enabled=_has_map),
    Spec("map.new-persona", msg("New persona"), lambda c: c.edits.new_persona(), "map", 1, icon="add",
         enabled=_has_document),
    Spec("map.moment", msg("Moment of truth"), lambda c: c.edits.toggle_moment_of_truth(), "map", 2,
         ("Ctrl+T",), "star", enabled=_has_touchpoint),
)  # fmt: skip


def _add_lane(type_: str, offers: str | None, c: Commands) -> None:
    c.edits.add_lane(type_, offers)


_LANES = (
    *(
        Spec(
            f"map.lane.{lane.name}",
            lane.label,
            partial(_add_lane, lane.name, None),
            "map/lane",
            3,
            enabled=_has_map,
        )
        for lane in LANE_TYPES.values()
    ),
    *(
        Spec(
            f"map.lane.cards.{card.name}",
            card.label,
            partial(_add_lane, "cards", card.name),
            "map/lane",
            4,
            drawing=(card.icon, card.colour, None),
            enabled=_has_map,
        )
        for card in CARD_TYPES.values()
        if card.name != "emotion"
    ),
)

_HELP = (
    Spec(
        "help.shortcuts",
        msg("Keyboard shortcuts"),
        lambda c: c.view.show_shortcuts(),
        "help",
        0,
        ("F1",),
        "help",
    ),
    Spec("help.about", msg("About cxmapper"), lambda c: c.view.show_about(), "help", 1),
)

ACTIONS: tuple[Spec, ...] = (
    *_FILE, *_EDIT, *_MOVES, *_VIEW, *_SCORES, *_THEMES, *_INSERTS, *_MAP, *_LANES, *_HELP,
)  # fmt: skip
