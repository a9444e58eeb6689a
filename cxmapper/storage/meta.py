"""`meta.json`: which format, which versions, which document. Holds no author, host or path."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from cxmapper.locale import msg
from cxmapper.model.ids import PATTERN
from cxmapper.storage.canonical import canonical
from cxmapper.storage.strict_json import parse
from cxmapper.storage.trouble import Spot
from cxmapper.storage.upgrades import MIN_READER, VERSION

FORMAT = "cxmapper"
_OWN = ("format", "version", "min_reader", "document")


@dataclass(frozen=True, slots=True)
class Meta:
    """What `meta.json` says; `others` are the fields this version does not know, kept as they are.

    `document` tells files of one map from files of another, whatever they are called. `version`
    wrote the file, and readers older than `min_reader` must leave it alone.
    """

    document: str
    version: int = VERSION
    min_reader: int = MIN_READER
    others: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def fresh(cls) -> Meta:
        """The meta data of a document that has no file yet, under a new document id."""
        return cls(str(uuid.uuid4()))

    def to_bytes(self) -> bytes:
        """The meta data as it stands in the file."""
        own = (FORMAT, self.version, self.min_reader, self.document)
        return canonical({**self.others, **dict(zip(_OWN, own, strict=True))})


def read_meta(data: bytes, spot: Spot, reader: int) -> Meta:
    """The meta data in `data`, for a program that reads up to version `reader`.

    Raises NotAMap, DamagedMap or MadeByNewer.
    """
    raw = parse(data, spot)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise spot.not_a_map(msg("{entry} names another format", entry=spot.entry))
    version, min_reader = _version(raw, "version", spot), _version(raw, "min_reader", spot)
    if min_reader > reader:
        raise spot.made_by_newer(min_reader, reader)
    if min_reader > version:
        raise spot.damaged(msg("“min_reader” is above “version”"))
    document = raw.get("document")
    if not isinstance(document, str) or not PATTERN.match(document):
        raise spot.damaged(msg("“document” is no id"))
    others = {name: value for name, value in raw.items() if name not in _OWN}
    return Meta(document, version, min_reader, MappingProxyType(others))


def _version(raw: Mapping[str, Any], name: str, spot: Spot) -> int:
    value = raw.get(name)
    if type(value) is not int or value < 1:
        raise spot.damaged(msg("“{name}” is no version number", name=name))
    return value
