"""A map file as a value: what it holds, and its bytes. Knows no disk; `files` does.

`unpack` and `pack` are each other's inverse. What this version does not know (the history that a
later one writes, extensions, names beside the elements) is carried along untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cxmapper.errors import DamagedMap, TooLarge
from cxmapper.locale import Words, msg
from cxmapper.model.document import Document
from cxmapper.model.ids import image_id
from cxmapper.storage import limits
from cxmapper.storage.canonical import map_bytes
from cxmapper.storage.container import HISTORY, IMAGES, MAP, MEDIA_TYPE, META, MIMETYPE, Container, write
from cxmapper.storage.elements import elements_of
from cxmapper.storage.fingerprint import Fingerprint
from cxmapper.storage.images import image_entries, read_images
from cxmapper.storage.meta import Meta, read_meta
from cxmapper.storage.strict_json import parse
from cxmapper.storage.trouble import Spot
from cxmapper.storage.upgrades import MIN_READER, UPGRADES, VERSION, Upgrade, upgraded

ENDING = ".cxmap"
"""How the names of map files end."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a file holds besides what this version knows.

    `entries` are whole entries by name, `fields` names in `map.json` besides the elements.
    """

    entries: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class OpenedMap:
    """A map with all that its file holds.

    `path` and `fingerprint` are None until it has a file. `images` maps the SHA-256 of a picture
    to its bytes. `problems` are sentences about what of the file is damaged, yet let it
    open; `damaged` are the pictures among that, by their SHA-256.
    """

    document: Document
    meta: Meta
    images: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    extras: Extras = field(default_factory=Extras)
    problems: tuple[Words, ...] = ()
    damaged: frozenset[str] = frozenset()
    path: Path | None = None
    fingerprint: Fingerprint | None = None

    @property
    def carried(self) -> frozenset[str]:
        """The SHA-256 of every picture that the file has, whole or damaged."""
        return self.damaged.union(self.images)

    def with_image(self, data: bytes) -> OpenedMap:
        """The same with the bytes of one more picture, under `model.ids.image_id(data)`."""
        return replace(self, images=MappingProxyType({**self.images, image_id(data): data}))


@dataclass(frozen=True, slots=True)
class Reader:
    """Which versions of the format a program reads, and how it brings older ones up to its own.

    The program has one, `THIS_READER`; tests make others, to be older and newer programs.
    """

    version: int = VERSION
    min_reader: int = MIN_READER
    upgrades: Mapping[int, Upgrade] = field(default_factory=lambda: UPGRADES)


THIS_READER = Reader()


def new_map(document: Document) -> OpenedMap:
    """A map that has no file yet, under a new document id."""
    return OpenedMap(document, Meta.fresh())


def pack(opened: OpenedMap, document: Document | None = None) -> bytes:
    """The bytes of the file of `opened`, with `document` in place of its own.

    Raises TooLarge where the document is over a limit of the format.
    """
    document = opened.document if document is None else document
    contents = map_bytes(document, opened.extras.fields)
    _check_limits(document, contents)
    others = dict(opened.extras.entries)
    history = others.pop(HISTORY, None)
    entries = {MIMETYPE: MEDIA_TYPE, MAP: contents, META: opened.meta.to_bytes()}
    if history is not None:
        entries[HISTORY] = history
    entries |= image_entries(document, opened.images, all_=history is not None)
    entries |= {name: others[name] for name in sorted(others)}
    data = write(entries.items())
    if len(data) > limits.MAX_FILE:
        raise _too_large(msg("it has more than {n} bytes", n=limits.MAX_FILE))
    return data


def unpack(data: bytes, name: str, reader: Reader = THIS_READER) -> OpenedMap:
    """The map in the bytes of a file that a person calls `name`.

    Raises NotAMap, DamagedMap, MadeByNewer or TooLarge.
    """
    container = Container(data, name)
    spot = Spot(name)
    meta = read_meta(_needed(container, META, spot), spot.at(META), reader.version)
    contents = parse(_needed(container, MAP, spot), spot.at(MAP))
    if isinstance(contents, dict):
        contents = upgraded(contents, meta.version, reader.upgrades, reader.version)
    document = Document(elements_of(contents, spot.at(MAP)))
    if meta.version < reader.version:
        meta = replace(meta, version=reader.version, min_reader=reader.min_reader)
    pictures = read_images(container)
    entries, lost = _unknown_entries(container)
    fields = {key: value for key, value in contents.items() if key != "elements"}
    return OpenedMap(
        document=document,
        meta=meta,
        images=MappingProxyType(dict(pictures.by_hash)),
        extras=Extras(MappingProxyType(entries), MappingProxyType(fields)),
        problems=(*pictures.damaged.values(), *lost),
        damaged=frozenset(pictures.damaged),
        fingerprint=Fingerprint.of(data),
    )


def _needed(container: Container, entry: str, spot: Spot) -> bytes:
    if entry not in container:
        raise spot.damaged(msg("{entry} is missing", entry=entry))
    return container.read(entry)


def _unknown_entries(container: Container) -> tuple[dict[str, bytes], list[Words]]:
    """The entries that this version carries along, and what to say about those that are broken."""
    entries: dict[str, bytes] = {}
    lost: list[Words] = []
    for name in container.names:
        if name in (MIMETYPE, MAP, META) or name.startswith(IMAGES):
            continue
        try:
            entries[name] = container.read(name)
        except DamagedMap:
            lost.append(msg("The part {entry} is damaged and left out; {file}.bak may have it whole.",
                            entry=name, file=container.file))  # fmt: skip
    return entries, lost


def _check_limits(document: Document, contents: bytes) -> None:
    if len(document) > limits.MAX_ELEMENTS:
        raise _too_large(msg("it has more than {n} elements", n=limits.MAX_ELEMENTS))
    if len(contents) > limits.MAX_MAP:
        raise _too_large(msg("{entry} has more than {n} bytes", entry=MAP, n=limits.MAX_MAP))


def _too_large(what: Words) -> TooLarge:
    return Spot(str(msg("The map"))).too_large(what, msg("Split it into two maps."))
