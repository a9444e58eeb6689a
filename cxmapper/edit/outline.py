"""Reads an outline: a whole map written by hand as TOML, from which samples and templates are made.

An outline says only what a person would say. Order is the order of the text, a name (`id = "…"`)
is given only to what something else refers to, and a card stands under its column by lane:

    [[journey]]
    title = "Switching broadband"
    lane = [{ id = "pains", title = "Pain points", offers = "pain point" }]
    [[journey.stage]]
    title = "Set up"
    [[journey.stage.touchpoint]]
    title = "Engineer visit"
    cards.pains = [{ text = "Four-hour slot, no updates", severity = 3 }]

What has no name gets one from where it stands: the card above is `journey-set-up-engineer-visit-pains`,
and a second card in its cell ends in `-2`. References are names, of this outline or another one of
the same map. Knows the model only; it takes text and tables, and opens no file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from cxmapper.errors import FileProblem
from cxmapper.locale import Words, msg
from cxmapper.model.base import Element, reference_fields
from cxmapper.model.document import Document
from cxmapper.model.elements import CLASS_OF, Image, read_elements
from cxmapper.model.ids import PATTERN, SETTINGS, STRATEGY
from cxmapper.model.kinds import lane_type
from cxmapper.model.order import keys_between

Table = Mapping[str, Any]

_SINGLE = (SETTINGS, STRATEGY)
_INSIDE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("persona", "journey", "initiative", "survey", "comment", "link"),
        "strategy": ("objective", "competitor", "action"),
        "journey": ("lane", "stage", "comment", "link"),
        "stage": ("touchpoint",),
        "initiative": ("milestone", "risk"),
    }
)
_COLUMNS = ("stage", "touchpoint")
_NAME_LENGTH = 56


@dataclass(frozen=True, slots=True)
class Source:
    """One outline as tables, and the name of the file to blame for its mistakes."""

    name: str
    tables: Table


def parse(name: str, text: str) -> Source:
    """The outline in `text`, which the file `name` holds.

    Raises FileProblem where the text is no TOML.
    """
    try:
        return Source(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise FileProblem(msg("{file}: {problem}", file=name, problem=problem)) from problem


def read_outline(
    sources: Iterable[Source], id_of: Callable[[str], str], images: Mapping[str, Image] = MappingProxyType({})
) -> Document:
    """The map that these outlines tell together, in their order.

    `id_of` makes an element's id of its name, and is asked once for each; `images` are the pictures
    that the outlines may refer to, by name. Raises FileProblem, which names the outline and the
    element, where a field, a lane or a reference is not known, or a value does not fit.
    """
    reader = _Reader()
    for source in sources:
        reader.read(source)
    ids = {name: name if name in _SINGLE else id_of(name) for name in reader.drafts}
    ids |= {name: image.id for name, image in images.items()}
    raw = {ids[draft.name]: _resolved(draft, ids) for draft in reader.placed()}
    elements = _validated(raw, {ids[name]: draft for name, draft in reader.drafts.items()})
    return Document(elements | {image.id: image for image in images.values()})


@dataclass(frozen=True, slots=True)
class _Draft:
    """An element to be: its fields still refer to others by name."""

    source: str
    kind: str
    name: str
    fields: Table
    parent: tuple[str, ...] | None  # the names it hangs under; () is the document, None no place at all

    def problem(self, what: Words) -> FileProblem:
        """What to say when this part of the outline is wrong."""
        return FileProblem(msg("{file}: {kind} “{name}”: {problem}", file=self.source, kind=self.kind,
                               name=self.name, problem=what))  # fmt: skip


class _Reader:
    """Walks outlines and collects their drafts by name."""

    def __init__(self) -> None:
        self.drafts: dict[str, _Draft] = {}
        self._source = ""

    def read(self, source: Source) -> None:
        """Collect what `source` holds."""
        self._source = source.name
        rest = dict(source.tables)
        for single in _SINGLE:
            if single in rest:
                self._element(single, rest.pop(single), ())
        self._children("", rest, ())
        if rest:
            raise FileProblem(msg("{file}: “{word}” is nothing that an outline holds; take it out",
                                  file=source.name, word=next(iter(rest))))  # fmt: skip

    def placed(self) -> list[_Draft]:
        """The drafts with their order keys: brothers of one kind in the order they were read."""
        groups: dict[tuple[str, tuple[str, ...]], list[_Draft]] = {}
        for draft in self.drafts.values():
            if draft.parent is not None and draft.kind not in _SINGLE:
                groups.setdefault((draft.kind, draft.parent), []).append(draft)
        keys = {
            draft.name: key
            for group in groups.values()
            for draft, key in zip(group, keys_between(None, None, len(group)), strict=True)
        }
        return [_with_place(draft, keys.get(draft.name)) for draft in self.drafts.values()]

    def _children(self, kind: str, table: dict[str, Any], path: tuple[str, ...]) -> None:
        """Take the tables of the elements inside `kind` out of `table`, and collect them."""
        for child in _INSIDE.get(kind, ()):
            for fields in _listed(table.pop(child, ())):
                self._element(child, fields, path)

    def _element(self, kind: str, fields: Any, path: tuple[str, ...]) -> None:
        if not isinstance(fields, Mapping):
            raise FileProblem(msg("{file}: “{kind}” has to be a table", file=self._source, kind=kind))
        own = dict(fields)
        inner = {key: own.pop(key) for key in _INSIDE.get(kind, ()) if key in own}
        cards = own.pop("cards", {}) if kind in _COLUMNS else {}
        name = self._name(kind, own, path)
        draft = _Draft(self._source, kind, name, own, None if kind == "link" else path[-1:])
        self._add(draft)
        self._children(kind, inner, (*path, name))
        if not isinstance(cards, Mapping):
            raise draft.problem(msg("its cards have to stand under a lane, as cards.LANE = …"))
        for lane, listed in cards.items():
            self._cards(f"{path[0]}-{lane}", lane, name, listed)

    def _name(self, kind: str, own: dict[str, Any], path: tuple[str, ...]) -> str:
        """The name of an element: the one it was given, or one made of where it stands."""
        given = own.pop("id", None)
        if kind in _SINGLE:
            return kind
        if given:
            return f"{path[-1]}-{given}" if kind == "lane" else str(given)
        if kind == "link":
            return self._free(f"link-{own.get('from')}-{own.get('to')}")
        words = _slug(str(own.get("title", own.get("name", ""))))
        if path and words:
            return self._free(f"{path[-1]}-{words}")
        return self._free("-".join(word for word in (*path[-1:], kind, words) if word))

    def _cards(self, lane: str, lane_word: str, column: str, listed: Any) -> None:
        for card in _listed(listed):
            fields = dict(card) if isinstance(card, Mapping) else {"text": card}
            name = fields.pop("id", None) or self._free(f"{column}-{lane_word}")
            draft = _Draft(self._source, "card", name, fields, (lane, column))
            found = self.drafts.get(lane)
            if found is None:
                raise draft.problem(msg("there is no lane “{lane}” in its map; add it there", lane=lane_word))
            offered = found.fields.get("offers") or lane_type(found.fields.get("type", "cards")).offers
            fields.setdefault("type", offered or "note")
            self._add(draft)

    def _free(self, name: str) -> str:
        """`name`, or the first of `name-2`, `name-3` … that nothing has yet."""
        name = name[:_NAME_LENGTH].strip("-")
        n = 2
        free = name
        while free in self.drafts:
            free = f"{name}-{n}"
            n += 1
        return free

    def _add(self, draft: _Draft) -> None:
        if draft.name in self.drafts:
            raise draft.problem(msg("something else in this map has that id; give one of them another"))
        if not PATTERN.match(draft.name):
            raise draft.problem(msg("an id is 1 to 64 of the characters A-Z a-z 0-9 _ -"))
        cls = CLASS_OF[draft.kind]
        known = {*cls.model_fields, *(f.alias for f in cls.model_fields.values())} - {"id", "kind", "place"}
        if draft.kind == "card":
            known.add("until")
        for field in draft.fields:
            if field not in known:
                raise draft.problem(msg("has no field “{field}”; mend its name", field=field))
        self.drafts[draft.name] = draft


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _slug(text: str) -> str:
    """The words of `text` in small letters with hyphens between; "" where it has no Latin letters.

    >>> _slug("Sees an ad · mobile"), _slug("切符")
    ('sees-an-ad-mobile', '')
    """
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _with_place(draft: _Draft, key: str | None) -> _Draft:
    if key is None:
        return draft
    fields = dict(draft.fields)
    parent = draft.parent or (None,)
    until = (fields.pop("until", None),) if draft.kind == "card" else ()
    return replace(draft, fields={**fields, "place": [*parent, *until, key]})


def _resolved(draft: _Draft, ids: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a draft with ids in place of names."""

    def target(name: Any) -> Any:
        if name is None:
            return None
        if not isinstance(name, str) or name not in ids:
            raise draft.problem(msg("nothing here is called “{name}”; mend the reference", name=name))
        return ids[name]

    raw = {"kind": draft.kind, **draft.fields}
    cls = CLASS_OF[draft.kind]
    for field, _ in reference_fields(cls):
        written = field if field in raw else cls.model_fields[field].alias or field
        if isinstance(raw.get(written), list):
            raw[written] = [target(name) for name in raw[written]]
        elif isinstance(raw.get(written), dict):
            raw[written] = {key: target(name) for key, name in raw[written].items()}
        elif written in raw:
            raw[written] = target(raw[written])
    if "place" in raw:
        raw["place"] = [*map(target, raw["place"][:-1]), raw["place"][-1]]
    return raw


def _validated(raw: dict[str, dict[str, Any]], drafts: Mapping[str, _Draft]) -> dict[str, Element]:
    try:
        return read_elements(raw)
    except ValidationError as problem:
        first = problem.errors()[0]
        draft = drafts[list(raw)[int(first["loc"][0])]]
        field = ".".join(str(part) for part in first["loc"][2:])
        raise draft.problem(msg("{field}: {why}", field=field, why=first["msg"])) from problem
