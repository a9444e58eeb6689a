"""Builds the sample maps from their outlines.

    python samples/build.py            writes samples/*.cxmap
    python samples/build.py --check    writes nothing; status 1 where a map isn't what its outline says

A sample is one outline `source/NAME.toml`, or a folder `source/NAME/` of outlines (and pictures)
that make one map together, in the order of their names. `cxmapper.edit.outline` says what an
outline holds. Ids are the names of the outline, so equal outlines make equal bytes.
"""

from __future__ import annotations

import struct
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cxmapper.edit.outline import Source, parse, read_outline
from cxmapper.errors import UserError
from cxmapper.model.elements import Image
from cxmapper.model.ids import image_id
from cxmapper.storage.mapfile import OpenedMap, pack
from cxmapper.storage.meta import Meta

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER / "source"
_DOCUMENTS = uuid.uuid5(uuid.NAMESPACE_URL, "cxmapper samples")


def samples() -> Iterator[tuple[str, list[Path]]]:
    """The name of each sample and its outlines."""
    for path in sorted(SOURCE.iterdir()):
        if path.is_dir():
            yield path.name, sorted(path.glob("*.toml"))
        elif path.suffix == ".toml":
            yield path.stem, [path]


def build(name: str, outlines: list[Path]) -> bytes:
    """The bytes of the sample `name`, made of these outlines and the pictures they list."""
    sources, pictures, data = [], {}, {}
    for path in outlines:
        tables = dict(parse(path.name, path.read_text(encoding="utf-8")).tables)
        for picture in tables.pop("picture", ()):
            image, content = _picture(path.parent, picture)
            pictures[picture["id"]] = image
            data[image.id] = content
        sources.append(Source(path.name, tables))
    document = read_outline(sources, lambda element: element, pictures)
    meta = Meta(str(uuid.uuid5(_DOCUMENTS, name)))
    return pack(OpenedMap(document, meta, MappingProxyType(data)))


def _picture(folder: Path, picture: dict[str, Any]) -> tuple[Image, bytes]:
    """A PNG beside the outline as an element, and its bytes."""
    content = (folder / picture["file"]).read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    id_, alt = image_id(content), picture["alt"]
    return Image(id=id_, type="image/png", width=width, height=height, alt=alt), content


def main(arguments: list[str]) -> int:
    """Write the samples, or with --check say which ones are out of date. Returns the exit status."""
    status = 0
    for name, outlines in samples():
        target = FOLDER / f"{name}.cxmap"
        data = build(name, outlines)
        if "--check" not in arguments:
            target.write_bytes(data)
            print(f"{target.name}: {len(data):,} bytes")
        elif not target.exists() or target.read_bytes() != data:
            print(f"{target.name} is not what its outline says; run samples/build.py", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UserError as problem:
        sys.exit(str(problem))
